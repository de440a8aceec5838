import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import {
	addDays,
	addMonths,
	dayNumber,
	daysBetween,
	daysInMonth,
	fromDayNumber,
	parseCivilDate,
	partsOf,
	weekdayOf
} from '#domain/time/civil-date.ts';
import { countStep, rollEnd, type Step } from '#domain/time/counting.ts';
import { isTribunalClosed, isWorkingDay } from '#domain/time/working-days.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const day = (from: string, to: string) =>
	fc.integer({ min: dayNumber(from), max: dayNumber(to) }).map(fromDayNumber);
const anyDay = day('1900-01-01', '2199-12-31');
const knownDay = day('2015-01-05', '2027-12-31');
const weeks = fc.integer({ min: 1, max: 60 });
const step = fc.oneof(
	weeks.map((n): Step => ({ op: 'W', n })),
	weeks.map((n): Step => ({ op: 'CD', n })),
	weeks.map((n): Step => ({ op: 'M', n })),
	weeks.map((n): Step => ({ op: 'WDx', n })),
	weeks.map((n): Step => ({ op: 'WDi', n })),
	weeks.map((n): Step => ({ op: 'WDt', n })),
	fc.constant<Step>({ op: 'D15i' })
);
const property = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) =>
	fc.assert(fc.property(arbitrary, holds), { numRuns: 500 });

describe('civil dates', () => {
	test('a date reads back as itself', () =>
		property(anyDay, (date) => {
			expect(parseCivilDate(date)).toBe(date);
		}));
	test('adding and taking away days is exact', () =>
		property(fc.tuple(anyDay, fc.integer({ min: -4000, max: 4000 })), ([date, n]) => {
			expect(daysBetween(date, addDays(date, n))).toBe(n);
			expect(addDays(addDays(date, n), -n)).toBe(date);
		}));
	test('a month on is the same day, or the last of its month', () =>
		property(fc.tuple(anyDay, fc.integer({ min: -30, max: 30 })), ([date, n]) => {
			const [before, after] = [partsOf(date), partsOf(addMonths(date, n))];
			expect(after.year * 12 + after.month).toBe(before.year * 12 + before.month + n);
			expect(after.day).toBe(Math.min(before.day, daysInMonth(after.year, after.month)));
		}));
});

describe('counting', () => {
	test('weeks keep the weekday', () =>
		property(fc.tuple(anyDay, weeks), ([date, n]) => {
			expect(weekdayOf(countStep(date, { op: 'W', n }).date)).toBe(weekdayOf(date));
			expect(daysBetween(date, countStep(date, { op: 'W', n }).date)).toBe(7 * n);
		}));
	test('a later trigger never gives an earlier day', () =>
		property(fc.tuple(knownDay, fc.integer({ min: 0, max: 300 }), step), ([date, later, op]) => {
			expect(countStep(date, op).date <= countStep(addDays(date, later), op).date).toBe(true);
		}));
	test('working days end on one, skip nothing, and beginning with the day is never later', () =>
		property(fc.tuple(knownDay, fc.integer({ min: 1, max: 60 })), ([date, n]) => {
			const end = countStep(date, { op: 'WDx', n }).date;
			expect(isWorkingDay(end, ENGLAND_AND_WALES)).toBe(true);
			let count = 0;
			for (let at = addDays(date, 1); at <= end; at = addDays(at, 1))
				if (isWorkingDay(at, ENGLAND_AND_WALES)) count++;
			expect(count).toBe(n);
			expect(countStep(date, { op: 'WDi', n }).date <= end).toBe(true);
			expect(countStep(date, { op: 'WDt', n }).date >= end).toBe(true);
		}));
	test('the tribunal’s days end outside August and Christmas', () =>
		property(fc.tuple(knownDay, weeks), ([date, n]) => {
			expect(isTribunalClosed(countStep(date, { op: 'WDt', n }).date)).toBe(false);
			expect(isTribunalClosed(countStep(date, { op: 'WDt-', n }).date)).toBe(false);
		}));
	test('there and back: n working days on and n back reach a day no later than the start', () =>
		property(fc.tuple(day('2017-01-01', '2026-12-31'), fc.integer({ min: 1, max: 40 })), ([date, n]) => {
			const back = countStep(countStep(date, { op: 'WDt', n }).date, { op: 'WDt-', n }).date;
			expect(back <= date).toBe(true);
		}));
	test('a limit rolls forward to a working day, never back, and once', () =>
		property(knownDay, (raw) => {
			const { date } = rollEnd(raw, 'start-appeal');
			expect(date >= raw).toBe(true);
			expect(isWorkingDay(date, ENGLAND_AND_WALES)).toBe(true);
			expect(rollEnd(raw, 'tribunal').date <= date).toBe(true);
			if (isTribunalClosed(raw)) expect(isTribunalClosed(date)).toBe(false);
		}));
});
