import { sql } from 'kysely';
import { nameKey } from '../access/name-key.ts';
import { anotherNameSince } from '../access/renamed.ts';
import type { Tx } from '../db/transaction.ts';

type Listed = { scopeId: string; guardianRef: string; name: string };

/**
 * Says of a guardian on the roster whether a letter would open again what the council shut: their own tie to the case ended or is
 * held, or somebody of the same name was ended, held or limited there under another reference, whom a new one would let round it.
 */
export async function shutOutAt(tx: Tx, council: string, now: Date): Promise<(one: Listed) => boolean> {
	const rows = await tx
		.selectFrom('relationship as r')
		.innerJoin('case_file', 'case_file.scope_id', 'r.case_scope')
		.leftJoin('guardian as g', (join) =>
			join.onRef('g.scope_id', '=', 'r.case_scope').onRef('g.guardian_ref', '=', 'r.guardian_ref')
		)
		.leftJoin('access_hold as h', (join) =>
			join
				.onRef('h.case_scope', '=', 'r.case_scope')
				.onRef('h.account_id', '=', 'r.account_id')
				.on('h.lifted_at', 'is', null)
		)
		.select(['r.case_scope', 'r.guardian_ref', 'g.name'])
		.select(anotherNameSince('r', 'g').as('renamed'))
		.select(sql<boolean>`coalesce(r.until_at <= ${now}, false)`.as('ended'))
		.select(sql<boolean>`h.id is not null`.as('held'))
		.select(sql<boolean>`r.restrictions <> '[]'::jsonb`.as('limited'))
		.where('council', '=', council)
		.execute();
	const shut = Map.groupBy(
		rows.filter((row) => row.ended || row.held || row.limited),
		(row) => row.case_scope
	);
	return ({ scopeId, guardianRef, name }) =>
		(shut.get(scopeId) ?? []).some((row) => {
			const theirs = row.renamed ? null : row.name;
			if (row.guardian_ref === guardianRef && !row.renamed) return row.ended || row.held;
			// Whose name nobody knows any more could be anybody on this case.
			if (theirs === null) return row.held || row.limited;
			return nameKey(theirs) === nameKey(name);
		});
}
