import { SCHEMA } from '#contract/version.ts';
import { onDb, type ProfileDb, type SealedRow } from './db.ts';
import { isDamaged } from './errors.ts';
import type { OpenRow } from './family-store.ts';
import { dropUnnamed, filesTables } from './files/named.ts';
import { placeOf, retireKey } from './isolate.ts';
import { keyPlace } from './keys/places.ts';
import type { Sealer } from './keys/sealer.ts';
import { stillHere } from './meta.ts';
import type { ChunkV3 } from './schema/v003.ts';

/** `ver`: the row was as new as this elsewhere, so here it is not older. */
export type LocalRow = { scope: string; t: string; id: string; v: unknown; ver?: number };
type Parts = { db: ProfileDb; sealer: Sealer };

/** Two tabs writing one row at once meet here; five turns are far more than people with two thumbs need. */
const TURNS = 5;

/**
 * Seals and writes rows that belong to this phone, all or none; resolves after the durable write. The version is part of
 * the seal, so it is read first and checked again inside the transaction that writes. `chunks`: bytes of files that the rows name.
 */
export async function writeLocal(
	{ db, sealer }: Parts,
	rows: readonly LocalRow[],
	chunks: readonly ChunkV3[] = []
): Promise<OpenRow[]> {
	for (let turn = 0; turn < TURNS; turn++) {
		const written = await onDb(db, () => attempt({ db, sealer }, rows, chunks)).catch(
			async (error: unknown) => {
				if (!isDamaged(error)) throw error;
				for (const scope of new Set(rows.map((row) => row.scope))) {
					await sealer.seal(scope, []).catch(() => retireKey(db, scope));
				}
				return null;
			}
		);
		if (written) return written;
		for (const row of rows) sealer.forget(row.scope);
	}
	throw new Error('This row is being written somewhere else without pause.');
}

async function attempt(
	{ db, sealer }: Parts,
	rows: readonly LocalRow[],
	chunks: readonly ChunkV3[]
): Promise<OpenRow[] | null> {
	const places = rows.map(placeOf);
	const before = await db.rows.bulkGet(places);
	const plain = rows.map(({ ver = 0, ...row }, at) => ({
		...row,
		ver: Math.max((before[at]?.ver ?? 0) + 1, ver),
		sv: SCHEMA
	}));
	const scopes = [...new Set(rows.map((row) => row.scope))];
	const kids = new Map<string, string>();
	const sealed: SealedRow[] = [];
	for (const scope of scopes) {
		const part = await sealer.seal(
			scope,
			plain.filter((row) => row.scope === scope)
		);
		kids.set(scope, part.kid);
		sealed.push(...part.rows);
	}
	const tables = [db.rows, db.keys, db.scopes, db.meta, ...(chunks.length ? [db.chunks] : [])];
	return db.transaction('rw', tables, async () => {
		await stillHere(db);
		const now = await db.rows.bulkGet(places);
		if (now.some((row, at) => row?.ver !== before[at]?.ver)) return null;
		for (const scope of scopes) {
			if (await db.scopes.get(scope)) throw new Error(`${scope} belongs to the server`);
			if ((await db.keys.get(keyPlace(scope)))?.kid !== kids.get(scope)) return null;
		}
		await db.rows.bulkPut(sealed);
		if (chunks.length) await db.chunks.bulkPut([...chunks]);
		return plain;
	});
}

/** The bytes of a file go with the last row that names it. */
export async function removeLocal(db: ProfileDb, rows: readonly Omit<LocalRow, 'v'>[]): Promise<void> {
	const files = rows.filter(({ t }) => t === 'file').map(({ id }) => id);
	await onDb(db, () =>
		db.transaction('rw', files.length ? filesTables(db) : [db.rows], async () => {
			await db.rows.bulkDelete(rows.map(placeOf));
			await dropUnnamed(db, files);
		})
	);
}
