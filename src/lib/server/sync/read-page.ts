import { sql } from 'kysely';
import type { PatchRow } from '#contract/sync/pull.ts';
import type { Tx } from '../db/transaction.ts';
import type { Position } from './page-token.ts';

/** What one answer may still carry, over all its scopes, and what it carries already. */
export type Budget = { rows: number; bytes: number; sent: number };
export type Page = { patch: PatchRow[]; next?: Position };

/**
 * The rows after a position up to its `to`, as far as the budget goes. A reset carries live rows only. The first row of an
 * answer is always sent, however long it is, or a phone would ask for it for ever.
 */
export async function readPage(
	tx: Tx,
	{ scopeId, at, budget }: { scopeId: string; at: Position; budget: Budget }
): Promise<Page> {
	if (at.ver >= at.to && at.t === '') return { patch: [] };
	if (budget.rows <= 0 || budget.bytes <= 0) return { patch: [], next: at };
	let query = tx
		.selectFrom('scope_row')
		.select(['t', 'id', 'ver', 'deleted', 'sv', 'v'])
		.where('scope_id', '=', scopeId)
		.where('ver', '<=', at.to)
		.where(
			at.t === ''
				? sql<boolean>`ver > ${at.ver}`
				: sql<boolean>`(ver, t, id) > (${at.ver}::bigint, ${at.t}, ${at.id})`
		)
		.orderBy('ver')
		.orderBy('t')
		.orderBy('id')
		.limit(budget.rows + 1);
	if (at.reset) query = query.where('deleted', '=', false);
	const rows = await query.execute();
	const patch: PatchRow[] = [];
	let last = at;
	for (const row of rows) {
		const sent: PatchRow = {
			op: row.deleted ? 'del' : 'put',
			t: row.t,
			id: row.id,
			ver: row.ver,
			sv: row.sv,
			...(!row.deleted && { v: row.v })
		};
		const bytes = Buffer.byteLength(JSON.stringify(sent));
		if (budget.rows <= 0 || (bytes > budget.bytes && budget.sent > 0)) return { patch, next: last };
		patch.push(sent);
		budget.rows--;
		budget.sent++;
		budget.bytes -= bytes;
		last = { ...at, ver: row.ver, t: row.t, id: row.id };
	}
	return { patch };
}
