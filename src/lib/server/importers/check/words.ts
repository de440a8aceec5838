import { isEventType } from '#domain/case/vocabulary.ts';
import { nearest } from './nearest.ts';
import { quoted, type Say } from './verdict.ts';

/** A reference: no spaces, so that a name in this column is noticed. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._/:#-]*$/;

export function isReference(cell: string, column: string, say: Say): boolean {
	if (REFERENCE.test(cell)) return true;
	say(
		column,
		`${quoted(cell)} is not a reference.`,
		'A reference has letters, figures and . _ / - only, with no spaces. Check that no columns are swapped.'
	);
	return false;
}

/** One of a list of words, met whatever its capitals; says so and gives the nearest when it is none of them. */
export function oneOf<T extends string>(
	cell: string,
	choices: readonly T[],
	tell: { column: string; say: Say }
): T | null {
	const wanted = cell.trim().toLowerCase().replace(/\s+/g, '-');
	const found = choices.find((choice) => choice.toLowerCase() === wanted);
	if (found) return found;
	const near = nearest(cell, choices);
	tell.say(
		tell.column,
		`${quoted(cell)} is not known here.`,
		near ? `Did you mean ${near}? Known: ${choices.join(', ')}.` : `Known: ${choices.join(', ')}.`
	);
	return null;
}

/** A name has a letter and is no date, pupil number or event type: one of those here means that columns are swapped. */
export function isName(cell: string, column: string, say: Say): boolean {
	const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell);
	const number = /^[A-Z]\d{6,}/i.test(cell);
	if (/\p{L}/u.test(cell) && !date && !number && !isEventType(cell)) return true;
	say(column, `${quoted(cell)} does not look like a name.`, 'Check that no columns are swapped.');
	return false;
}
