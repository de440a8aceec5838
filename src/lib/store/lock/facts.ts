import type { LockFacts, LockWay } from '../phone-lock.ts';
import type { WrappedKeyV1 } from '../schema/v001.ts';
import { REFUSED_AT, type Ladder } from './ladder.ts';

const DAY_MS = 24 * 60 * 60_000;
/**
 * sync-and-security §5.1: how long a phone may go without its council before only signing in opens it. A council may set 1 to 90
 * days; a phone of several people never waits longer than 14.
 */
export const STALE_DAYS = { own: 30, shared: 14, most: 90 } as const;
/** Lock after 5 min without a touch and 60 s out of sight (blueprint §7); 15 min is the most a person may choose. */
export const TIMES = { idleMs: 5 * 60_000, hiddenMs: 60_000 } as const;
export const LONGEST_MS = 15 * 60_000;

/** What the phone holds about a profile's lock, as read. */
export type LockRead = {
	/** Wrappings of the profile key; keys of scopes are no part of it. */
	keys: readonly WrappedKeyV1[];
	ladder: Ladder;
	times: { idleMs: number; hiddenMs: number };
	account: boolean;
	/** ISO instant of the server's at the last complete pull, or null. */
	lastPull: string | null;
	/** What the council set, or the usual. */
	staleDays: number;
	shared: boolean;
	profiles: number;
};

const WAY_OF: Partial<Record<WrappedKeyV1['wrapping'], LockWay>> = {
	pin: 'pin',
	passphrase: 'passphrase',
	prf: 'passkey',
	recovery: 'recovery',
	server: 'sign-in'
};

const waysOf = (keys: readonly WrappedKeyV1[]): LockWay[] => [
	...new Set(keys.flatMap((key) => WAY_OF[key.wrapping] ?? []))
];

export const isSet = (keys: readonly WrappedKeyV1[]): boolean =>
	keys.some((key) => WAY_OF[key.wrapping]) && !keys.some((key) => key.wrapping === 'device');

/** Days that council data opens without contact; null for a profile without an account, to which the rule never applies. */
const offlineDaysOf = ({ account, shared, staleDays }: Omit<Contact, 'lastPull'>): number | null =>
	account ? (shared ? Math.min(STALE_DAYS.shared, staleDays) : staleDays) : null;

/** What was told or read, whatever happened to it on the way. */
export const staleDaysFrom = (value: unknown): number =>
	Number.isInteger(value) && (value as number) >= 1 && (value as number) <= STALE_DAYS.most
		? (value as number)
		: STALE_DAYS.own;

type Contact = Pick<LockRead, 'account' | 'shared' | 'staleDays' | 'lastPull'>;
/** No contact for too long, as far as this phone's latest moment tells. */
export function isStale(read: Contact, now: number): boolean {
	const contact = Date.parse(read.lastPull ?? '');
	const days = offlineDaysOf(read);
	return days !== null && !Number.isNaN(contact) && now - contact > days * DAY_MS;
}

/**
 * Which ways open now. A rule never takes the last one: where nothing else opens (no server's secret, or one that failed) the PIN
 * stays, with its waits.
 */
export function judge(read: LockRead, now: number): Pick<LockFacts, 'ways' | 'why'> {
	const all = waysOf(read.keys);
	const only = (ways: LockWay[], why: LockFacts['why']) => {
		const left = all.filter((way) => ways.includes(way));
		const real = left.filter((way) => way !== 'sign-in' || !read.ladder.signInFailed);
		return real.length ? { ways: left, why } : { ways: all, why: null };
	};
	if (isStale(read, now)) return only(['sign-in', 'recovery'], 'stale');
	if (read.account && read.ladder.wrong >= REFUSED_AT)
		return only(['sign-in', 'recovery', 'passkey'], 'pin-refused');
	return { ways: all, why: null };
}

/** `now` is the latest moment the phone has seen, `clock` what its clock says: a wait is told in the clock's own time. */
export function factsOf(read: LockRead, now: number, clock: number): LockFacts {
	const set = isSet(read.keys);
	// Without a lock there may be a second way already, kept for the day when one is set.
	const { ways, why } = set ? judge(read, now) : { ways: waysOf(read.keys), why: null };
	const waits = set && read.ladder.until > now;
	return {
		set,
		ways,
		passkeys: set ? read.keys.filter((key) => key.wrapping === 'prf').map((key) => key.by) : [],
		waitUntil: waits ? clock + (read.ladder.until - now) : null,
		why,
		...read.times,
		offlineDays: offlineDaysOf(read),
		shared: read.shared,
		account: read.account,
		others: read.profiles > 1
	};
}

const length = (value: unknown, usual: number) =>
	typeof value === 'number' && value >= 0 && value <= LONGEST_MS ? value : usual;

export function timesFrom(value: unknown): LockRead['times'] {
	const { idleMs, hiddenMs } = (typeof value === 'object' && value !== null ? value : {}) as Record<
		string,
		unknown
	>;
	return { idleMs: length(idleMs, TIMES.idleMs), hiddenMs: length(hiddenMs, TIMES.hiddenMs) };
}
