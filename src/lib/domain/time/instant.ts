import {
	addDays,
	dayNumber,
	fromDayNumber,
	parseCivilDate,
	weekdayOf,
	type CivilDate
} from './civil-date.ts';

const SHAPE =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const MINUTES_A_DAY = 1440;

/**
 * Minutes since 1970 (UTC, with a fraction) of an ISO instant, or undefined. Without an offset it is read as UTC, so that
 * the machine's zone never enters.
 */
export function parseInstant(text: unknown): number | undefined {
	if (typeof text !== 'string') return undefined;
	const found = SHAPE.exec(text);
	const day = found && parseCivilDate(found[1]);
	if (!found || !day) return undefined;
	const [hours, minutes, seconds] = [Number(found[2] ?? 0), Number(found[3] ?? 0), Number(found[4] ?? 0)];
	if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
	const fraction = Number(`0.${found[5] ?? '0'}`);
	return (
		dayNumber(day) * MINUTES_A_DAY +
		hours * 60 +
		minutes +
		(seconds + fraction) / 60 -
		offsetMinutes(found[6])
	);
}

function offsetMinutes(offset: string | undefined): number {
	if (!offset || offset === 'Z') return 0;
	const digits = offset.replace(':', '');
	const size = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
	return digits.startsWith('-') ? -size : size;
}

function lastSunday(year: number, month: '03' | '10'): CivilDate {
	const end = `${year}-${month}-31`;
	return addDays(end, -((weekdayOf(end) + 1) % 7));
}

/** The day it was in Europe/London at that instant. Summer time runs between 01:00 UTC on the last Sundays of March and October. */
export function londonDay(text: unknown): CivilDate | undefined {
	const minutes = parseInstant(text);
	if (minutes === undefined) return undefined;
	const utcDay = fromDayNumber(Math.floor(minutes / MINUTES_A_DAY));
	const year = Number(utcDay.slice(0, 4));
	const change = (month: '03' | '10') => dayNumber(lastSunday(year, month)) * MINUTES_A_DAY + 60;
	const summer = minutes >= change('03') && minutes < change('10');
	return fromDayNumber(Math.floor((minutes + (summer ? 60 : 0)) / MINUTES_A_DAY));
}

/** The day in London of an instant that is known to be one: a clock's, a server's. Of anything else its first ten letters. */
export const dayInLondon = (instant: string | Date): CivilDate => {
	const text = typeof instant === 'string' ? instant : instant.toISOString();
	return londonDay(text) ?? text.slice(0, 10);
};
