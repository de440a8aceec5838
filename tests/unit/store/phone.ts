import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { profileDb, type ProfileDb } from '#store/db.ts';
import { openPhoneStore, type PhoneParts, type PhoneStore } from '#store/phone-store.ts';

/** A phone: its own IndexedDB, opened as often as a test likes ("tabs", restarts). */
export function phone(parts: Omit<PhoneParts, 'indexedDB' | 'IDBKeyRange'> = {}) {
	const idb = { indexedDB: new IDBFactory(), IDBKeyRange };
	const opened: PhoneStore[] = [];
	return {
		idb,
		async open(more: PhoneParts = {}): Promise<PhoneStore> {
			const store = openPhoneStore({ ...idb, ...parts, ...more });
			opened.push(store);
			await store.ready;
			return store;
		},
		/** The profile's database as it lies on the disk. */
		async raw<T>(id: string, work: (db: ProfileDb) => PromiseLike<T>): Promise<T> {
			const db = profileDb(id, idb);
			try {
				await db.open();
				return await work(db);
			} finally {
				db.close();
			}
		},
		close: () => opened.splice(0).forEach((store) => store.close())
	};
}

/** Resolves when `true()` holds after some change; never by waiting for time. */
export function until(store: Pick<PhoneStore, 'subscribe'>, holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		if (holds()) return resolve();
		const leave = store.subscribe(() => {
			if (!holds()) return;
			leave();
			resolve();
		});
	});
}

export const CASE = '11111111-1111-4111-8111-111111111111';
export const own = (profile: string) => `case:${CASE}:own:${profile}`;
export const eventRow = (scope: string, id: string, on = '2026-09-01') => ({
	scope,
	t: 'event',
	id,
	v: { type: 'assessment.requested', on, detail: {} }
});
