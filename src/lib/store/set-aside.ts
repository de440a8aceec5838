import { asked } from './lock/idb.ts';

/**
 * Before a database is brought to a newer version, what nobody else has is copied beside it, sealed as it lies: what waits to be sent, the rows
 * that are this phone's own, and the wrapped keys that open both. Plain IndexedDB that knows no version, so that it works for every upgrade to
 * come. Photos stay out: a copy of them could be what fills the phone.
 */
export const asideName = (profile: string) => `alongside-aside-${profile}`;

/** Whole, in every version that has them. Rows are picked. */
const WHOLE = ['outbox', 'keys', 'meta', 'damaged'] as const;
const KEPT = 'kept';
type Kept = { table: string; row: unknown };
type Place = { scope: string };
/** The rows of each table, as they were. */
export type Aside = Record<string, unknown[]>;

/**
 * Copies, when an upgrade is to come. Never throws and never holds the upgrade up: it is one transaction that a browser takes back when it
 * fails, and a full phone must still open. upgrade: one is to come; copy: none is, and a copy of an earlier one may be there, which has done
 * its work once the database opens; nothing: neither, which is nearly every start.
 */
export async function setAside(
	profile: string,
	{
		name,
		newest,
		indexedDB = globalThis.indexedDB
	}: { name: string; newest: number; indexedDB?: IDBFactory | undefined }
): Promise<'upgrade' | 'copy' | 'nothing'> {
	// Where the browser lists its databases, nearly every start needs no look inside.
	const listed = await listedIn(indexedDB);
	const found = listed?.find((one) => one.name === name)?.version ?? 0;
	const idle = !listed || listed.some((one) => one.name === asideName(profile)) ? 'copy' : 'nothing';
	if (listed && (found === 0 || found >= newest * 10)) return idle;
	const db = await openThere(indexedDB, name).catch(() => null);
	if (!db) return idle;
	// Dexie multiplies its whole versions by ten.
	const older = db.version < newest * 10;
	try {
		if (older) await keep(indexedDB, profile, await ownOf(db));
	} catch {
		// Without a copy the upgrade is as safe as the browser makes it.
	} finally {
		db.close();
	}
	return older ? 'upgrade' : idle;
}

/** What was set aside, for the rescue; null where nothing is. */
export async function readAside(
	profile: string,
	indexedDB: IDBFactory = globalThis.indexedDB
): Promise<Aside | null> {
	const db = await openThere(indexedDB, asideName(profile)).catch(() => null);
	if (!db) return null;
	try {
		const kept = (await asked(db.transaction(KEPT).objectStore(KEPT).getAll())) as Kept[];
		const aside: Aside = {};
		for (const { table, row } of kept) (aside[table] ??= []).push(row);
		return aside;
	} catch {
		return null;
	} finally {
		db.close();
	}
}

/** Deletes it: the upgrade is seen to have worked, a way in has changed, or everything goes. Nothing there is as good as deleted. */
export function forgetAside(profile: string, indexedDB: IDBFactory = globalThis.indexedDB): Promise<void> {
	const request = indexedDB.deleteDatabase(asideName(profile));
	return asked(request).then(() => undefined);
}

/** Not every browser lists them, and a private window may refuse. */
async function listedIn(indexedDB: IDBFactory): Promise<IDBDatabaseInfo[] | undefined> {
	try {
		return await indexedDB.databases?.();
	} catch {
		return undefined;
	}
}

/** Opens what is there and makes nothing. Null: there is nothing. */
async function openThere(indexedDB: IDBFactory, name: string): Promise<IDBDatabase | null> {
	const request = indexedDB.open(name);
	let fresh = false;
	request.onupgradeneeded = () => {
		fresh = true;
		request.transaction?.abort();
	};
	try {
		const db = await asked(request);
		db.onversionchange = () => db.close();
		return db;
	} catch (error) {
		if (fresh) return null;
		throw error;
	}
}

async function ownOf(db: IDBDatabase): Promise<Kept[]> {
	const tables = [...db.objectStoreNames];
	const of = db.transaction(tables, 'readonly');
	const all = async (table: string): Promise<unknown[]> =>
		tables.includes(table) ? asked(of.objectStore(table).getAll()) : [];
	const [granted, rows, ...whole] = await Promise.all([
		all('scopes') as Promise<{ id: string }[]>,
		all('rows') as Promise<Place[]>,
		...WHOLE.map(all)
	]);
	// What the server granted it has, and gives again.
	const theirs = new Set(granted.map(({ id }) => id));
	const own = rows.filter(({ scope }) => !theirs.has(scope));
	return [
		...own.map((row) => ({ table: 'rows', row })),
		...whole.flatMap((found, at) => found.map((row) => ({ table: WHOLE[at]!, row })))
	];
}

/** In place of an earlier one, in one transaction. */
async function keep(indexedDB: IDBFactory, profile: string, rows: readonly Kept[]): Promise<void> {
	const request = indexedDB.open(asideName(profile), 1);
	request.onupgradeneeded = () => void request.result.createObjectStore(KEPT, { autoIncrement: true });
	const db = await asked(request);
	try {
		const writing = db.transaction(KEPT, 'readwrite', { durability: 'strict' });
		const store = writing.objectStore(KEPT);
		store.clear();
		for (const row of rows) store.add(row);
		await new Promise<void>((resolve, reject) => {
			writing.oncomplete = () => resolve();
			writing.onabort = () => reject(writing.error ?? new DOMException('', 'AbortError'));
		});
	} finally {
		db.close();
	}
}
