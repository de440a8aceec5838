import type { Tx } from '../db/transaction.ts';
import { can, WRITE_TOGETHER, type FamilyActor } from './can.ts';

/**
 * Cases in which this person may be offered to write with others (blueprint §2.9): somebody else may too, and nobody of the case is narrowed or
 * kept out. The offer is one scope, `case:{id}:fam`, granted before anything stands in it; who may read and write there is for `can` alone.
 */
export async function offeredTogether(tx: Tx, actor: FamilyActor): Promise<string[]> {
	const mine = [...actor.cases.keys()].filter((id) => can(actor, 'write', `case:${id}:fam`));
	if (mine.length === 0) return [];
	const now = new Date();
	const rows = await tx
		.selectFrom('relationship as r')
		.innerJoin('case_file', 'case_file.scope_id', 'r.case_scope')
		.leftJoin('access_hold as h', (join) =>
			join
				.onRef('h.case_scope', '=', 'r.case_scope')
				.onRef('h.account_id', '=', 'r.account_id')
				.on('h.lifted_at', 'is', null)
		)
		.select(['case_file.id', 'r.account_id', 'r.role', 'r.restrictions', 'h.reason'])
		.where('case_file.id', 'in', mine)
		.where('from_at', '<=', now)
		.where((where) => where.or([where('until_at', 'is', null), where('until_at', '>', now)]))
		.execute();
	return mine.filter((id) => {
		const people = rows.filter((row) => row.id === id);
		const others = people.filter((row) => row.account_id !== actor.accountId);
		return (
			people.every((row) => row.restrictions.length === 0 && row.reason === null) &&
			others.some((row) => WRITE_TOGETHER.has(row.role))
		);
	});
}
