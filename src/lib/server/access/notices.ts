import type { NoticeKind } from '#contract/rows.ts';
import { userScope } from '#contract/scope.ts';
import { writeScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';

/**
 * Tells the person's other phones. Writing it also pokes them: a phone that was just removed asks at once and hears it. Call
 * it before `audit`, which must come last.
 */
export async function tellPhones(
	tx: Tx,
	notice: { accountId: string; kind: NoticeKind; device: string; now: Date }
): Promise<void> {
	const v = { kind: notice.kind, at: notice.now.toISOString(), device: notice.device };
	await writeScope(tx, userScope(notice.accountId), [{ t: 'notice', id: crypto.randomUUID(), v }]);
}
