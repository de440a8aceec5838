import { sql } from 'kysely';
import { refScope } from '#contract/scope.ts';
import type { Tx } from '../db/transaction.ts';
import { can, YOUNG_PERSON, type Actor, type CaseTie, type FamilyActor, type StaffActor } from './can.ts';
import { representedIn } from './capacity.ts';
import { heldFrom } from './held.ts';
import { offeredTogether } from './writing-together.ts';

/**
 * The person behind an account as of `now`: their running relationships, without suppressed cases and those that the
 * council holds. Where the record has become the young person's, anybody but them (and a professional, who is there by the
 * council's word) reads it by a grant, or because a person recorded that the young person is represented.
 */
export async function familyActor(tx: Tx, accountId: string, now = new Date()): Promise<FamilyActor> {
	const rows = await tx
		.selectFrom('relationship as r')
		.innerJoin('case_file', 'case_file.scope_id', 'r.case_scope')
		.select(['case_file.id', 'case_file.council', 'r.role', 'r.restrictions', 'rights_moved_at'])
		.select(
			sql<boolean>`exists (select 1 from access_grant g where g.case_scope = r.case_scope and g.account_id = r.account_id and g.withdrawn_at is null)`.as(
				'granted'
			)
		)
		.select(representedIn('r.case_scope').as('represented'))
		.where('r.account_id', '=', accountId)
		.where('from_at', '<=', now)
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', now)]))
		.where('suppressed', '=', false)
		.where(({ not }) => not(heldFrom('r.case_scope', 'r.account_id')))
		.execute();
	const cases = rows.map(({ id, council, role, restrictions, ...row }): [string, CaseTie] => {
		const moved = row.rights_moved_at !== null && row.rights_moved_at <= now;
		const inOwnRight = role === YOUNG_PERSON || role === 'professional';
		const rightsMoved = moved && !inOwnRight && !row.granted && !row.represented;
		return [id, { council, role, restrictions, ...(rightsMoved && { rightsMoved }) }];
	});
	return { kind: 'family', accountId, cases: new Map(cases) };
}

/** Somebody of the council's staff, with the cases of `caseScopes` that are their council's and not suppressed. */
export async function staffActor(
	tx: Tx,
	who: Pick<StaffActor, 'staffId' | 'council' | 'role'>,
	caseScopes: readonly string[] = []
): Promise<StaffActor> {
	const rows =
		caseScopes.length === 0
			? []
			: await tx
					.selectFrom('case_file')
					.select(['id', 'council'])
					.where('scope_id', 'in', [...caseScopes])
					.where('council', '=', who.council)
					.where('suppressed', '=', false)
					.execute();
	return { kind: 'staff', ...who, cases: new Map(rows.map(({ id, council }) => [id, { council }])) };
}

/** Every scope that exists, or is offered, and that this actor may read: what a phone should hold. */
export async function readableScopes(tx: Tx, actor: Actor): Promise<string[]> {
	if (actor.kind === 'staff') return [];
	const cases = [...actor.cases].flatMap(([id]) => [
		`case:${id}:shared`,
		`case:${id}:fam`,
		`case:${id}:own:${actor.accountId}`,
		`case:${id}:sent:${actor.accountId}`,
		`case:${id}:yp`
	]);
	const councils = [...new Set([...actor.cases.values()].map((one) => one.council))];
	const wanted = [
		...cases,
		`user:${actor.accountId}`,
		...councils.map((council) => refScope(council, 'people'))
	];
	const rows = await tx.selectFrom('scope').select(['id', 'ver']).where('id', 'in', wanted).execute();
	// A change that wrote nothing leaves a scope without a row: what is written together begins with the first words in it.
	const there = rows.filter(({ id, ver }) => ver > 0 || !id.endsWith(':fam'));
	const offered = (await offeredTogether(tx, actor)).map((id) => `case:${id}:fam`);
	const ids = new Set([...there.map((row) => row.id), ...offered]);
	return [...ids].sort().filter((id) => can(actor, 'read', id));
}
