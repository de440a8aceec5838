import { orderedJson } from '#contract/ordered-json.ts';
import { SCHEMA } from '#contract/version.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import { noteChange, type Tx } from '../../db/transaction.ts';

/** Locks scopes that exist, in the order of their ids, so that two writers of several scopes never wait for each other. */
export async function lockScopes(tx: Tx, scopeIds: readonly string[]): Promise<void> {
	if (scopeIds.length === 0) return;
	await tx
		.selectFrom('scope')
		.select('id')
		.where('id', 'in', [...scopeIds])
		.orderBy('id')
		.forUpdate()
		.execute();
}

/**
 * Writes rows of several locked scopes: what `cases/scope-writer` does for one, in two statements for all. Callers give
 * only rows that differ from what is there.
 */
export async function writeScopes(tx: Tx, drafts: ReadonlyMap<string, readonly RowDraft[]>): Promise<void> {
	const scopeIds = [...drafts.keys()].filter((id) => (drafts.get(id)?.length ?? 0) > 0);
	if (scopeIds.length === 0) return;
	const bumped = await tx
		.updateTable('scope')
		.set((row) => ({ ver: row('ver', '+', 1) }))
		.where('id', 'in', scopeIds)
		.returning(['id', 'ver'])
		.execute();
	const versions = new Map(bumped.map(({ id, ver }) => [id, ver]));
	const values = scopeIds.flatMap((scopeId) =>
		(drafts.get(scopeId) ?? []).map((draft) => ({
			scope_id: scopeId,
			t: draft.t,
			id: draft.id,
			ver: versions.get(scopeId) ?? 1,
			deleted: draft.v === null,
			sv: draft.sv ?? SCHEMA,
			v: draft.v === null ? null : orderedJson(draft.v),
			updated_at: new Date()
		}))
	);
	await tx
		.insertInto('scope_row')
		.values(values)
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
	for (const [scopeId, ver] of versions) noteChange(scopeId, ver);
}
