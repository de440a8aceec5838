import { onDb, type ProfileDb, type SealedRow } from './db.ts';
import { keyPlace } from './keys/places.ts';

export const placeOf = (row: Pick<SealedRow, 'scope' | 't' | 'id'>): [string, string, string] => [
	row.scope,
	row.t,
	row.id
];

/**
 * Takes a row that does not open out of the way, so that the app always starts. What the server owns is asked for again
 * (its scope is read anew); what only this phone had is kept, sealed, in the `damaged` tray, which only a person empties.
 */
export function isolate(db: ProfileDb, row: SealedRow): Promise<void> {
	return onDb(db, () =>
		db.transaction('rw', db.rows, db.scopes, db.damaged, async () => {
			const now = await db.rows.get(placeOf(row));
			if (!now || now.ver !== row.ver || !sameBytes(now.iv, row.iv)) return;
			const granted = await db.scopes.get(row.scope);
			if (granted) await db.scopes.put({ ...granted, cookie: null });
			else await db.damaged.put({ ...row, at: Date.now() });
			await db.rows.delete(placeOf(row));
		})
	);
}

const sameBytes = (a: Uint8Array, b: Uint8Array) =>
	a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Sets a scope's key aside when its wrapping does not open, so that a new one can be made. The old one is kept beside it:
 * rows in the damaged tray were sealed with it. A granted scope is asked for again.
 */
export function retireKey(db: ProfileDb, scope: string): Promise<void> {
	return onDb(db, () =>
		db.transaction('rw', db.keys, db.scopes, async () => {
			const kept = await db.keys.get(keyPlace(scope));
			if (kept) {
				await db.keys.put({ ...kept, by: `damaged-${kept.kid}` });
				await db.keys.delete(keyPlace(scope));
			}
			const granted = await db.scopes.get(scope);
			if (granted) await db.scopes.put({ ...granted, cookie: null });
		})
	);
}
