import { ENGLAND_AND_WALES, UNITED_KINGDOM } from '#domain/time/bank-holidays.ts';
import { addDays, isWeekend, weekdayOf } from '#domain/time/civil-date.ts';
import { describe, expect, test } from 'vitest';

/** Easter Sunday by the anonymous Gregorian computus: another way to the same days than the table. */
function easter(year: number): string {
	const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
	const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return `${year}-0${Math.floor(n / 31)}-${String((n % 31) + 1).padStart(2, '0')}`;
}

const firstMonday = (month: string) => addDays(`${month}-01`, (7 - weekdayOf(`${month}-01`)) % 7);
const lastMonday = (day: string) => addDays(day, -weekdayOf(day));
const substitute = (day: string, taken: string[] = []): string => {
	let moved = day;
	while (isWeekend(moved) || taken.includes(moved)) moved = addDays(moved, 1);
	return moved;
};

function englandAndWales(year: number): string[] {
	const early = year === 2020 ? '2020-05-08' : firstMonday(`${year}-05`);
	const spring = year === 2022 ? '2022-06-02' : lastMonday(`${year}-05-31`);
	const [christmas, boxing] = [`${year}-12-25`, `${year}-12-26`];
	const pair = isWeekend(christmas)
		? [substitute(christmas, [boxing]), substitute(boxing, [substitute(christmas, [boxing])])]
		: [christmas, substitute(boxing)];
	const extra: Record<number, string[]> = { 2022: ['2022-06-03', '2022-09-19'], 2023: ['2023-05-08'] };
	return [
		substitute(`${year}-01-01`),
		addDays(easter(year), -2),
		addDays(easter(year), 1),
		early,
		spring,
		lastMonday(`${year}-08-31`),
		...pair,
		...(extra[year] ?? [])
	].sort();
}

function elsewhere(year: number): string[] {
	const newYear = substitute(`${year}-01-01`);
	// With 1 January on a Sunday, Scotland keeps Monday for the 2nd and moves the 1st to Tuesday: the union is the same two days.
	const second = substitute(`${year}-01-02`, [newYear]);
	const days = [
		second,
		substitute(`${year}-03-17`),
		substitute(`${year}-07-12`),
		firstMonday(`${year}-08`),
		substitute(`${year}-11-30`)
	];
	return year === 2026 ? [...days, '2026-06-15'] : days;
}

const years = Array.from({ length: 14 }, (_, index) => 2015 + index);

describe('the holiday tables', () => {
	test.each(years)('%i agrees with the rule the days follow', (year) => {
		const listed = [...ENGLAND_AND_WALES.days].filter((day) => day.startsWith(String(year))).sort();
		expect(listed).toEqual([...new Set(englandAndWales(year))].sort());
		const union = [...UNITED_KINGDOM.days].filter((day) => day.startsWith(String(year))).sort();
		expect(union).toEqual([...new Set([...englandAndWales(year), ...elsewhere(year)])].sort());
	});
	test('the one-offs are there, and the day that early May left is not', () => {
		for (const day of ['2020-05-08', '2022-06-02', '2022-06-03', '2022-09-19', '2023-05-08'])
			expect(ENGLAND_AND_WALES.days.has(day)).toBe(true);
		expect(ENGLAND_AND_WALES.days.has('2020-05-04')).toBe(false);
		expect(ENGLAND_AND_WALES.days.has('2022-05-30')).toBe(false);
		expect(ENGLAND_AND_WALES.days.has('2026-06-15')).toBe(false);
		expect(UNITED_KINGDOM.days.has('2026-06-15')).toBe(true);
	});
	test('no listed day is a weekend, and all lie inside the stated years', () => {
		for (const { days, validFrom, validTo } of [ENGLAND_AND_WALES, UNITED_KINGDOM])
			for (const day of days) {
				expect(isWeekend(day), day).toBe(false);
				expect(day >= validFrom && day <= validTo, day).toBe(true);
			}
	});
});
