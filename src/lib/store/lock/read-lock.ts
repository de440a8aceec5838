import type { DeviceKeyV1, MetaV1, ProfileV1, WrappedKeyV1 } from '../schema/v001.ts';
import type { Position } from '../pull-store.ts';
import { staleDaysFrom, timesFrom, type LockRead } from './facts.ts';
import { asked, factOf, reading } from './idb.ts';
import { ladderFrom, NO_LADDER } from './ladder.ts';

export const REGISTRY = 'alongside';
export const nameOf = (profile: string) => `${REGISTRY}-${profile}`;
/** Facts of a profile in its table `meta`. */
export const LADDER = 'ladder';
export const TIMES = 'lockTimes';
/** How many days the council lets its data open without contact. */
export const STALE = 'offlineDays';

export type RegistryRead = {
	current: string | null;
	device: CryptoKey | null;
	shared: boolean;
	/** In the order in which they came to this phone. */
	profiles: { id: string; number: number }[];
};

const NOBODY: RegistryRead = { current: null, device: null, shared: false, profiles: [] };

/** Who is on this phone; nobody where there is no registry yet. */
export function readRegistry(idb: IDBFactory): Promise<RegistryRead> {
	const tables = ['settings', 'deviceKeys', 'profiles'];
	return reading({ idb, name: REGISTRY, tables }, async (of) => {
		const [settings, found, devices] = await Promise.all([
			asked(of('settings').getAll()) as Promise<MetaV1[]>,
			asked(of('profiles').getAll()) as Promise<ProfileV1[]>,
			asked(of('deviceKeys').getAll()) as Promise<DeviceKeyV1[]>
		]);
		const setting = (key: string) => settings.find((one) => one.key === key)?.value;
		const current = currentOf(setting('current'), { found, devices });
		return {
			current,
			device: devices.find((one) => one.id === current)?.key ?? null,
			shared: setting('shared') === true,
			profiles: numbered(found)
		};
	}).catch(() => NOBODY);
}

/** As `readCurrent` of the real store, which says why. */
function currentOf(
	id: unknown,
	{ found, devices }: { found: ProfileV1[]; devices: DeviceKeyV1[] }
): string | null {
	if (typeof id !== 'string' || !id) return null;
	if ([...found, ...devices].some((one) => one.id === id)) return id;
	return found.length === 1 ? found[0]!.id : null;
}

/** Profiles from before the lock have no number: they are numbered by age, before all that have one. */
export function numbered(profiles: readonly ProfileV1[]): { id: string; number: number }[] {
	const old = profiles.filter((one) => one.number === undefined);
	const byAge = old.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
	const all = profiles.map((one) => ({ id: one.id, number: one.number ?? byAge.indexOf(one) + 1 }));
	return all.sort((a, b) => a.number - b.number);
}

/** A profile's lock as it lies on the phone; null where its database is not there or not of a version this file knows. */
export async function readLock(
	idb: IDBFactory,
	profile: string,
	registry: RegistryRead
): Promise<LockRead | null> {
	try {
		return await reading({ idb, name: nameOf(profile), tables: ['keys', 'meta'] }, async (of) => {
			const [keys, ladder, times, account, lastPull, days] = await Promise.all([
				profileKeys(of('keys')),
				factOf(of('meta'), LADDER),
				factOf(of('meta'), TIMES),
				factOf(of('meta'), 'account'),
				factOf(of('meta'), 'lastPull'),
				factOf(of('meta'), STALE)
			]);
			return {
				keys,
				ladder: ladderFrom(ladder),
				times: timesFrom(times),
				account: typeof account === 'object' && account !== null,
				lastPull: typeof lastPull === 'string' ? lastPull : null,
				staleDays: staleDaysFrom(days),
				shared: registry.shared,
				profiles: registry.profiles.length
			};
		});
	} catch {
		return null;
	}
}

/** Wrappings of the profile key, in a transaction that goes on. */
export const profileKeys = async (table: IDBObjectStore): Promise<WrappedKeyV1[]> =>
	((await asked(table.getAll())) as WrappedKeyV1[]).filter((key) => key.id === 'profile');

/** Which device this is, read without a key: all that a sign-in on a locked phone has to say. */
export async function lockedPosition(
	{ indexedDB: idb = globalThis.indexedDB }: { indexedDB?: IDBFactory },
	profile: string
): Promise<Position> {
	return reading({ idb, name: nameOf(profile), tables: ['meta'] }, async (of) => {
		const [deviceId, epoch] = await Promise.all([
			factOf(of('meta'), 'deviceId'),
			factOf(of('meta'), 'epoch')
		]);
		const text = (value: unknown) => (typeof value === 'string' ? value : null);
		return { deviceId: text(deviceId) ?? '', epoch: text(epoch), signedIn: false, scopes: [] };
	});
}

/** Of a phone on which nobody is current: somebody new beside those who are here. */
export const nobody = (registry: RegistryRead): LockRead => ({
	keys: [],
	ladder: NO_LADDER,
	times: timesFrom(undefined),
	account: false,
	lastPull: null,
	staleDays: staleDaysFrom(undefined),
	shared: registry.shared,
	profiles: registry.profiles.length + 1
});
