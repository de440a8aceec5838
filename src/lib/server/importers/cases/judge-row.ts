import { dayNumber } from '../check/civil-day.ts';
import { dateCell } from '../check/date-cell.ts';
import { quoted, type Say } from '../check/verdict.ts';
import { isName, isReference } from '../check/words.ts';
import type { CsvRow } from '../read/csv-rows.ts';
import { languageCode } from './language-code.ts';

export type RosterRow = {
	caseRef: string;
	upn: string;
	givenName: string;
	familyName: string;
	bornOn: string;
	schoolUrn: string;
	guardianRef: string;
	guardianName: string;
	guardianRole: string;
	guardianAddress: string;
	readingLanguage: string;
	interpreterLanguage: string;
	officerRef: string;
};

/** A plan can last until the end of the school year in which a young person turns 25 (section 46 of the 2014 Act). */
const OLDEST_YEARS = 27;
/**
 * A unique pupil number has a letter and twelve figures. Its check letter is not counted out: a mistyped number meets no
 * return and does no harm, and a council may use numbers of its own here.
 */
const UPN = /^[A-Z0-9]{8,20}$/;
const REQUIRED = [
	'case_ref',
	'child_given_name',
	'child_family_name',
	'date_of_birth',
	'guardian_ref',
	'guardian_name'
];

export function judgeRosterRow({ cells }: CsvRow, say: Say, today: string): RosterRow | null {
	for (const name of REQUIRED) if (!cells[name]) say(name, 'The cell is empty.', 'Fill it in.');
	for (const name of ['case_ref', 'guardian_ref', 'officer_ref'])
		if (cells[name]) isReference(cells[name], name, say);
	for (const name of ['child_given_name', 'child_family_name', 'guardian_name'])
		if (cells[name]) isName(cells[name], name, say);
	if (cells.guardian_role) isName(cells.guardian_role, 'guardian_role', say);
	const bornOn = birthDate(cells.date_of_birth ?? '', say, today);
	return {
		caseRef: cells.case_ref ?? '',
		upn: upn(cells.upn ?? '', say),
		givenName: cells.child_given_name ?? '',
		familyName: cells.child_family_name ?? '',
		bornOn,
		schoolUrn: schoolUrn(cells.school_urn ?? '', say),
		guardianRef: cells.guardian_ref ?? '',
		guardianName: cells.guardian_name ?? '',
		guardianRole: cells.guardian_role ?? '',
		guardianAddress: cells.guardian_address ?? '',
		readingLanguage: language(cells.reading_language ?? '', 'reading_language', say),
		interpreterLanguage: language(cells.interpreter_language ?? '', 'interpreter_language', say),
		officerRef: cells.officer_ref ?? ''
	};
}

function birthDate(cell: string, say: Say, today: string): string {
	if (cell === '') return '';
	const read = dateCell(cell);
	if ('problem' in read) {
		say('date_of_birth', read.problem, read.mend);
		return '';
	}
	if (read.day > today) say('date_of_birth', `${read.day} is in the future.`, 'Check the year.');
	const oldest = (dayNumber(today) ?? 0) - OLDEST_YEARS * 365.25;
	if ((dayNumber(read.day) ?? 0) < oldest) {
		say('date_of_birth', `${read.day} is more than ${OLDEST_YEARS} years ago.`, 'Check the year.');
	}
	return read.day;
}

function upn(cell: string, say: Say): string {
	const value = cell.toUpperCase().replace(/\s+/g, '');
	if (value === '' || UPN.test(value)) return value;
	say(
		'upn',
		`${quoted(cell)} is not a unique pupil number.`,
		'It has a letter and twelve figures. Leave it empty if there is none.'
	);
	return '';
}

function schoolUrn(cell: string, say: Say): string {
	// Spreadsheets may write a number as 103214.0
	const value = cell.replace(/\.0+$/, '');
	if (value === '' || /^\d{6}$/.test(value)) return value;
	say(
		'school_urn',
		`${quoted(cell)} is not a school number.`,
		'It has six figures. Leave it empty if there is no school yet.'
	);
	return '';
}

function language(cell: string, column: string, say: Say): string {
	const code = languageCode(cell);
	if (code !== null) return code;
	say(column, `${quoted(cell)} is not a language code.`, 'Use a code such as en, ur, pl or so.');
	return '';
}
