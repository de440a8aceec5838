import type { CsvKind } from '../collect.ts';
import { casesLayout } from './columns.ts';
import { oneRefOnePerson } from './one-ref-one-person.ts';
import { oneUpnOneCase } from './one-upn-one-case.ts';
import { judgeRosterGroup } from './judge-group.ts';
import { judgeRosterRow, type RosterRow } from './judge-row.ts';

export const casesKind: CsvKind<RosterRow> = {
	layout: casesLayout,
	keyOf: (row) => row.cells.case_ref ?? '',
	judgeRow: judgeRosterRow,
	judgeGroup: judgeRosterGroup,
	between: () => {
		const judges = [oneUpnOneCase(), oneRefOnePerson()];
		return (group) => judges.forEach((judge) => judge(group));
	}
};
