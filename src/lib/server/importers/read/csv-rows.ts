import { Readable } from 'node:stream';
import { parse, type Parser } from 'csv-parse';
import { FileUnusable } from '../unusable.ts';
import { decoded } from './decode.ts';
import type { Inspected } from './inspect.ts';
import { headingOf, placeColumns, type Layout } from './layout.ts';

/** One row: cells by column name, trimmed; `raw` keeps what stood before trimming. `row` is numbered as a spreadsheet does. */
export type CsvRow = { row: number; cells: Record<string, string>; raw: readonly string[]; surplus: number };

/** A record longer than this is a quote that was never closed, not a note. */
const LONGEST_RECORD = 256 * 1024;

/** The rows of a CSV file after its heading. Blank rows are counted but not returned. Throws FileUnusable. */
export async function* csvRows(
	file: Inspected,
	layout: Layout,
	note?: (text: string) => void
): AsyncGenerator<CsvRow> {
	const records = recordsOf(file);
	let row = 0;
	let at: Map<string, number> | null = null;
	let width = 0;
	try {
		for await (const record of records) {
			row += 1;
			const cells = record as string[];
			if (cells.every((cell) => cell.trim() === '')) continue;
			// Excel's own hint of the separator, on a line before the heading.
			if (at === null && row === 1 && /^sep=/i.test(cells[0] ?? '')) continue;
			if (at === null) {
				refuseOtherFormats(cells, layout, row);
				const placed = placeColumns(layout, cells, row);
				at = placed.at;
				width = cells.length;
				if (placed.unknown.length > 0) note?.(`Columns that are not used: ${placed.unknown.join(', ')}.`);
				continue;
			}
			yield rowOf(cells, { row, at, width });
		}
	} catch (error) {
		throw inWords(error, row);
	}
	if (at === null) throw new FileUnusable('The file holds no rows.', 'Export it again.');
}

function rowOf(cells: string[], place: { row: number; at: Map<string, number>; width: number }): CsvRow {
	const byName: Record<string, string> = {};
	for (const [name, i] of place.at) byName[name] = (cells[i] ?? '').trim();
	const beyond = cells.slice(place.width).filter((cell) => cell.trim() !== '');
	return { row: place.row, cells: byName, raw: cells, surplus: beyond.length };
}

function recordsOf(file: Inspected): Parser {
	const parser = parse({
		bom: true,
		relax_column_count: true,
		// A quote in the middle of a cell is taken as it stands; one that opens a cell and never closes is an error still.
		relax_quotes: true,
		skip_empty_lines: false,
		max_record_size: LONGEST_RECORD,
		record_delimiter: ['\r\n', '\n', '\r']
	});
	const text = Readable.from(decoded(file));
	text.on('error', (error) => parser.destroy(error));
	text.pipe(parser);
	parser.on('close', () => text.destroy());
	return parser;
}

const OTHERS: [string, string][] = [
	[';', 'semicolons'],
	['\t', 'tabs'],
	['|', 'upright bars']
];

/**
 * A file with another separator is refused, not guessed: `detail` itself holds semicolons, so a file separated by them
 * could be read in two ways.
 */
function refuseOtherFormats(heading: string[], layout: Layout, row: number): void {
	const first = (heading[0] ?? '').trimStart();
	if (first.startsWith('<')) {
		throw new FileUnusable(
			'This is XML or a web page, not CSV.',
			'For a SEN2 return use: import -- sen2 FILE.',
			{ row }
		);
	}
	if (/^[{[]/.test(first)) throw new FileUnusable('This is JSON, not CSV.', 'Export it as CSV.', { row });
	const known = new Set(layout.columns.map((column) => column.name));
	const whole = heading.join(',');
	for (const [mark, name] of OTHERS) {
		const names = whole.split(mark).map(layout.heading ?? headingOf);
		if (names.length > 1 && names.filter((cell) => known.has(cell)).length > 1) {
			throw new FileUnusable(
				`The columns are separated by ${name}, not by commas.`,
				'In the spreadsheet choose Save as, then "CSV UTF-8 (comma delimited)".',
				{ row }
			);
		}
	}
}

function inWords(error: unknown, row: number): unknown {
	if (error instanceof FileUnusable) return error;
	// csv-parse counts the records it finished: rows still waiting in the stream when it failed are among them.
	const { code = '', records = row } = error as { code?: string; records?: number };
	const at = { row: records + 1 };
	if (code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED') {
		return new FileUnusable(
			'A quote mark (") opens here and is never closed, so the rest of the file cannot be told apart.',
			'Write a quote mark inside a cell twice ("") and close the cell with one.',
			at
		);
	}
	return error;
}
