import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { PatchRow, PulledScope } from '#contract/sync/pull.ts';
import type { Table } from 'dexie';
import type { ProfileDb, ScopeState, SealedRow } from './db.ts';
import { isDamaged } from './errors.ts';
import { placeOf, retireKey } from './isolate.ts';
import { keyPlace } from './keys/places.ts';
import type { Plain, Sealer } from './keys/sealer.ts';
import { count, stillHere } from './meta.ts';
import type { PageOutcome } from './pull-store.ts';

/**
 * A whole copy whose checksum is wrong is asked for again; after this many in a row the fault is in the sum, not in the
 * rows, and a family is better served with them than without.
 */
const WRONG_SUMS = 3;

type Place = [string, string, string];
/** Around every key that begins with this scope: in IndexedDB's order a shorter key comes first, and arrays after strings. */
const around = (scope: string): [unknown[], unknown[]] => [[scope], [scope, []]];

/** Everything a table holds of one scope. */
export const ofScope = (table: Table<SealedRow, Place>, scope: string) =>
	table.where('[scope+t+id]').between(...around(scope));

export type Sealed = Awaited<ReturnType<Sealer['seal']>>;
/** Seals the rows of a page, which needs neither its turn nor the database. */
export function sealPage(sealer: Sealer, page: PulledScope): Promise<Sealed> {
	const puts = page.patch.filter((row) => row.op === 'put').map((row) => plainOf(page.id, row));
	return sealer.seal(page.id, puts);
}

/** Applies one page of one scope: rows and cookie in one transaction. Sealing happens before it opens. */
export async function applyPage(
	{ db, sealer }: { db: ProfileDb; sealer: Sealer },
	{ page, first, ready }: { page: PulledScope; first: boolean; ready: Promise<Sealed> }
): Promise<PageOutcome> {
	const sealed = await ready.catch(async (error: unknown) => {
		if (!isDamaged(error)) throw error;
		await retireKey(db, page.id);
		return null;
	});
	if (!sealed) return 'stale';
	const outcome = await db.transaction('rw', [db.rows, db.staging, db.scopes, db.keys, db.meta], async () => {
		await stillHere(db);
		const state = await db.scopes.get(page.id);
		if (!state) return 'gone';
		if ((await db.keys.get(keyPlace(page.id)))?.kid !== sealed.kid) return 'stale';
		const rows = new Map(sealed.rows.map((row) => [`${row.t}\n${row.id}`, row]));
		const job = { db, state, page, rows };
		return page.reset ? applyReset(job, first) : applyDelta(job);
	});
	if (outcome === 'stale' || outcome === 'gone') sealer.forget(page.id);
	return outcome;
}

const plainOf = (scope: string, { t, id, ver, sv, v }: PatchRow): Plain => ({
	scope,
	t,
	id,
	ver,
	sv,
	v: v ?? null
});

type Job = { db: ProfileDb; state: ScopeState; page: PulledScope; rows: Map<string, SealedRow> };

async function applyDelta({ db, state, page, rows }: Job): Promise<PageOutcome> {
	const cookie = state.cookie;
	if (cookie === null || page.from !== cookie || page.to < cookie) return 'stale';
	const places = page.patch.map((row) => placeOf({ scope: page.id, ...row }));
	const held = await db.rows.bulkGet(places);
	// A row that is not newer than what is here was seen before: duplicates and replays change nothing.
	const news = page.patch.filter((row, at) => row.ver > cookie && row.ver > (held[at]?.ver ?? -1));
	await db.rows.bulkDelete(
		news.filter((row) => row.op === 'del').map((row) => placeOf({ scope: page.id, ...row }))
	);
	await db.rows.bulkPut(sealedOf(news, rows));
	if (page.next) return 'more';
	if (page.checksum && page.checksum !== (await sumOf(db, page.id))) {
		await db.scopes.put({ ...state, cookie: null });
		await count(db, 'healed');
		return 'mismatch';
	}
	await db.scopes.put({ ...state, cookie: page.to, mismatches: 0 });
	return 'done';
}

/** A whole copy gathers in `staging`; the old rows stay readable until all of it is here. */
async function applyReset({ db, state, page, rows }: Job, first: boolean): Promise<PageOutcome> {
	if (first) await ofScope(db.staging, page.id).delete();
	await db.staging.bulkPut(sealedOf(page.patch, rows));
	if (page.next) return 'more';
	const copy = await ofScope(db.staging, page.id).toArray();
	await ofScope(db.staging, page.id).delete();
	if (page.checksum && page.checksum !== scopeChecksum(copy)) {
		await count(db, 'healed');
		if (state.mismatches + 1 < WRONG_SUMS) {
			await db.scopes.put({ ...state, cookie: null, mismatches: state.mismatches + 1 });
			return 'mismatch';
		}
	}
	await ofScope(db.rows, page.id).delete();
	await db.rows.bulkPut(copy);
	await db.scopes.put({ ...state, cookie: page.to, gen: state.gen + 1, mismatches: 0 });
	return 'done';
}

const sealedOf = (patch: readonly PatchRow[], rows: Map<string, SealedRow>): SealedRow[] =>
	patch
		.filter((row) => row.op === 'put')
		.map((row) => rows.get(`${row.t}\n${row.id}`))
		.filter((row) => row !== undefined);

/** From the index alone: no sealed bytes are read. */
async function sumOf(db: ProfileDb, scope: string): Promise<string> {
	const keys = (await db.rows
		.where('[scope+t+id+ver]')
		.between(...around(scope))
		.keys()) as unknown as [string, string, string, number][];
	return scopeChecksum(keys.map(([, t, id, ver]) => ({ t, id, ver })));
}
