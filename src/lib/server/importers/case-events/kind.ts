import type { CsvKind } from '../collect.ts';
import { caseEventsLayout } from './columns.ts';
import { judgeEventGroup } from './judge-group.ts';
import { judgeEventRow, type EventRow } from './judge-row.ts';

export const caseEventsKind: CsvKind<EventRow> = {
	layout: caseEventsLayout,
	keyOf: (row) => row.cells.case_ref ?? '',
	judgeRow: judgeEventRow,
	judgeGroup: judgeEventGroup
};
