import type { CsvRow } from '../read/csv-rows.ts';
import type { Layout } from '../read/layout.ts';
import type { Say } from './verdict.ts';

/** A spreadsheet runs a cell that begins so (tab and return too). */
const FORMULA = /^[=+\-@\t\r]/;
/** A phone or a number may begin with + or -. */
const NUMBER = /^[+-][\d][\d\s().-]*$/;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** What is wrong with a row whatever its kind. Says nothing about columns that the layout does not use. */
export function checkCells(row: CsvRow, layout: Layout, say: Say): void {
	if (row.surplus > 0) {
		say(
			null,
			'This row has more cells than the heading row.',
			'Put a cell that holds a comma in quote marks, so that it is not cut in two.'
		);
	}
	for (const column of layout.columns) checkCell(row.cells[column.name] ?? '', column, say);
}

function checkCell(cell: string, column: Layout['columns'][number], say: Say): void {
	if (cell === '') return;
	if (cell.length > column.longest) {
		say(
			column.name,
			`The cell holds ${cell.length} characters; at most ${column.longest} are kept.`,
			'Shorten it.'
		);
	}
	if (FORMULA.test(cell) && !NUMBER.test(cell)) {
		say(column.name, 'The cell begins like a spreadsheet formula.', 'Remove the =, +, - or @ at its start.');
	}
	if (CONTROL.test(cell)) say(column.name, 'The cell holds control characters.', 'Type it again by hand.');
	if (cell.includes('�')) {
		say(
			column.name,
			'The cell holds a letter that was lost in an earlier export (�).',
			'Type it again by hand.'
		);
	}
}
