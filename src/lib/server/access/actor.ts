import { refScope } from '#contract/scope.ts';
import type { Tx } from '../db/transaction.ts';
import { can, type Actor, type FamilyActor } from './can.ts';

/** The person behind an account as of `now`: their running relationships, without suppressed cases. */
export async function familyActor(tx: Tx, accountId: string, now = new Date()): Promise<FamilyActor> {
	const rows = await tx
		.selectFrom('relationship')
		.innerJoin('case_file', 'case_file.scope_id', 'relationship.case_scope')
		.select(['case_file.id', 'case_file.council', 'relationship.role', 'relationship.restrictions'])
		.where('account_id', '=', accountId)
		.where('from_at', '<=', now)
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', now)]))
		.where('suppressed', '=', false)
		.execute();
	const cases = rows.map(
		({ id, council, role, restrictions }) => [id, { council, role, restrictions }] as const
	);
	return { kind: 'family', accountId, cases: new Map(cases) };
}

/** Every scope that exists and that this actor may read: what a phone should hold. */
export async function readableScopes(tx: Tx, actor: Actor): Promise<string[]> {
	if (actor.kind === 'staff') return [];
	const cases = [...actor.cases].flatMap(([id]) => [
		`case:${id}:shared`,
		`case:${id}:fam`,
		`case:${id}:own:${actor.accountId}`,
		`case:${id}:yp`
	]);
	const councils = [...new Set([...actor.cases.values()].map((one) => one.council))];
	const wanted = [
		...cases,
		`user:${actor.accountId}`,
		...councils.map((council) => refScope(council, 'people'))
	];
	const there = await tx.selectFrom('scope').select('id').where('id', 'in', wanted).orderBy('id').execute();
	return there.map((row) => row.id).filter((id) => can(actor, 'read', id));
}
