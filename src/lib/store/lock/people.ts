import { Locked } from '../errors.ts';
import type { PhoneLock } from '../phone-lock.ts';
import { isSet, LONGEST_MS } from './facts.ts';
import { writing } from './idb.ts';
import { nameOf, readLock, readRegistry, REGISTRY, TIMES } from './read-lock.ts';

/** What a phone keeps about its people and their lock that opens nothing. */
type Fact = { key: string; value: unknown };

async function put(idb: IDBFactory, at: { name: string; table: string }, fact: Fact): Promise<void> {
	await writing({ idb, name: at.name, tables: [at.table] }, async (of) => void of(at.table).put(fact));
}

const setting = (idb: IDBFactory, key: string, value: unknown) =>
	put(idb, { name: REGISTRY, table: 'settings' }, { key, value });

export async function saveTimes(idb: IDBFactory, given: Parameters<PhoneLock['setTimes']>[0]): Promise<void> {
	const registry = await readRegistry(idb);
	const { current } = registry;
	const kept = current && (await readLock(idb, current, registry));
	if (!current || !kept) throw new Locked();
	const fit = (ms: number) => Math.min(LONGEST_MS, Math.max(0, Math.round(ms)));
	const { times } = kept;
	const value = {
		idleMs: fit(given.idleMs ?? times.idleMs),
		hiddenMs: fit(given.hiddenMs ?? times.hiddenMs)
	};
	await put(idb, { name: nameOf(current), table: 'meta' }, { key: TIMES, value });
}

export const saveShared = (idb: IDBFactory, on: boolean): Promise<void> => setting(idb, 'shared', on);

/** 'new': nobody is current until the first write, so that looking leaves no empty profile behind. */
export const saveCurrent = (idb: IDBFactory, id: string | 'new'): Promise<void> =>
	setting(idb, 'current', id === 'new' ? null : id);

export async function profilesOf(
	idb: IDBFactory,
	isOpen: (id: string) => boolean
): ReturnType<PhoneLock['profiles']> {
	const registry = await readRegistry(idb);
	return Promise.all(
		registry.profiles.map(async ({ id, number }) => {
			const read = await readLock(idb, id, registry);
			const locked = read !== null && isSet(read.keys) && !isOpen(id);
			return { id, number, current: id === registry.current, locked };
		})
	);
}
