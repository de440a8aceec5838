import { countStep, countSteps, rollEnd, sendByBefore, type Roll, type Step } from '#domain/time/counting.ts';
import { endOfCompulsorySchool, firstOnOrAfter, schoolYearStart } from '#domain/time/birthdays.ts';
import { londonDay, parseInstant } from '#domain/time/instant.ts';
import { receivedOn } from '#domain/time/receipt.ts';
import { isTribunalClosed } from '#domain/time/working-days.ts';
import { describe, expect, test } from 'vitest';

describe('counting primitives', () => {
	test.each<[string, Step, string]>([
		['2026-01-05', { op: 'W', n: 6 }, '2026-02-16'],
		['2026-01-05', { op: 'W', n: 20 }, '2026-05-25'],
		['2026-03-12', { op: 'W-', n: 2 }, '2026-02-26'],
		['2026-03-04', { op: 'D15i' }, '2026-03-18'],
		['2026-03-04', { op: 'CD', n: 15 }, '2026-03-19'],
		['2025-12-30', { op: 'M', n: 2 }, '2026-02-28'],
		['2027-07-31', { op: 'M-', n: 5 }, '2027-02-28'],
		['2026-01-05', { op: 'WDx', n: 15 }, '2026-01-26'],
		['2026-04-02', { op: 'WDi', n: 15 }, '2026-04-24'],
		// Beginning with a Saturday: the Monday is day one.
		['2026-01-10', { op: 'WDi', n: 1 }, '2026-01-12'],
		['2026-07-20', { op: 'WDt', n: 30 }, '2026-09-29'],
		['2026-12-22', { op: 'WDt', n: 3 }, '2027-01-04'],
		['2026-12-22', { op: 'WDx', n: 3 }, '2026-12-29'],
		['2026-09-04', { op: 'WDt-', n: 10 }, '2026-07-23'],
		['2027-09-01', { op: 'FIX', month: 2, day: 15 }, '2027-02-15'],
		['2026-02-15', { op: 'BACK', n: 8 }, '2025-12-21'],
		['2026-02-15', { op: 'ON' }, '2026-02-15'],
		['2025-12-31', { op: 'WDx', n: 1 }, '2026-01-02'],
		['2025-12-31', { op: 'WDx', n: 1, calendar: 'united-kingdom' }, '2026-01-05']
	])('%s %o is %s', (from, step, to) => {
		expect(countStep(from, step)).toEqual({ date: to, certain: true });
	});
	test('a chain goes on from the day before', () => {
		expect(
			countSteps('2026-03-10', [
				{ op: 'CD', n: 30 },
				{ op: 'WDx', n: 3 }
			]).date
		).toBe('2026-04-14');
	});
	test.each<[string, Step, string, boolean]>([
		['2028-12-28', { op: 'WDx', n: 1 }, '2028-12-29', true],
		['2028-12-29', { op: 'WDx', n: 1 }, '2029-01-01', false],
		['2014-12-30', { op: 'WDx', n: 1 }, '2014-12-31', false],
		// Saturday to Monday: the only counted day lies inside, whatever the start.
		['2014-12-31', { op: 'WDx', n: 1 }, '2015-01-02', true],
		['2028-12-29', { op: 'W', n: 6 }, '2029-02-09', true]
	])('%s %o ends on %s, certain: %s', (from, step, date, certain) => {
		expect(countStep(from, step)).toEqual({ date, certain });
	});
});

