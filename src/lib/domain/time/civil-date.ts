/** A day on the calendar in Europe/London, written `YYYY-MM-DD`. Never an instant: the clock changes must not move it. */
export type CivilDate = string & { readonly __civilDate?: never };

/** Monday is 0 and Sunday 6, so that "weekend" is `> 4`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

type Parts = { year: number; month: number; day: number };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
	if (month === 2) return isLeapYear(year) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * A case lies between these years. A year like 0206 is a slip of the finger, and counting on from 9999 would need a fifth
 * digit, which no comparison of texts stands.
 */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** The date that the text names, or undefined: 31 February, `2026-2-3` and days outside 1900 to 2199 are not dates. */
export function parseCivilDate(text: unknown): CivilDate | undefined {
	if (typeof text !== 'string') return undefined;
	const found = SHAPE.exec(text);
	if (!found) return undefined;
	const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
	if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
	if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
	return text;
}

export function partsOf(date: CivilDate): Parts {
	return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

export function civilDate({ year, month, day }: Parts): CivilDate {
	const two = (n: number) => String(n).padStart(2, '0');
	return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Whole days since 1970-01-01, by integer arithmetic on the Gregorian calendar: no zone can enter. */
export function dayNumber(date: CivilDate): number {
	const { year, month, day } = partsOf(date);
	// Years start in March here, so that the leap day is the last day of its year.
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	// 146,097 days make 400 years; 719,468 days lie between 1 March of year 0 and 1970.
	return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of `dayNumber`. */
export function fromDayNumber(days: number): CivilDate {
	const z = days + 719_468;
	const era = Math.floor(z / 146_097);
	const dayOfEra = z - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra -
			Math.floor(dayOfEra / 1460) +
			Math.floor(dayOfEra / 36_524) -
			Math.floor(dayOfEra / 146_096)) /
			365
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
	return civilDate({
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
	});
}

export function addDays(date: CivilDate, days: number): CivilDate {
	return fromDayNumber(dayNumber(date) + days);
}

/** The corresponding day `months` on (or back); where that month has none, its last day (law.md §2, `M(n)`). */
export function addMonths(date: CivilDate, months: number): CivilDate {
	const { year, month, day } = partsOf(date);
	const index = year * 12 + (month - 1) + months;
	const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
	return civilDate({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
	return dayNumber(to) - dayNumber(from);
}

export function weekdayOf(date: CivilDate): Weekday {
	// 1970-01-01 was a Thursday, which is 3 when Monday is 0.
	return ((((dayNumber(date) + 3) % 7) + 7) % 7) as Weekday;
}

export function isWeekend(date: CivilDate): boolean {
	return weekdayOf(date) > 4;
}

/** The Friday before, when the day is a Saturday or Sunday; otherwise undefined. */
export function fridayBeforeWeekend(date: CivilDate): CivilDate | undefined {
	return isWeekend(date) ? addDays(date, 4 - weekdayOf(date)) : undefined;
}

export function latest(dates: CivilDate[]): CivilDate | undefined {
	return dates.reduce<CivilDate | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
}

export function earliest(dates: CivilDate[]): CivilDate | undefined {
	return dates.reduce<CivilDate | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
}
