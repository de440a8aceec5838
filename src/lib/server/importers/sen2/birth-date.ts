import type { Tx } from '../../db/transaction.ts';

/**
 * True when a waiting person has this UPN and another birth date. One figure mistyped in a UPN would otherwise put one
 * child's history before another child's family.
 */
export async function otherBirthDate(
	tx: Tx,
	child: { council: string; upnHmac: string; bornOn: string }
): Promise<boolean> {
	const other = await tx
		.selectFrom('sen2_waiting')
		.select('year')
		.where('council', '=', child.council)
		.where('upn_hmac', '=', child.upnHmac)
		.where('born_on', 'is not', null)
		.where('born_on', '!=', child.bornOn)
		.executeTakeFirst();
	return other !== undefined;
}
