import type { Tx } from '../../db/transaction.ts';
import type { RosterCaseRows } from './roster-of.ts';

/**
 * Which of these children a yearly return waits for. With another birth date the two must stay apart: one figure mistyped
 * in a UPN would otherwise put one child's history before another child's family.
 */
export async function waitingFor(
	tx: Tx,
	council: string,
	cases: readonly RosterCaseRows[]
): Promise<{ upns: Set<string>; otherBirthDate: Set<string> }> {
	const born = new Map(
		cases.flatMap((one) => (one.upnHmac ? [[one.upnHmac, one.child.bornOn] as const] : []))
	);
	const found = { upns: new Set<string>(), otherBirthDate: new Set<string>() };
	if (born.size === 0) return found;
	const rows = await tx
		.selectFrom('sen2_waiting')
		.select(['upn_hmac', 'born_on'])
		.where('council', '=', council)
		.where('upn_hmac', 'in', [...born.keys()])
		.execute();
	for (const row of rows) {
		found.upns.add(row.upn_hmac);
		if (row.born_on !== null && row.born_on !== born.get(row.upn_hmac))
			found.otherBirthDate.add(row.upn_hmac);
	}
	return found;
}
