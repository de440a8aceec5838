import { sql } from 'kysely';
import type { GrantsAnswer } from '#contract/access/grants.ts';
import { sharedScope, userScope } from '#contract/scope.ts';
import { endOfCompulsorySchool } from '#domain/time/birthdays.ts';
import { rowId } from '../cases/row-id.ts';
import { writeScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import { audit } from './audit.ts';
import { can, YOUNG_PERSON, type FamilyActor } from './can.ts';
import { representedIn } from './capacity.ts';
import { heldFrom } from './held.ts';
import { anotherNameSince } from './renamed.ts';

/**
 * Lets somebody go on reading who read the record until it became the young person's, or whom the council wrote to
 * afterwards. Never again for a person whose grant was once given or withdrawn: that is the young person's word.
 */
export async function carryOver(tx: Tx, caseScope: string, accountId: string): Promise<void> {
	await sql`
		insert into access_grant (case_scope, id, account_id, from_at)
		select r.case_scope, ${crypto.randomUUID()}::uuid, r.account_id, now()
		from relationship r join case_file c on c.scope_id = r.case_scope
		where r.case_scope = ${caseScope} and r.account_id = ${accountId}::uuid
			and c.rights_moved_at is not null and r.role not in ('young-person', 'professional')
			and not exists (select 1 from access_grant g where g.case_scope = r.case_scope and g.account_id = r.account_id)
	`.execute(tx);
}

/** What a young person sees of who reads their record; of anybody else's case only whether it is theirs still to read. */
export async function grantsOf(tx: Tx, actor: FamilyActor): Promise<GrantsAnswer['cases']> {
	const answer: GrantsAnswer['cases'] = [];
	for (const [caseId, tie] of [...actor.cases].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const scope = sharedScope(caseId);
		const file = await tx
			.selectFrom('case_file')
			.select(['born_on', 'rights_moved_at'])
			.select(representedIn('case_file.scope_id').as('represented'))
			.where('scope_id', '=', scope)
			.executeTakeFirstOrThrow();
		const moved = file.rights_moved_at !== null;
		const { represented } = file;
		answer.push({
			caseId,
			mine: tie.role === YOUNG_PERSON,
			moved,
			...(file.born_on && { on: endOfCompulsorySchool(file.born_on) }),
			reads: can(actor, 'read', scope),
			represented,
			people: can(actor, 'grant', scope) ? await othersOf(tx, scope, !moved || represented) : []
		});
	}
	return answer;
}

/** Names only: one person's address or phone is nobody else's. */
async function othersOf(
	tx: Tx,
	scope: string,
	all: boolean
): Promise<GrantsAnswer['cases'][number]['people']> {
	const rows = await tx
		.selectFrom('relationship as r')
		.leftJoin('guardian', (join) =>
			join
				.onRef('guardian.scope_id', '=', 'r.case_scope')
				.onRef('guardian.guardian_ref', '=', 'r.guardian_ref')
		)
		.leftJoin('access_grant as g', (join) =>
			join
				.onRef('g.case_scope', '=', 'r.case_scope')
				.onRef('g.account_id', '=', 'r.account_id')
				.on('g.withdrawn_at', 'is', null)
		)
		.select(['r.account_id', 'r.role', 'guardian.name', 'g.from_at'])
		.select(anotherNameSince('r', 'guardian').as('renamed'))
		.where('r.case_scope', '=', scope)
		.where('r.role', 'not in', ['young-person', 'professional'])
		.where((where) => where.or([where('r.until_at', 'is', null), where('r.until_at', '>', new Date())]))
		.orderBy('r.from_at')
		.execute();
	return rows.map((row) => ({
		accountId: row.account_id,
		role: row.role,
		name: (row.renamed ? null : row.name) ?? '',
		reads: all || row.from_at !== null,
		...(row.from_at && { since: row.from_at.toISOString() })
	}));
}

export type GrantAsk = { caseId: string; accountId: string; give: boolean; address: string; device: string };

/**
 * A young person gives or withdraws. False when it is not theirs to say (which is written down), when the record has not
 * become theirs yet, or when there is no such person. The other side is told, or their screen would fall silent unexplained.
 */
export async function setGrant(tx: Tx, actor: FamilyActor, ask: GrantAsk): Promise<boolean> {
	const scope = sharedScope(ask.caseId);
	const line = {
		actor: { id: actor.accountId, role: actor.cases.get(ask.caseId)?.role ?? 'family' },
		action: ask.give ? ('grant' as const) : ('grant-withdraw' as const),
		scope,
		object: ask.accountId,
		address: ask.address,
		device: ask.device
	};
	if (!can(actor, 'grant', scope)) {
		await audit(tx, { ...line, outcome: 'refused', reason: 'not-allowed' });
		return false;
	}
	const person = await tx
		.selectFrom('relationship as r')
		.innerJoin('case_file', 'case_file.scope_id', 'r.case_scope')
		.select(['r.until_at', heldFrom('r.case_scope', 'r.account_id').as('held')])
		.where('r.case_scope', '=', scope)
		.where('r.account_id', '=', ask.accountId)
		.where('r.role', 'not in', ['young-person', 'professional'])
		.where('rights_moved_at', 'is not', null)
		.executeTakeFirst();
	if (!person) return false;
	const now = new Date();
	const change = ask.give
		? await give(tx, actor, { scope, now, accountId: ask.accountId })
		: await withdraw(tx, { scope, now, accountId: ask.accountId });
	if (!change) return true;
	// Whom the council shut out is told nothing about the case, and the young person not that they are.
	const told = !person.held && (person.until_at === null || person.until_at > now);
	const v = { kind: ask.give ? 'grant-given' : 'grant-withdrawn', at: now.toISOString(), case: ask.caseId };
	if (told)
		await writeScope(tx, userScope(ask.accountId), [
			{ t: 'notice', id: rowId('grant', ask.caseId, v.at), v }
		]);
	await audit(tx, line);
	return true;
}

type Change = { scope: string; accountId: string; now: Date };

async function give(tx: Tx, actor: FamilyActor, { scope, accountId, now }: Change): Promise<boolean> {
	const made = await tx
		.insertInto('access_grant')
		.values({
			case_scope: scope,
			id: crypto.randomUUID(),
			account_id: accountId,
			given_by: actor.accountId,
			from_at: now
		})
		.onConflict((at) =>
			at.columns(['case_scope', 'account_id']).where('withdrawn_at', 'is', null).doNothing()
		)
		.executeTakeFirst();
	return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function withdraw(tx: Tx, { scope, accountId, now }: Change): Promise<boolean> {
	const ended = await tx
		.updateTable('access_grant')
		.set({ withdrawn_at: now })
		.where('case_scope', '=', scope)
		.where('account_id', '=', accountId)
		.where('withdrawn_at', 'is', null)
		.executeTakeFirst();
	return ended.numUpdatedRows > 0n;
}
