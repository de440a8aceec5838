import { checkConnection, onNetworkChange } from '#browser/connectivity.ts';
import { eventStream } from '#browser/live-stream.ts';
import { systemClock } from '#browser/now.ts';
import { tabChannel, webLock } from '#browser/tabs.ts';
import { pageVisibility } from '#browser/visibility.ts';
import { backoff } from './backoff.ts';
import { createClockCheck } from './clock-check.ts';
import { filesAfter } from './files-after.ts';
import { leavePhone } from './leave-phone.ts';
import { createLive } from './live.ts';
import { hasUnoffered, newsIn } from './news.ts';
import type { PullResult } from './pull.ts';
import { pushAndPull } from './push-and-pull.ts';
import type { Sync, SyncStatus } from './status.ts';
import type { SyncParts, Told } from './sync-parts.ts';
import { createGet, createPost } from './transport.ts';
import { waysIn } from './ways-in.ts';

/** While somebody looks, the phone asks this often by itself. */
const EVERY = 5 * 60_000;
/** Pokes come in bursts and to many phones at once: gather them, and spread the phones. */
const GATHER = 300;
const SPREAD = 1_200;
/** A lap of another tab takes about this long. */
const ELSEWHERE = 3_000;

/** Starts syncing at once and by itself: at start, on focus, when the network returns, on a poke, every five minutes in view. */
export function createSync(parts: SyncParts): Sync {
	const { store, clock = systemClock, random = Math.random, exclusive = webLock } = parts;
	// Called through the window: Safari refuses a fetch that was taken off it.
	const ask: typeof fetch = parts.ask ?? ((input, init) => fetch(input, init));
	const visibility = parts.visibility ?? pageVisibility();
	const channel = parts.channel ?? tabChannel<Told>('alongside-sync');
	const post = createPost({ ask, clock });
	const line = { post, get: createGet({ ask, clock }) };
	const clockCheck = createClockCheck();
	const isNews = newsIn(store.outbox);
	const files = filesAfter({ store, ask, clock, random, exclusive });
	const listeners = new Set<() => void>();
	let status: SyncStatus = {
		net: 'unknown',
		phase: 'no-council',
		lastPullAt: null,
		nextTryAt: null,
		clockOff: null
	};
	let failures = 0;
	let running: Promise<void> | null = null;
	let again = false;
	let closed = false;
	let cancelTimer = () => {};
	let cancelPoke: (() => void) | null = null;

	function tell(change: Partial<SyncStatus>) {
		const next = { ...status, ...change, lastPullAt: store.lastPull() };
		if (Object.keys(next).every((key) => next[key as keyof SyncStatus] === status[key as keyof SyncStatus]))
			return;
		status = next;
		for (const listener of [...listeners]) listener();
	}

	const offline = () => tell({ net: 'offline' });

	function setTimer(ms: number, work: () => void) {
		cancelTimer();
		cancelTimer = closed ? () => {} : clock.after(ms, work);
	}

	const live = createLive({ open: parts.openStream ?? eventStream, exclusive, poke });

	function settle(change: Partial<SyncStatus>) {
		tell({ nextTryAt: null, clockOff: clockCheck.minutesOff(), ...change });
		const { net, phase, clockOff } = status;
		channel.post({ net, phase, clockOff });
		arrange();
	}

	/** Timers and the live line follow from the phase and from whether somebody looks. */
	function arrange() {
		const looking = visibility.visible() && !closed;
		live.want(looking && status.phase === 'idle' && status.net === 'online');
		if (status.phase === 'idle' && looking) setTimer(EVERY, () => void run(false));
	}

	function later(retryAfter = 0) {
		failures += 1;
		const ms = Math.max(backoff(failures, random), retryAfter * 1_000);
		settle({ phase: 'waiting', nextTryAt: new Date(clock.now() + ms).toISOString() });
		setTimer(ms, () => void run(false));
	}

	async function ended(result: PullResult | null) {
		// Another tab is at it: what it reads arrives here by itself. The worker may be, which tells nobody: asked once more a little later.
		if (!result) {
			settle({ phase: 'idle' });
			return setTimer(ELSEWHERE, () => void run(false));
		}
		if (!['offline', 'nobody', 'unkept'].includes(result.why)) tell({ net: 'online' });
		switch (result.why) {
			case 'done':
				failures = 0;
				return settle({ phase: 'idle' });
			case 'nobody':
				return settle({ phase: await resting() });
			case 'offline':
				offline();
				return later();
			case 'refused':
				if (result.code === 'needs_sign_in') return settle({ phase: 'needs-sign-in' });
				if (result.code === 'revoked') return leave(result.serverKey);
				if (result.code === 'client_too_old') return settle({ phase: 'update-needed' });
				return later(result.retryAfter);
			default:
				return later('retryAfter' in result ? result.retryAfter : 0);
		}
	}

	/** Taken off the person's list: hand over, delete, say so. Without a connection it goes on at the next try. */
	async function leave(key: Parameters<typeof leavePhone>[1]): Promise<void> {
		// Locked meanwhile: what only this phone has cannot be handed over now, so nothing is deleted either.
		if (!(await store.pull.position())) return settle({ phase: await resting() });
		if (!(await leavePhone({ store, post }, key))) return later();
		failures = 0;
		settle({ phase: 'removed' });
	}

	/** Without a session: whether there ever was one. */
	async function resting(): Promise<SyncStatus['phase']> {
		const position = await store.pull.position();
		if (position?.signedIn) return 'idle';
		// Said until the page goes: what is empty now was not emptied by the person in front of it.
		if (status.phase === 'removed' && !position) return 'removed';
		return position?.scopes.length ? 'needs-sign-in' : 'no-council';
	}

	/** One lap by one tab; throws when the phone could not keep what came (full, emptied, closed). */
	async function once(wait: boolean): Promise<PullResult | null> {
		// A request that fails may have arrived, and what was in it cannot be taken back: without a connection none is begun.
		if (status.net !== 'online' && hasUnoffered(store.outbox) && !(await checkConnection(ask)))
			return { ok: false, why: 'offline' };
		if ((await store.pull.position())?.signedIn) tell({ phase: 'pulling', nextTryAt: null });
		const parts = { store, post, heard: clockCheck.hear, now: () => clock.now() };
		return exclusive('alongside-sync', wait, () => pushAndPull(parts));
	}

	async function lap(wait: boolean): Promise<void> {
		again = false;
		// A cookie moves only with its rows, so a phone that cannot keep them loses nothing by coming back later.
		const result = await once(wait).catch((): PullResult => ({ why: 'unkept' }));
		// Before the result is told: whoever acts on it starts a new pull, not the one that just ended.
		running = null;
		if (closed) return;
		await ended(result);
		if (result?.why === 'done' || result?.why === 'nobody') files.begin();
		if (again && status.phase === 'idle') await run(false);
	}

	function run(wait: boolean): Promise<void> {
		if (closed) return Promise.resolve();
		cancelTimer();
		running ??= lap(wait);
		return running;
	}

	function poke() {
		if (running) again = true;
		else
			cancelPoke ??= clock.after(GATHER + random() * SPREAD, () => {
				cancelPoke = null;
				if (status.phase === 'idle') void run(false);
			});
	}

	/** A reason to try by itself: not when only a person can help. */
	function nudge() {
		if (status.phase === 'idle' || status.phase === 'waiting') void run(false);
	}

	/** Something was written that is to be sent. While a server that asked for patience is waited for, that waits too. */
	function written() {
		if (running) again = true;
		else if (status.phase === 'idle' || status.net === 'offline') nudge();
	}

	/** A pull that began before a session was opened or ended knows nothing of it. */
	const afresh = () => Promise.resolve(running).then(() => run(true));

	function entered() {
		failures = 0;
		return afresh();
	}

	const check = async () => tell({ net: (await checkConnection(ask)) ? 'online' : 'offline' });

	const letGo = [
		visibility.subscribe(() => {
			arrange();
			if (visibility.visible()) nudge();
		}),
		(parts.onNetworkChange ?? onNetworkChange)(() => {
			if (status.phase === 'idle' || status.phase === 'waiting') nudge();
			else void check();
		}),
		channel.listen((told) => {
			if (running) return;
			tell(told);
			arrange();
		}),
		store.subscribe(() => {
			tell({});
			if (isNews()) written();
		})
	];

	void run(false).then(() => (status.net === 'unknown' ? check() : undefined));

	return {
		status: () => status,
		subscribe(changed) {
			const entry = () => changed();
			listeners.add(entry);
			return () => listeners.delete(entry);
		},
		async pull() {
			failures = 0;
			await run(true);
			if (status.phase === 'no-council') await check();
		},
		...waysIn({ store: store.pull, line, ask, entered, left: afresh, offline }),
		close() {
			closed = true;
			cancelTimer();
			cancelPoke?.();
			live.want(false);
			files.close();
			for (const off of letGo) off();
			channel.close();
		}
	};
}
