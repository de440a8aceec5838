import { dayNumber, dayText } from './civil-day.ts';
import { quoted } from './verdict.ts';

export type DateCell = { day: string } | { problem: string; mend: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const HOW = 'Write dates as year-month-day, for example 2026-03-05.';
/** A spreadsheet counts days from 30 December 1899, before the first year that we count; these are 1990 to 2050. */
const SERIAL_EPOCH = (dayNumber('1900-01-01') ?? 0) - 2;
const SERIAL = { from: 32_874, to: 54_789 };

/** Reads a date cell. Only `YYYY-MM-DD` is taken (with an empty time after it, as databases print it): 3/4/2026 is two days. */
export function dateCell(cell: string): DateCell {
	const text = cell.trim();
	const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/.exec(text)?.[1];
	if (iso) {
		return dayNumber(iso) === null
			? { problem: `There is no such day as ${iso}.`, mend: 'Check the day and the month.' }
			: { day: iso };
	}
	const meant = whatWasMeant(text);
	if (!meant) return { problem: `${quoted(text)} is not a date.`, mend: HOW };
	return { problem: `${quoted(text)} is not written as a date here.`, mend: `${HOW} ${meant}` };
}

function whatWasMeant(text: string): string | null {
	if (/^\d{4}-\d{2}-\d{2}[T ]\d/.test(text)) return 'Leave out the time of day.';
	const serial = Number(/^(\d{5})(?:\.\d+)?$/.exec(text)?.[1] ?? NaN);
	if (serial >= SERIAL.from && serial <= SERIAL.to) {
		return `This is how a spreadsheet keeps ${dayText(SERIAL_EPOCH + serial)}: give the column the format yyyy-mm-dd.`;
	}
	const numbers = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})(?:\s.*)?$/.exec(text);
	if (numbers) return asDay([numbers[3], numbers[2], numbers[1]]);
	const turned = /^(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})$/.exec(text);
	if (turned) return asDay([turned[1], turned[2], turned[3]]);
	const words = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]*[ -](\d{2}|\d{4})$/i.exec(text);
	if (words) return asDay([words[3], String(MONTHS.indexOf((words[2] ?? '').toLowerCase()) + 1), words[1]]);
	return null;
}

function asDay([year, month, day]: (string | undefined)[]): string {
	const full = (year ?? '').length === 2 ? `20${year}` : year;
	const iso = `${full}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
	return dayNumber(iso) === null ? 'Check the day and the month.' : `If the day comes first, this is ${iso}.`;
}
