import { dayNumber } from '../check/civil-day.ts';
import { dateCell, type DateCell } from '../check/date-cell.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const BLADE = /^(\d{4})-([a-z]{3})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$/i;

/** A date of a return: `2022-09-28` in XML, `2022-Sep-28 00:00:00` in a Blade CSV. */
export function sen2Date(text: string): DateCell {
	const blade = BLADE.exec(text.trim());
	if (!blade) return dateCell(text.trim().replace(/(Z|\+00:00)$/, ''));
	const month = MONTHS.indexOf((blade[2] ?? '').toLowerCase()) + 1;
	const day = `${blade[1]}-${String(month).padStart(2, '0')}-${blade[3]}`;
	return dayNumber(day) === null
		? {
				problem: `There is no such day as ${text.trim().slice(0, 11)}.`,
				mend: 'Check the day and the month.'
			}
		: { day };
}
