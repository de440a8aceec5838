import type { CivilDate } from '#domain/time/civil-date.ts';
import { languageOf, SOURCE, type Language } from './languages.ts';
import { currentLanguage, english, t } from './words.svelte.ts';

/**
 * Dates, times and numbers. The only file that says `Intl`: CLDR would show a Pashto or Farsi reader the Persian calendar
 * and some Arabic readers other digits, and a parent would miss a legal date (design.md §0.3). So calendar and digits are
 * forced, days are civil days, and the clock is Europe/London in every language.
 */
const FORCED = '-u-ca-gregory-nu-latn';
const LONDON = 'Europe/London';

type DayStyle = 'full' | 'weekday' | 'long' | 'dayMonth' | 'monthYear' | 'month' | 'shortMonth' | 'day';
type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const PARTS: Record<DayStyle, Intl.DateTimeFormatOptions> = {
	full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	weekday: { weekday: 'long', day: 'numeric', month: 'long' },
	long: { day: 'numeric', month: 'long', year: 'numeric' },
	dayMonth: { day: 'numeric', month: 'long' },
	monthYear: { month: 'long', year: 'numeric' },
	month: { month: 'long' },
	shortMonth: { month: 'short' },
	day: { day: 'numeric' }
};

const made = new Map<string, Intl.DateTimeFormat>();

/** An old phone may not know a language's months (design.md §1.2: so, ti, ckb, ps); then `shell` has them. */
const isKnown = (row: Language) => Intl.DateTimeFormat.supportedLocalesOf(row.tag).length > 0;
const tagFor = (row: Language) => (isKnown(row) ? row.tag : 'en-GB') + FORCED;

function formatter(row: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const name = row.code + JSON.stringify(options);
	const kept = made.get(name) ?? new Intl.DateTimeFormat(tagFor(row), options);
	made.set(name, kept);
	return kept;
}

/** Noon UTC of a civil day: far from every midnight, so no zone can move it. */
const noon = (day: CivilDate) => new Date(`${day}T12:00:00Z`);

/** The names from our own strings. Numbers come out the same in every language: Latin digits are forced. */
function ownNames(day: CivilDate, style: DayStyle): Record<string, string> {
	const month = t(`shell:months.${(noon(day).getUTCMonth() + 1) as Month}`);
	// getUTCDay counts from Sunday 0, the strings from Monday 1.
	const weekday = t(`shell:weekdays.${(noon(day).getUTCDay() || 7) as Weekday}`);
	return { ...(PARTS[style].weekday ? { weekday } : {}), ...(PARTS[style].month ? { month } : {}) };
}

/**
 * English from our own strings alone. The first use of `Intl` wakes ICU up, which takes a slow phone 0.3 s at the very moment
 * when the saved week should stand; other languages need it for their month forms.
 */
function englishDay(day: CivilDate, style: DayStyle): string {
	const wants = PARTS[style];
	const [year = '', month, date] = day.split('-');
	return [
		wants.weekday && english(`shell:weekdays.${noon(day).getUTCDay() || 7}`),
		wants.day && String(Number(date)),
		wants.month && english(`shell:months.${Number(month)}`),
		wants.year && year
	]
		.filter(Boolean)
		.join(' ');
}

/** A civil day in words. Never digits only: 03/04 is two different days. `code` is for text in another language. */
export function formatDay(day: CivilDate, style: DayStyle = 'weekday', code?: string): string {
	const row = code ? languageOf(code) : currentLanguage();
	if (row.code === SOURCE && style !== 'shortMonth') return englishDay(day, style);
	const shape = formatter(row, { ...PARTS[style], timeZone: 'UTC' });
	if (!row.dayFirst && isKnown(row)) return shape.format(noon(day));
	const parts = Object.fromEntries(shape.formatToParts(noon(day)).map((part) => [part.type, part.value]));
	const said: Record<string, string> = isKnown(row) ? parts : { ...parts, ...ownNames(day, style) };
	return ['weekday', 'day', 'month', 'year']
		.map((name) => said[name])
		.filter(Boolean)
		.join(' ');
}

/** From one day to another, the year said once when it is the same: "31 October to 20 March 2026" needs only words. */
export const needsYear = (day: CivilDate, today: CivilDate): boolean => {
	const months = Math.abs((noon(day).getTime() - noon(today).getTime()) / 86_400_000) / 30.4;
	// Beyond half a year "6 May" could be last year's or next year's.
	return months > 6;
};

/** The usual way to say a day on a screen: with the weekday, and with the year once it could be mistaken. */
export const sayDay = (day: CivilDate, today: CivilDate): string =>
	formatDay(day, needsYear(day, today) ? 'full' : 'weekday');

/** The time of day in London of an ISO instant, 24 hours where the language does so. */
export const formatTime = (instant: string): string =>
	formatter(currentLanguage(), { hour: 'numeric', minute: '2-digit', timeZone: LONDON }).format(
		new Date(instant)
	);

/**
 * The civil day in London at an instant, for what stands after the first card: this room has no other rooms. "Today" is the
 * domain's `dayInLondon`, which does without `Intl`.
 */
export function londonDay(instant: string | number | Date): CivilDate {
	const parts = new Intl.DateTimeFormat('en-GB' + FORCED, {
		timeZone: LONDON,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit'
	}).formatToParts(new Date(instant));
	const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
	return `${of('year')}-${of('month')}-${of('day')}`;
}

export const formatNumber = (value: number): string =>
	new Intl.NumberFormat(tagFor(currentLanguage())).format(value);

/** "school, health and social care", as the language joins a list. */
export const joinWords = (words: readonly string[]): string =>
	new Intl.ListFormat(tagFor(currentLanguage()), { type: 'conjunction' }).format(words);

/** The twelve month names of the page's language, and the English ones: a typed month is found in either. */
export const monthNames = (code = currentLanguage().code): string[] =>
	Array.from({ length: 12 }, (_, at) =>
		formatDay(`2025-${String(at + 1).padStart(2, '0')}-15`, 'month', code)
	);
