import type { CivilDate } from '#domain/time/civil-date.ts';

/** Three typed boxes read as one civil day, or the one thing that is wrong with them. */
export type DateProblem =
	| { code: 'empty' | 'noSuchDay' | 'badMonth' | 'tooLate' | 'tooEarly' }
	| { code: 'badYear'; year: string }
	| { code: 'part'; part: 'day' | 'month' | 'year' };
export type DateRead = { ok: true; day: CivilDate } | { ok: false; problem: DateProblem };

type Typed = { day: string; month: string; year: string };
type Limits = { latest?: CivilDate; earliest?: CivilDate; months?: readonly string[] };

const plain = (text: string) => text.trim().toLowerCase();
/** Arabic-Indic and other digits a phone's keyboard may give are read as numbers all the same. */
const digits = (text: string) =>
	text
		.replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
		.replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0));

function monthNumber(text: string, names: readonly string[]): number {
	const number = Number(digits(text));
	if (Number.isInteger(number)) return number;
	// `names` may hold two languages' months, twelve and twelve; three letters tell English months apart.
	const at = names.findIndex((name) => plain(text).length >= 3 && plain(name).startsWith(plain(text)));
	return at < 0 ? 0 : (at % 12) + 1;
}

const two = (number: number) => String(number).padStart(2, '0');

function exists(year: number, month: number, day: number): boolean {
	const made = new Date(Date.UTC(year, month - 1, day));
	return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** `latest` and `earliest` are inclusive. A year of two digits is refused, not guessed: 12 may be a day. */
export function readDate(typed: Typed, limits: Limits = {}): DateRead {
	const refuse = (problem: DateProblem): DateRead => ({ ok: false, problem });
	const blank = (['day', 'month', 'year'] as const).filter((part) => typed[part].trim() === '');
	if (blank.length === 3) return refuse({ code: 'empty' });
	if (blank[0]) return refuse({ code: 'part', part: blank[0] });
	const month = monthNumber(typed.month, limits.months ?? []);
	if (month < 1 || month > 12) return refuse({ code: 'badMonth' });
	const yearText = digits(typed.year.trim());
	const latestYear = limits.latest?.slice(0, 4) ?? String(new Date().getUTCFullYear());
	if (!/^\d{4}$/.test(yearText)) return refuse({ code: 'badYear', year: latestYear });
	const [year, day] = [Number(yearText), Number(digits(typed.day.trim()))];
	if (!Number.isInteger(day) || !exists(year, month, day)) return refuse({ code: 'noSuchDay' });
	const civil = `${yearText}-${two(month)}-${two(day)}`;
	if (limits.latest && civil > limits.latest) return refuse({ code: 'tooLate' });
	if (limits.earliest && civil < limits.earliest) return refuse({ code: 'tooEarly' });
	return { ok: true, day: civil };
}
