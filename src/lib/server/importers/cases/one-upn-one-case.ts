import { createHash } from 'node:crypto';
import { find, type Group } from '../collect.ts';
import type { RosterRow } from './judge-row.ts';

/**
 * Two cases with one UPN would both be given one child's yearly return. Numbers are remembered as short digests: a list
 * of children's numbers should not stand in memory.
 */
export function oneUpnOneCase(): (group: Group<RosterRow>) => void {
	const seen = new Map<string, { caseRef: string; row: number }>();
	return (group) => {
		const row = group.rows.find((one) => one.value !== null && one.value.upn !== '');
		if (!row?.value) return;
		const key = createHash('sha256').update(row.value.upn).digest('base64').slice(0, 16);
		const earlier = seen.get(key);
		if (earlier === undefined) seen.set(key, { caseRef: group.key, row: row.row });
		else {
			find(row, 'refuse', {
				column: 'upn',
				problem: `Row ${earlier.row} gives the same UPN to case ${earlier.caseRef}.`,
				mend: 'One child has one case. Correct one of the two.'
			});
		}
	};
}
