import { createHash } from 'node:crypto';
import { find, type Group } from '../collect.ts';
import type { RosterRow } from './judge-row.ts';

/**
 * A guardian_ref stands for one person in all cases: letters with one reference open one account. Where each case's
 * guardians are numbered anew, that would be a stranger's; `access/activation.ts` keeps such letters apart, and the council
 * hears of it here. Names are remembered as short digests.
 */
export function oneRefOnePerson(): (group: Group<RosterRow>) => void {
	const seen = new Map<string, { name: string; row: number }>();
	return (group) => {
		for (const row of group.rows) {
			if (row.value === null) continue;
			const name = digest(row.value.guardianName.toLowerCase().replace(/\s+/g, ' '));
			const earlier = seen.get(row.value.guardianRef);
			if (earlier === undefined) seen.set(row.value.guardianRef, { name, row: row.row });
			else if (earlier.name !== name) {
				find(row, 'tell', {
					column: 'guardian_ref',
					problem: `Row ${earlier.row} gives this reference to somebody of another name.`,
					mend: 'Give each person a reference of their own, the same in every case. Until then the two are kept apart.'
				});
			}
		}
	};
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64').slice(0, 12);
