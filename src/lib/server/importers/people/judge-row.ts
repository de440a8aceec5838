import { dateCell } from '../check/date-cell.ts';
import { quoted, type Say } from '../check/verdict.ts';
import { isName, isReference, oneOf } from '../check/words.ts';
import type { CsvRow } from '../read/csv-rows.ts';

export const LINE_KINDS = ['duty', 'advice', 'complaints', 'mediation', 'forum', 'helper'] as const;
export const PEOPLE_KINDS = ['officer', 'team', ...LINE_KINDS] as const;
export type PeopleKind = (typeof PEOPLE_KINDS)[number];
export type LineKind = (typeof LINE_KINDS)[number];

export type PeopleRow = {
	kind: PeopleKind;
	ref: string;
	name: string;
	teamRef: string;
	phone: string;
	email: string;
	hours: string;
	areas: string[];
	from: string;
	until: string;
	fallbackName: string;
	fallbackPhone: string;
	about: string;
	independent: boolean;
};

/** A number that a phone can ring: short codes such as 111 too, and an extension after it. */
const PHONE = /^\+?[\d\s().-]{3,25}(?:\s*(?:ext\.?|x|option)\s*\d{1,6})?$/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function judgePeopleRow({ cells }: CsvRow, say: Say): PeopleRow | null {
	for (const name of ['kind', 'ref', 'name'])
		if (!cells[name]) say(name, 'The cell is empty.', 'Fill it in.');
	const kind = cells.kind ? oneOf(cells.kind, PEOPLE_KINDS, { column: 'kind', say }) : null;
	for (const name of ['ref', 'team_ref']) if (cells[name]) isReference(cells[name], name, say);
	for (const name of ['name', 'fallback_name']) if (cells[name]) isName(cells[name], name, say);
	const row = {
		ref: cells.ref ?? '',
		name: cells.name ?? '',
		teamRef: cells.team_ref ?? '',
		phone: phone(cells.phone ?? '', 'phone', say),
		email: email(cells.email ?? '', say),
		hours: cells.hours ?? '',
		areas: (cells.areas ?? '')
			.split(';')
			.map((area) => area.trim())
			.filter(Boolean),
		from: day(cells.from ?? '', 'from', say),
		until: day(cells.until ?? '', 'until', say),
		fallbackName: cells.fallback_name ?? '',
		fallbackPhone: phone(cells.fallback_phone ?? '', 'fallback_phone', say),
		about: cells.about ?? '',
		independent: yes(cells.independent ?? '', say)
	};
	if (row.from && row.until && row.until < row.from) {
		say('until', `It ends on ${row.until}, before it starts on ${row.from}.`, 'Check both dates.');
	}
	// A line that nobody can reach is worse than none: the screen would show an empty promise.
	if (kind !== null && kind !== 'officer' && row.phone === '' && row.email === '') {
		say('phone', 'There is no phone and no email.', 'Give at least one of them.');
	}
	return kind === null ? null : { kind, ...row };
}

function phone(cell: string, column: string, say: Say): string {
	if (cell === '' || PHONE.test(cell)) return cell;
	say(
		column,
		`${quoted(cell)} is not a phone number.`,
		'Write figures and spaces only, for example 0300 555 0142.'
	);
	return '';
}

function email(cell: string, say: Say): string {
	if (cell === '' || EMAIL.test(cell)) return cell;
	say('email', `${quoted(cell)} is not an email address.`, 'Write one address.');
	return '';
}

function day(cell: string, column: string, say: Say): string {
	if (cell === '') return '';
	const read = dateCell(cell);
	if ('day' in read) return read.day;
	say(column, read.problem, read.mend);
	return '';
}

function yes(cell: string, say: Say): boolean {
	const word = cell.toLowerCase();
	if (['', 'no', 'n', 'false', '0'].includes(word)) return false;
	if (['yes', 'y', 'true', '1'].includes(word)) return true;
	say('independent', `${quoted(cell)} is neither yes nor no.`, 'Write yes, or leave it empty.');
	return false;
}
