import { sql } from 'kysely';
import type { RowValue } from '#contract/rows.ts';
import { heldFrom } from '../access/held.ts';
import type { Tx } from '../db/transaction.ts';

/** Rows of `case:{id}:sent:{account}`, in the order in which they came. */
export type SentRow = { scope: string; id: string } & (
	{ t: 'message'; v: RowValue<'message'> } | { t: 'submission'; v: RowValue<'submission'> }
);

export async function sentRows(tx: Tx, scopes: readonly string[]): Promise<SentRow[]> {
	if (scopes.length === 0) return [];
	const rows = await tx
		.selectFrom('scope_row')
		.select(['scope_id as scope', 't', 'id', 'v'])
		.where('scope_id', 'in', [...scopes])
		.where('t', 'in', ['message', 'submission'])
		.where('deleted', '=', false)
		.orderBy('ver')
		.execute();
	return rows as SentRow[];
}

/** Which of these cases have somebody who can open it and whose newest message is still without an answer. */
export async function casesUnanswered(tx: Tx, caseScopes: readonly string[]): Promise<ReadonlySet<string>> {
	if (caseScopes.length === 0) return new Set();
	const newest = tx
		.selectFrom('relationship as r')
		.innerJoin('case_file as c', 'c.scope_id', 'r.case_scope')
		.innerJoin('scope_row as s', (join) =>
			join
				.on('s.scope_id', '=', sql<string>`'case:' || c.id || ':sent:' || r.account_id`)
				.on('s.t', '=', 'message')
				.on('s.deleted', '=', false)
		)
		.distinctOn('s.scope_id')
		.select(['r.case_scope', sql<string>`s.v ->> 'by'`.as('by')])
		.where('r.case_scope', 'in', [...caseScopes])
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', new Date())]))
		.where(({ not }) => not(heldFrom('r.case_scope', 'r.account_id')))
		.orderBy('s.scope_id')
		.orderBy('s.ver', 'desc');
	const rows = await tx
		.selectFrom(newest.as('newest'))
		.select('case_scope')
		.distinct()
		.where('by', '=', 'family')
		.execute();
	return new Set(rows.map((row) => row.case_scope));
}
