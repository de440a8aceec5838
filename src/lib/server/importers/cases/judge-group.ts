import { find, type Group, type JudgedRow } from '../collect.ts';
import type { RosterRow } from './judge-row.ts';

/** What every row of one case must say alike: it is one child. */
const OF_THE_CASE: [keyof RosterRow, string][] = [
	['upn', 'upn'],
	['givenName', 'child_given_name'],
	['familyName', 'child_family_name'],
	['bornOn', 'date_of_birth'],
	['schoolUrn', 'school_urn'],
	['officerRef', 'officer_ref']
];

export function judgeRosterGroup(group: Group<RosterRow>): void {
	const guardians = new Map<string, JudgedRow<RosterRow>>();
	let first: JudgedRow<RosterRow> | null = null;
	for (const row of group.rows) {
		if (row.value === null) continue;
		first ??= row;
		const same = guardians.get(row.value.guardianRef);
		if (same) judgeCopy(row, same);
		else guardians.set(row.value.guardianRef, row);
		if (row.value !== null && row !== first) judgeAgreement(row, first);
	}
}

function judgeCopy(row: JudgedRow<RosterRow>, first: JudgedRow<RosterRow>): void {
	if (row.value === null) return;
	const same = JSON.stringify(row.value) === JSON.stringify(first.value);
	find(row, same ? 'drop' : 'refuse', {
		column: 'guardian_ref',
		problem: same
			? `This row is the same as ${placeOf(first)}.`
			: `${placeOf(first)} gives this guardian another way.`,
		mend: same ? 'Delete one of the two.' : 'Keep the right one and delete the other.'
	});
}

function judgeAgreement(row: JudgedRow<RosterRow>, first: JudgedRow<RosterRow>): void {
	const [a, b] = [row.value, first.value];
	if (a === null || b === null) return;
	const differs = OF_THE_CASE.find(([field]) => a[field] !== b[field]);
	if (!differs) return;
	find(row, 'refuse', {
		column: differs[1],
		problem: `${placeOf(first)} is the same case and says something else here.`,
		mend: 'Rows of one case must agree about the child. Correct the one that is wrong.'
	});
}

export const placeOf = (row: { row: number }) => `Row ${row.row}`;
