/** Plain IndexedDB for what a phone needs before Dexie is here: a look, the lock. It makes no database and upgrades none. */

/** `alongside` is the registry; every other database is a profile's. */
const NEWEST = (name: string) => (name === 'alongside' ? 1 : 3);
/**
 * Dexie multiplies its whole versions by ten: 20 to 29 is version 2. Versions only add, so older ones are read the same way. Another
 * shape is for the real store to judge.
 */
const known = ({ name, version }: IDBDatabase) => version >= 10 && version < (NEWEST(name) + 1) * 10;

export const asked = <T>(request: IDBRequest<T>): Promise<T> =>
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
		if (known(db)) return db;
		db.close();
		throw new Error('Not a version this file knows.');
	});
}

type At = { idb: IDBFactory; name: string; tables: string[] };
type Of = (table: string) => IDBObjectStore;

/** Reads in one transaction, so that keys and rows belong together. */
export async function reading<T>({ idb, name, tables }: At, read: (of: Of) => Promise<T>): Promise<T> {
	const db = await opened(idb, name);
	try {
		const transaction = db.transaction(tables, 'readonly');
		return await read((table) => transaction.objectStore(table));
	} finally {
		db.close();
	}
}

/** Writes in one transaction, all or none, and resolves when the disk has it. `write` may await nothing but its own requests. */
export async function writing<T>({ idb, name, tables }: At, write: (of: Of) => Promise<T>): Promise<T> {
	const db = await opened(idb, name);
	try {
		const transaction = db.transaction(tables, 'readwrite', { durability: 'strict' });
		const kept = new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
		});
		kept.catch(() => undefined);
		try {
			const result = await write((table) => transaction.objectStore(table));
			await kept;
			return result;
		} catch (error) {
			try {
				transaction.abort();
			} catch {
				// It ended by itself.
			}
			throw error;
		}
	} finally {
		db.close();
	}
}

/** The value of one named fact in a table of `{ key, value }`, such as `settings` and `meta`. */
export async function factOf(table: IDBObjectStore, key: string): Promise<unknown> {
	return ((await asked(table.get(key))) as { value?: unknown } | undefined)?.value;
}
