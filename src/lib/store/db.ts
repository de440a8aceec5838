import { Dexie, type Table } from 'dexie';
import { isAborted, isFull, isLost, isNewer, StorageFull, UpdateNeeded } from './errors.ts';
import {
	PROFILE_V1,
	REGISTRY_V1,
	type DamagedRowV1,
	type DeviceKeyV1,
	type MetaV1,
	type ProfileV1,
	type ScopeStateV1,
	type SealedRowV1,
	type WrappedKeyV1
} from './schema/v001.ts';
import { PROFILE_V2, type OutboxRowV2 } from './schema/v002.ts';
import { PROFILE_V3, type ChunkV3, type UploadV3 } from './schema/v003.ts';

/** The newest frozen version in `schema/`. Whole numbers only. */
export const REGISTRY_VERSION = 1;
export const PROFILE_VERSION = 3;
export const REGISTRY_NAME = 'alongside';
export const profileName = (id: string) => `${REGISTRY_NAME}-${id}`;

export type SealedRow = SealedRowV1;
export type ScopeState = ScopeStateV1;
export type WrappedKey = WrappedKeyV1;
export type OutboxRow = OutboxRowV2;

export type Registry = Dexie & {
	profiles: Table<ProfileV1, string>;
	deviceKeys: Table<DeviceKeyV1, string>;
	settings: Table<MetaV1, string>;
};
export type ProfileDb = Dexie & {
	rows: Table<SealedRowV1, [string, string, string]>;
	staging: Table<SealedRowV1, [string, string, string]>;
	scopes: Table<ScopeStateV1, string>;
	keys: Table<WrappedKeyV1, [string, string, string]>;
	damaged: Table<DamagedRowV1, [string, string, string, number]>;
	meta: Table<MetaV1, string>;
	outbox: Table<OutboxRowV2, string>;
	chunks: Table<ChunkV3, [string, number]>;
	uploads: Table<UploadV3, string>;
};
/** What sending needs: no row, no key. Without files where an app from before them was here last. */
export type SendingDb = Dexie &
	Pick<ProfileDb, 'outbox' | 'meta'> &
	Partial<Pick<ProfileDb, 'chunks' | 'uploads'>>;

/** Tests hand in an IndexedDB of their own; a browser's is found by Dexie. */
export type IdbParts = { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange };

function open(name: string, parts: IdbParts): Dexie {
	// strict: "saved on this phone" may be said only once the disk has it. No cache: sealed rows must not lie about twice.
	return new Dexie(name, { ...parts, chromeTransactionDurability: 'strict', cache: 'disabled' });
}

export function registryDb(parts: IdbParts): Registry {
	const db = open(REGISTRY_NAME, parts) as Registry;
	db.version(1).stores(REGISTRY_V1);
	return db;
}

export function profileDb(id: string, parts: IdbParts): ProfileDb {
	const db = open(profileName(id), parts) as ProfileDb;
	db.version(1).stores(PROFILE_V1);
	db.version(2).stores(PROFILE_V2);
	db.version(3).stores(PROFILE_V3);
	return db;
}

/**
 * A profile's outbox as it lies there, for work that needs no key. It makes no database and upgrades none, so that a profile being
 * removed is not made anew. A locked phone cannot upgrade, so an older one that has an outbox is good enough. Null: there is none.
 */
export async function openSending(id: string, parts: IdbParts): Promise<SendingDb | null> {
	const db = open(profileName(id), parts);
	// A tab that upgrades or removes comes first.
	db.on('versionchange', () => db.close());
	try {
		await db.open();
	} catch (error) {
		if ((error as { name?: string }).name === 'NoSuchDatabaseError') return null;
		throw error;
	}
	if (db.verno >= 2 && db.verno <= PROFILE_VERSION)
		return Object.assign(db, {
			outbox: db.table<OutboxRowV2, string>('outbox'),
			meta: db.table<MetaV1, string>('meta'),
			...(db.verno > 2 && {
				chunks: db.table<ChunkV3, [string, number]>('chunks'),
				uploads: db.table<UploadV3, string>('uploads')
			})
		});
	db.close();
	return null;
}

/**
 * Opens, or throws UpdateNeeded when a newer version wrote the database. Dexie 4 would open it all the same and might add
 * what it misses, so the version is looked at first wherever the browser can list databases, and after opening everywhere.
 */
export async function openChecked(db: Dexie, newest: number, parts: IdbParts): Promise<void> {
	const idb = parts.indexedDB ?? globalThis.indexedDB;
	// Dexie multiplies its whole versions by ten.
	const tooNew = (version: number | undefined) => (version ?? 0) >= (newest + 1) * 10;
	if (typeof idb?.databases === 'function') {
		const found = (await idb.databases().catch(() => [])).find((one) => one.name === db.name);
		if (tooNew(found?.version)) throw new UpdateNeeded();
	}
	try {
		await db.open();
	} catch (error) {
		throw isNewer(error) ? new UpdateNeeded() : error;
	}
	if (tooNew(db.backendDB().version)) {
		db.close();
		throw new UpdateNeeded();
	}
}

/** Runs an operation that may safely run twice; when the connection was lost it opens again and tries once more. */
export async function onDb<T>(db: Dexie, work: () => PromiseLike<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!isLost(error) && !(isAborted(error) && !isFull(error) && !db.isOpen())) throw known(error);
	}
	try {
		db.close({ disableAutoOpen: false });
		await db.open();
		return await work();
	} catch (error) {
		throw known(error);
	}
}

/** Nothing in this room aborts a transaction, so an abort is the browser running out of room. */
function known(error: unknown): unknown {
	return isFull(error) || isAborted(error) ? new StorageFull() : error;
}
