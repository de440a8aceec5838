import { caseOfScope } from '#contract/scope.ts';
import type { Ack } from '#contract/sync/push.ts';
import { audit, type AuditAction } from '../access/audit.ts';
import type { FamilyActor } from '../access/can.ts';
import type { Tx } from '../db/transaction.ts';
import type { Mutation } from './row-store.ts';

/** Mutations that put something before the council, and the word for each in the audit. */
const WORDS: Readonly<Record<string, AuditAction>> = {
	'message.send': 'scope-write',
	'views.send': 'submission'
};
export const isSending = (name: string): boolean => Object.hasOwn(WORDS, name);

/** Writes down that somebody sent something: by which row, never what it says. Call it last in the transaction that settled it. */
export async function noteSent(
	tx: Tx,
	{
		actor,
		one,
		ack,
		...from
	}: { actor: FamilyActor; one: Mutation; ack: Ack; address: string; device: string }
): Promise<void> {
	if (ack.status !== 'done') return;
	const role = actor.cases.get(caseOfScope(one.scope) ?? '')?.role ?? 'family';
	await audit(tx, {
		actor: { id: actor.accountId, role },
		action: WORDS[one.name]!,
		scope: one.scope,
		object: (one.args as { id: string }).id.toLowerCase(),
		...from
	});
}