describe('the end of a limit', () => {
	test.each<[string, Roll, string, string | undefined]>([
		['2026-02-28', 'none', '2026-02-28', undefined],
		['2026-02-28', 'tribunal', '2026-03-02', undefined],
		['2026-08-18', 'tribunal', '2026-08-18', undefined],
		['2026-08-18', 'start-appeal', '2026-09-01', undefined],
		['2026-08-01', 'start-appeal', '2026-09-01', undefined],
		['2026-08-31', 'start-appeal', '2026-09-01', undefined],
		['2026-12-25', 'start-appeal', '2027-01-04', undefined],
		['2027-01-01', 'start-appeal', '2027-01-04', undefined],
		['2026-12-24', 'start-appeal', '2026-12-24', undefined],
		['2027-07-31', 'start-appeal', '2027-08-02', '2027-09-01'],
		['2022-12-24', 'start-appeal', '2022-12-28', '2023-01-03'],
		['2026-01-31', 'working-day', '2026-02-02', undefined]
	])('%s, %s: %s, other reading %s', (raw, roll, date, alternative) => {
		const rolled = rollEnd(raw, roll);
		expect([rolled.date, rolled.alternative, rolled.certain]).toEqual([date, alternative, true]);
	});
	test('the day to send by is a working day before, August included', () => {
		expect(sendByBefore('2026-09-01')).toBe('2026-08-28');
		expect(sendByBefore('2026-04-07')).toBe('2026-04-02');
		expect(sendByBefore('2027-01-04')).toBe('2026-12-31');
	});
	test('closed days', () => {
		expect(['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map(isTribunalClosed)).toEqual([
			false,
			true,
			true,
			false
		]);
		expect(['2026-12-24', '2026-12-25', '2027-01-01', '2027-01-02'].map(isTribunalClosed)).toEqual([
			false,
			true,
			true,
			false
		]);
	});
});

describe('receipt', () => {
	test.each([
		[{ on: '2026-01-05', by: 'email' as const }, '2026-01-05'],
		[{ on: '2026-01-03', by: 'email' as const }, '2026-01-05'],
		[{ on: '2026-01-05', by: 'email' as const, afterFive: true }, '2026-01-06'],
		[{ on: '2026-01-09', by: 'first-class' as const }, '2026-01-12'],
		[{ on: '2026-04-02', by: 'first-class' as const }, '2026-04-07'],
		[{ on: '2026-04-03', by: 'hand' as const }, '2026-04-07'],
		[{ on: '2026-01-05', by: 'signed-for' as const }, undefined],
		[{ on: '2026-01-05' }, '2026-01-05']
	])('%o counts as received on %s', (sent, day) => {
		expect(receivedOn(sent)).toBe(day);
	});
});

describe('instants become London days', () => {
	test.each([
		['2026-06-30T23:30:00Z', '2026-07-01'],
		['2026-12-31T23:30:00Z', '2026-12-31'],
		['2026-03-29T00:59:59Z', '2026-03-29'],
		['2026-03-28T23:30:00Z', '2026-03-28'],
		['2026-03-29T23:30:00Z', '2026-03-30'],
		['2026-10-24T23:30:00Z', '2026-10-25'],
		['2026-10-25T23:30:00Z', '2026-10-25'],
		['2026-07-01T00:30:00+01:00', '2026-07-01'],
		['2026-07-01T10:00:00+13:00', '2026-06-30'],
		['2026-07-01', '2026-07-01']
	])('%s is %s', (instant, day) => {
		expect(londonDay(instant)).toBe(day);
	});
	test.each(['2026-02-30T10:00:00Z', '2026-01-01T24:00:00Z', 'yesterday', '', 5, undefined])(
		'%s is no instant',
		(text) => {
			expect(parseInstant(text)).toBeUndefined();
			expect(londonDay(text)).toBeUndefined();
		}
	);
	test('offsets and fractions keep their order', () => {
		const order = [
			'2026-07-01T10:00:00.1Z',
			'2026-07-01T10:00:00.25Z',
			'2026-07-01T11:00:01+01:00',
			'2026-07-01T10:00:00-0100'
		];
		const read = order.map((text) => parseInstant(text) ?? NaN);
		expect([...read].sort((a, b) => a - b)).toEqual(read);
	});
});

describe('birthdays', () => {
	test('the school year of a day', () => {
		expect(schoolYearStart('2026-08-31')).toBe('2025-09-01');
		expect(schoolYearStart('2026-09-01')).toBe('2026-09-01');
	});
	test.each([
		['2010-03-03', '2026-06-26'],
		['2010-08-31', '2026-06-26'],
		['2010-09-01', '2027-06-25'],
		['2012-02-29', '2028-06-30']
	])('born on %s: school age ends on %s', (born, end) => {
		expect(endOfCompulsorySchool(born)).toBe(end);
	});
	test('the first such day on or after', () => {
		expect(firstOnOrAfter('2035-07-31', '07-31')).toBe('2035-07-31');
		expect(firstOnOrAfter('2035-08-01', '07-31')).toBe('2036-07-31');
	});
});
