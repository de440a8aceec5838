import { userScope } from '#contract/scope.ts';
import { audit } from '../access/audit.ts';
import { touchScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';

type Reference = { scopeId: string; guardianRef: string; same: boolean; now: Date };

/**
 * Says whose a reference is that stands beside another name now. The same person's: nothing else changes. Another person's:
 * the access of whoever had it ends, and keeps a reference that no letter can name, so that none opens their account.
 */
export async function settleReference(tx: Tx, { scopeId, guardianRef, same, now }: Reference): Promise<void> {
	await tx
		.updateTable('guardian')
		.set({ renamed_at: null })
		.where('scope_id', '=', scopeId)
		.where('guardian_ref', '=', guardianRef)
		.execute();
	if (same) return;
	const before = await tx
		.updateTable('relationship')
		// A roster's references are one line of at most 80 characters (importers/cases): this is none of them.
		.set({ guardian_ref: `${guardianRef}\n${now.toISOString()}`, until_at: now })
		.where('case_scope', '=', scopeId)
		.where('guardian_ref', '=', guardianRef)
		.returning('account_id')
		.execute();
	for (const { account_id: accountId } of before) await touchScope(tx, userScope(accountId));
	for (const { account_id: object } of before)
		await audit(tx, { actor: 'system', action: 'access-end', scope: scopeId, object });
}
