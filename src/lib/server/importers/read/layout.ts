import { FileUnusable } from '../unusable.ts';
import { nearest } from '../check/nearest.ts';

/** One column of a CSV of ours: what the documents, the templates and the reader all go by. */
export type Column = {
	name: string;
	/** The heading must be there, and on each row (or each row of that kind) the cell too. */
	required: boolean;
	/** For the field table in the documents. */
	holds: string;
	example: string;
	/** The longest cell taken, in characters. */
	longest: number;
};
export type Layout = {
	kind: string;
	columns: readonly Column[];
	/** How headings are met, where it is not the usual way. */
	heading?: (cell: string) => string;
};

/** Headings are met case by case: `Case Ref`, `case-ref` and `CASE_REF` are `case_ref`. */
export const headingOf = (cell: string) =>
	cell
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, '_')
		.replace(/[^a-z0-9_]/g, '');

/** Where each column of the layout stands in this file. Throws FileUnusable when one that is needed is missing. */
export function placeColumns(
	layout: Layout,
	heading: string[],
	row: number
): { at: Map<string, number>; unknown: string[] } {
	const at = new Map<string, number>();
	const unknown: string[] = [];
	const known = new Set(layout.columns.map((column) => column.name));
	const nameOf = layout.heading ?? headingOf;
	heading.forEach((cell, i) => {
		const name = nameOf(cell);
		if (name === '') return;
		if (!known.has(name)) unknown.push(cell.trim());
		else if (at.has(name)) {
			const mend = 'Keep one of them and delete the other.';
			throw new FileUnusable(`Two columns are headed ${name}.`, mend, { row, column: name });
		} else at.set(name, i);
	});
	const missing = layout.columns.filter((column) => column.required && !at.has(column.name));
	if (missing.length > 0) throw missingColumns(layout, { missing, unknown, row });
	return { at, unknown };
}

function missingColumns(
	layout: Layout,
	found: { missing: Column[]; unknown: string[]; row: number }
): FileUnusable {
	const names = found.missing.map((column) => column.name);
	const near = found.unknown
		.map((cell) => [cell, nearest(headingOf(cell), names)] as const)
		.filter(([, name]) => name !== null)
		.map(([cell, name]) => `"${short(cell)}" may be ${name}`);
	const hint = near.length > 0 ? ` ${near.join(', ')}.` : '';
	return new FileUnusable(
		`The heading row has no ${names.join(', no ')}.`,
		`The first row must name the columns: ${layout.columns.map((column) => column.name).join(',')}.${hint}`,
		{ row: found.row, column: names[0] ?? '' }
	);
}

const short = (text: string) => (text.length > 40 ? text.slice(0, 40) + '…' : text);
