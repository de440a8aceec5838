import type { OpenRow } from './family-store.ts';
import type { LockHost } from './lock/create-lock.ts';
import { isSet, isStale, staleDaysFrom } from './lock/facts.ts';
import { asked, reading } from './lock/idb.ts';
import { nameOf, readRegistry, STALE } from './lock/read-lock.ts';
import type { MetaV1, SealedRowV1, WrappedKeyV1 } from './schema/v001.ts';

/** What the phone held a moment ago, opened: enough to draw a screen with, never to write from. */
export type FirstLook = {
	rows: readonly OpenRow[];
	profile: { id: string; userId?: string };
	/** ISO instant of the last complete pull, or null. */
	lastPull: string | null;
};

/** An upgrade or a removal in another tab holds an opening up. Then there is no first look, and nothing waits for one. */
const PATIENCE_MS = 2000;

type Parts = { idb: IDBFactory; lock: Pick<LockHost, 'keysOf'> };

async function look({ idb, lock }: Parts): Promise<FirstLook | 'locked' | null> {
	const { current: id, device, shared } = await readRegistry(idb);
	if (!id) return null;
	const tables = ['rows', 'keys', 'meta'];
	const [sealed, keys, meta] = await reading({ idb, name: nameOf(id), tables }, (of) =>
		Promise.all([
			asked(of('rows').getAll()) as Promise<SealedRowV1[]>,
			asked(of('keys').getAll()) as Promise<WrappedKeyV1[]>,
			asked(of('meta').getAll()) as Promise<MetaV1[]>
		])
	);
	const held = lock.keysOf(id);
	if (!held && isSet(keys.filter((key) => key.id === 'profile'))) return 'locked';
	const fact = <T>(key: string) => meta.find((one) => one.key === key)?.value as T | undefined;
	const userId = fact<{ userId: string }>('account')?.userId;
	const lastPull = fact<string>('lastPull') ?? null;
	// Without a lock the council's record is put away then (open-case/withheld.ts): it must not flash up before.
	const contact = { account: userId !== undefined, shared, staleDays: staleDaysFrom(fact(STALE)), lastPull };
	if (!held && isStale(contact, Date.now())) return null;
	const { openKnown } = await import('./open-known.ts');
	const rows = await openKnown({ sealed, keys }, { held, device });
	return rows && { rows, profile: { id, ...(userId ? { userId } : {}) }, lastPull };
}

/**
 * The first reading of the phone, without the library that keeps it (docs/decisions/0006): read-only, on the database as it
 * lies there. Null when there is nothing, or when anything at all is unusual: then the real store is waited for, and judges.
 */
export function firstLook(
	lock: Parts['lock'],
	idb: IDBFactory | undefined = globalThis.indexedDB
): Promise<FirstLook | 'locked' | null> {
	if (!idb || !globalThis.crypto?.subtle) return Promise.resolve(null);
	const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
	return Promise.race([look({ idb, lock }).catch(() => null), patience]);
}
