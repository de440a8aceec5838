import { isKnownRow } from '#contract/rows.ts';
import type { OpenRow } from './family-store.ts';
import { openJson, unwrap } from './keys/aes.ts';
import { keyPlace, PROFILE_KEY_USE, rowAad, scopeKeyUse } from './keys/places.ts';
import type { DeviceKeyV1, MetaV1, SealedRowV1, WrappedKeyV1 } from './schema/v001.ts';

/** What the phone held a moment ago, opened: enough to draw a screen with, never to write from. */
export type FirstLook = {
	rows: readonly OpenRow[];
	profile: { id: string; userId?: string };
	/** ISO instant of the last complete pull, or null. */
	lastPull: string | null;
};

/** Dexie multiplies its whole versions by ten: 10 to 19 is version 1. Another shape is for the real store to judge. */
const KNOWN = (version: number) => version >= 10 && version < 20;
/** An upgrade or a removal in another tab holds an opening up. Then there is no first look, and nothing waits for one. */
const PATIENCE_MS = 2000;

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

/** Opens what is there and creates nothing: a database that has to be made is none, and its making is called off. */
function opened(idb: IDBFactory, name: string): Promise<IDBDatabase> {
	const request = idb.open(name);
	request.onupgradeneeded = () => request.transaction?.abort();
	return asked(request).then((db) => {
		// A tab that upgrades or removes comes first.
		db.onversionchange = () => db.close();
		if (KNOWN(db.version)) return db;
		db.close();
		throw new Error('Not a version this file knows.');
	});
}

/** Reads in one transaction, so that keys and rows belong together. */
async function reading<T>(
	at: { idb: IDBFactory; name: string; tables: string[] },
	read: (of: (table: string) => IDBObjectStore) => Promise<T>
) {
	const db = await opened(at.idb, at.name);
	try {
		const transaction = db.transaction(at.tables, 'readonly');
		return await read((table) => transaction.objectStore(table));
	} finally {
		db.close();
	}
}

async function look(idb: IDBFactory): Promise<FirstLook | null> {
	const owner = await reading({ idb, name: 'alongside', tables: ['settings', 'deviceKeys'] }, async (of) => {
		const current = (await asked(of('settings').get('current'))) as MetaV1 | undefined;
		const id = current?.value as string | undefined;
		const device =
			id === undefined ? undefined : ((await asked(of('deviceKeys').get(id))) as DeviceKeyV1 | undefined);
		return id !== undefined && device ? { id, device: device.key } : null;
	});
	if (!owner) return null;
	const kept = await reading({ idb, name: `alongside-${owner.id}`, tables: ['rows', 'keys', 'meta'] }, (of) =>
		Promise.all([
			asked(of('rows').getAll()) as Promise<SealedRowV1[]>,
			asked(of('keys').getAll()) as Promise<WrappedKeyV1[]>,
			asked(of('meta').getAll()) as Promise<MetaV1[]>
		])
	);
	const [sealed, keys, meta] = kept;
	const rows = await openAll(sealed, keys, owner.device);
	const fact = <T>(key: string) => meta.find((one) => one.key === key)?.value as T | undefined;
	const userId = fact<{ userId: string }>('account')?.userId;
	return {
		rows,
		profile: { id: owner.id, ...(userId ? { userId } : {}) },
		lastPull: fact<string>('lastPull') ?? null
	};
}

/** A row that does not open is left out, as the real store does; only that one sets it aside. */
async function openAll(sealed: SealedRowV1[], keys: WrappedKeyV1[], device: CryptoKey): Promise<OpenRow[]> {
	const keyAt = (place: readonly string[]) =>
		keys.find((key) => key.id === place[0] && key.wrapping === place[1] && key.by === place[2]);
	const own = keyAt(['profile', 'device', '']);
	if (!own) return [];
	const profileKey = await unwrap(own, device, PROFILE_KEY_USE);
	const scopeKeys = new Map<string, Promise<CryptoKey | null>>();
	const keyOf = (scope: string) => {
		const known = scopeKeys.get(scope);
		if (known) return known;
		const wrapped = keyAt(keyPlace(scope));
		const key = wrapped
			? unwrap(wrapped, profileKey, scopeKeyUse(scope)).catch(() => null)
			: Promise.resolve(null);
		scopeKeys.set(scope, key);
		return key;
	};
	const rows = sealed.map(async (row): Promise<OpenRow | null> => {
		const { scope, t, id, ver, sv } = row;
		const key = await keyOf(scope);
		if (!key) return null;
		const v = await openJson(key, rowAad(row), row).catch(() => undefined);
		return v === undefined ? null : { scope, t, id, ver, sv, v };
	});
	return (await Promise.all(rows)).filter((row) => row !== null).filter(isKnownRow);
}

/**
 * The first reading of the phone, without the library that keeps it (docs/decisions/0006): read-only, on the database as it
 * lies there. Null when there is nothing, or when anything at all is unusual: then the real store is waited for, and judges.
 */
export function firstLook(idb: IDBFactory | undefined = globalThis.indexedDB): Promise<FirstLook | null> {
	if (!idb || !globalThis.crypto?.subtle) return Promise.resolve(null);
	const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
	return Promise.race([look(idb).catch(() => null), patience]);
}
