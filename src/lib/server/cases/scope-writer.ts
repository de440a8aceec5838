import { orderedJson } from '#contract/ordered-json.ts';
import { SCHEMA } from '#contract/version.ts';
import { noteChange, type Tx } from '../db/transaction.ts';

/** `v: null` deletes: a tombstone stays, its payload is erased at once. `sv` defaults to the newest row shape. */
export type RowDraft = { t: string; id: string; v: object | null; sv?: number };
export type Written = { ver: number; changed: number; unchanged: number };
type Kept = { t: string; id: string; deleted: boolean; v: unknown; sv: number };

const keyOf = (row: { t: string; id: string }) => `${row.t}\n${row.id}`;

/**
 * Writes rows of one scope. Takes the scope's lock first, so that the order of versions is the order of commits
 * (sync-and-security §2.3); rows that say what is already there are left alone and bump nothing. A later draft of the same
 * row wins. Callers that write several scopes in one transaction go through them in the order of their ids.
 */
export async function writeScope(tx: Tx, scopeId: string, drafts: readonly RowDraft[]): Promise<Written> {
	const before = await lockScope(tx, scopeId);
	const wanted = new Map(drafts.map((draft) => [keyOf(draft), draft]));
	const kept = new Map((await rowsLike(tx, scopeId, [...wanted.values()])).map((row) => [keyOf(row), row]));
	const changed = [...wanted.values()].filter((draft) => !says(kept.get(keyOf(draft)), draft));
	if (changed.length === 0) return { ver: before, changed: 0, unchanged: wanted.size };
	const ver = before + 1;
	await tx.updateTable('scope').set({ ver }).where('id', '=', scopeId).execute();
	await tx
		.insertInto('scope_row')
		.values(
			changed.map((draft) => ({
				scope_id: scopeId,
				t: draft.t,
				id: draft.id,
				ver,
				deleted: draft.v === null,
				sv: draft.sv ?? SCHEMA,
				v: draft.v === null ? null : orderedJson(draft.v),
				updated_at: new Date()
			}))
		)
		.onConflict((at) =>
			at.columns(['scope_id', 't', 'id']).doUpdateSet((row) => ({
				ver: row.ref('excluded.ver'),
				deleted: row.ref('excluded.deleted'),
				sv: row.ref('excluded.sv'),
				v: row.ref('excluded.v'),
				updated_at: row.ref('excluded.updated_at')
			}))
		)
		.execute();
	noteChange(scopeId, ver);
	return { ver, changed: changed.length, unchanged: wanted.size - changed.length };
}

/** Makes the scope if need be, locks it until the transaction ends and returns its version. */
export async function lockScope(tx: Tx, scopeId: string): Promise<number> {
	await tx
		.insertInto('scope')
		.values({ id: scopeId })
		.onConflict((at) => at.doNothing())
		.execute();
	const row = await tx
		.selectFrom('scope')
		.select('ver')
		.where('id', '=', scopeId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	return row.ver;
}

/**
 * Raises a scope's version though none of its rows changed, so that phones which hold it look again: what they may read
 * has changed, and only a pull says how.
 */
export async function touchScope(tx: Tx, scopeId: string): Promise<void> {
	const ver = (await lockScope(tx, scopeId)) + 1;
	await tx.updateTable('scope').set({ ver }).where('id', '=', scopeId).execute();
	noteChange(scopeId, ver);
}

/** The live rows of a scope, all of them or one type. */
export async function rowsOf(
	tx: Tx,
	scopeId: string,
	t?: string
): Promise<{ t: string; id: string; ver: number; v: unknown }[]> {
	let query = tx
		.selectFrom('scope_row')
		.select(['t', 'id', 'ver', 'v'])
		.where('scope_id', '=', scopeId)
		.where('deleted', '=', false);
	if (t !== undefined) query = query.where('t', '=', t);
	return query.orderBy('t').orderBy('id').execute();
}

async function rowsLike(tx: Tx, scopeId: string, drafts: RowDraft[]): Promise<Kept[]> {
	if (drafts.length === 0) return [];
	return tx
		.selectFrom('scope_row')
		.select(['t', 'id', 'deleted', 'v', 'sv'])
		.where('scope_id', '=', scopeId)
		.where('t', 'in', [...new Set(drafts.map((draft) => draft.t))])
		.where(
			'id',
			'in',
			drafts.map((draft) => draft.id)
		)
		.execute();
}

function says(kept: Kept | undefined, draft: RowDraft): boolean {
	if (!kept) return draft.v === null;
	if (draft.v === null) return kept.deleted;
	return !kept.deleted && kept.sv === (draft.sv ?? SCHEMA) && orderedJson(kept.v) === orderedJson(draft.v);
}
