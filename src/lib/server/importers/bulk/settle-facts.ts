import { eventsOf } from '../../cases/case-events.ts';
import { writeScope } from '../../cases/scope-writer.ts';
import type { Tx } from '../../db/transaction.ts';
import { CaseFacts } from './case-facts.ts';

/** Has the facts of a case that a waiting return has just joined name their contradictions, and drops what was said better. */
export async function settleFacts(tx: Tx, scopeId: string): Promise<void> {
	const facts = new CaseFacts(await eventsOf(tx, scopeId));
	facts.settle();
	const rows = facts.rows();
	if (rows.length > 0) await writeScope(tx, scopeId, rows);
}
