import {
	addDays,
	addMonths,
	dayNumber,
	daysBetween,
	earliest,
	fridayBeforeWeekend,
	fromDayNumber,
	isWeekend,
	latest,
	parseCivilDate,
	weekdayOf
} from '#domain/time/civil-date.ts';
import { describe, expect, test } from 'vitest';

describe('parseCivilDate', () => {
	test.each([
		'2026-01-05',
		'2024-02-29',
		'2000-02-29',
		'1999-12-31',
		'1900-01-01',
		'2199-12-31',
		'2026-03-29',
		'2026-10-25'
	])('%s is a date', (text) => {
		expect(parseCivilDate(text)).toBe(text);
	});
	test.each([
		'2026-02-31',
		'0206-01-05',
		'1899-12-31',
		'2200-01-01',
		'9999-12-31',
		'2026-02-29',
		'1900-02-29',
		'2026-13-01',
		'2026-00-10',
		'2026-04-31',
		'2026-1-5',
		'05/01/2026',
		'2026-01-05T00:00:00Z',
		' 2026-01-05',
		'20260105',
		'',
		null,
		undefined,
		20260105,
		new Date(0)
	])('%s is not', (text) => {
		expect(parseCivilDate(text)).toBeUndefined();
	});
});

describe('arithmetic', () => {
	test('agrees with the Gregorian calendar for four hundred years', () => {
		for (let days = -25_567; days < 120_530; days++) {
			const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
			if (fromDayNumber(days) !== date || dayNumber(date) !== days) expect(fromDayNumber(days)).toBe(date);
		}
	});
	test('neither change of the clock moves a day', () => {
		expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
		expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
		expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
		expect(addDays('2026-03-02', 7 * 20)).toBe('2026-07-20');
		expect(addDays('2026-10-05', 7 * 6)).toBe('2026-11-16');
	});
	test('across a leap day', () => {
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2028-02-22', 14)).toBe('2028-03-07');
		expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
		expect(daysBetween('2027-03-01', '2027-02-28')).toBe(-1);
	});
	test.each([
		['2025-12-30', 2, '2026-02-28'],
		['2027-12-30', 2, '2028-02-29'],
		['2026-01-31', 1, '2026-02-28'],
		['2026-03-31', -1, '2026-02-28'],
		['2024-02-29', 12, '2025-02-28'],
		['2026-08-31', 6, '2027-02-28'],
		['2026-11-30', 3, '2027-02-28'],
		['2026-01-15', -13, '2024-12-15'],
		['2026-12-01', 1, '2027-01-01']
	])('%s and %i months is %s', (from, months, to) => {
		expect(addMonths(from, months)).toBe(to);
	});
	test('weekdays', () => {
		expect(weekdayOf('2026-01-05')).toBe(0);
		expect(weekdayOf('2026-02-28')).toBe(5);
		expect(weekdayOf('1969-12-28')).toBe(6);
		expect(isWeekend('2026-03-01')).toBe(true);
		expect(isWeekend('2026-03-02')).toBe(false);
	});
	test('the Friday before a weekend, and nothing on other days', () => {
		expect(fridayBeforeWeekend('2025-12-21')).toBe('2025-12-19');
		expect(fridayBeforeWeekend('2025-12-20')).toBe('2025-12-19');
		expect(fridayBeforeWeekend('2025-12-19')).toBeUndefined();
	});
	test('earliest and latest of a list, and of nothing', () => {
		expect(earliest(['2026-02-01', '2026-01-01'])).toBe('2026-01-01');
		expect(latest(['2026-02-01', '2026-01-01'])).toBe('2026-02-01');
		expect(earliest([])).toBeUndefined();
	});
});
