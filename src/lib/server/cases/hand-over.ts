import type { Tx } from '../db/transaction.ts';
import { assignOfficer, personRow, publishOfficers } from './officers.ts';
import { lockScope, writeScope } from './scope-writer.ts';

/**
 * A case goes to another officer today, as an import would say it: the next cases file that names somebody has the last word. What was handed
 * over earlier the same day was a slip: that spell of no days goes, so that a family is never told of somebody who held nothing. Returns
 * the id of the row that says who holds the case now.
 */
export async function handOver(
	tx: Tx,
	scopeId: string,
	{ to, today }: { to: string; today: string }
): Promise<string> {
	await lockScope(tx, scopeId);
	const slips = await tx
		.deleteFrom('case_officer')
		.where('scope_id', '=', scopeId)
		.where('from_on', '=', today)
		.where('officer_ref', '!=', to)
		.returning('officer_ref')
		.execute();
	await writeScope(
		tx,
		scopeId,
		slips.map((slip) => ({ t: 'person', id: personRow(scopeId, slip.officer_ref, today), v: null }))
	);
	const since = await goOn(tx, scopeId, { to, today });
	// An assignment ends what runs without a last day; here a spell that was to end later ends today as well.
	await tx
		.updateTable('case_officer')
		.set({ until_on: today })
		.where('scope_id', '=', scopeId)
		.where('officer_ref', '!=', to)
		.where('from_on', '<', today)
		.where((where) => where.or([where('until_on', 'is', null), where('until_on', '>', today)]))
		.execute();
	if (since !== null) await publishOfficers(tx, scopeId);
	else await assignOfficer(tx, scopeId, { officerRef: to, from: today });
	return personRow(scopeId, to, since ?? today);
}

/** Back to whom it was taken from today: their spell goes on, as if nothing had been. Returns since when they hold it. */
async function goOn(tx: Tx, scopeId: string, { to, today }: { to: string; today: string }) {
	const later = await tx
		.selectFrom('case_officer')
		.select('from_on')
		.where('scope_id', '=', scopeId)
		.where('from_on', '>', today)
		.orderBy('from_on')
		.limit(1)
		.executeTakeFirst();
	const again = await tx
		.updateTable('case_officer')
		.set({ until_on: later?.from_on ?? null })
		.where('scope_id', '=', scopeId)
		.where('officer_ref', '=', to)
		.where('until_on', '=', today)
		.where('from_on', '<', today)
		.returning('from_on')
		.executeTakeFirst();
	return again?.from_on ?? null;
}
