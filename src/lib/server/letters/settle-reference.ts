import { sql } from 'kysely';
import { userScope } from '#contract/scope.ts';
import { anotherNameSince } from '../access/renamed.ts';
import { touchScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';

type Reference = { scopeId: string; guardianRef: string; same: boolean; now: Date };

/**
 * Says whose a reference is that stands beside another name now. The same person's: nothing else changes. Another person's:
 * the access of whoever had it ends, and keeps a reference that no letter can name, so that none opens their account. Returns whose
 * access ended now, for the audit, which comes last.
 */
export async function settleReference(
	tx: Tx,
	{ scopeId, guardianRef, same, now }: Reference
): Promise<string[]> {
	const earlier = await tx
		.selectFrom('relationship as r')
		.innerJoin('guardian as g', (join) =>
			join.onRef('g.scope_id', '=', 'r.case_scope').onRef('g.guardian_ref', '=', 'r.guardian_ref')
		)
		.select(['r.account_id', 'r.until_at'])
		.where('r.case_scope', '=', scopeId)
		.where('r.guardian_ref', '=', guardianRef)
		.where(anotherNameSince('r', 'g'))
		.orderBy('r.account_id')
		.execute();
	await tx
		.updateTable('guardian')
		.set({ renamed_at: null })
		.where('scope_id', '=', scopeId)
		.where('guardian_ref', '=', guardianRef)
		.execute();
	if (same || earlier.length === 0) return [];
	const accounts = earlier.map((row) => row.account_id);
	await tx
		.updateTable('relationship')
		// A reference from a roster has letters, figures and a few signs in one line (importers/cases): this is none.
		.set({ guardian_ref: `${guardianRef}\n${now.toISOString()}`, until_at: sql`least(until_at, ${now})` })
		.where('case_scope', '=', scopeId)
		.where('account_id', 'in', accounts)
		.execute();
	const running = earlier.filter((row) => row.until_at === null || row.until_at > now);
	for (const row of running) await touchScope(tx, userScope(row.account_id));
	return running.map((row) => row.account_id);
}
