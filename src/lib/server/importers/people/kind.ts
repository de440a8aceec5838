import { find, type CsvKind, type Group } from '../collect.ts';
import { peopleLayout } from './columns.ts';
import { judgePeopleRow, type PeopleRow } from './judge-row.ts';

/** A person stands in the file once: a second row with the same ref is a copy or a contradiction. */
function judgePeopleGroup(group: Group<PeopleRow>): void {
	const first = group.rows.find((row) => row.value !== null);
	for (const row of group.rows) {
		if (!first?.value || row === first || row.value === null) continue;
		const same = JSON.stringify(row.value) === JSON.stringify(first.value);
		find(row, same ? 'drop' : 'refuse', {
			column: 'ref',
			problem: same
				? `This row is the same as row ${first.row}.`
				: `Row ${first.row} gives this ref to somebody else.`,
			mend: same ? 'Delete one of the two.' : 'Give each person and line a ref of its own.'
		});
	}
}

export const peopleKind: CsvKind<PeopleRow> = {
	layout: peopleLayout,
	keyOf: (row) => row.cells.ref ?? '',
	judgeRow: judgePeopleRow,
	judgeGroup: judgePeopleGroup
};
