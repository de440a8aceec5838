import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import { addDays, type CivilDate } from '#domain/time/civil-date.ts';
import { isWorkingDay } from '#domain/time/working-days.ts';
import { noAnswerOf, OUR_DAYS } from '#features/messages/no-answer.ts';
import { replyPromise } from '#features/messages/reply-promise.ts';
import type { Letter } from '#features/messages/thread.ts';

/** When the card "no answer yet" comes: after the days that the council stated, or after our own, and never before. */
const letter = (by: Letter['by'], at: string, state: Letter['state'] = 'received'): Letter => ({
	id: crypto.randomUUID(),
	by,
	text: 'x',
	at,
	state
});
const sent = (day: string) => letter('family', `${day}T11:00:00.000Z`);
const on = (today: CivilDate, thread: Letter[], promised?: number) => noAnswerOf(thread, { today, promised });

describe('no answer yet', () => {
	test('comes on the day after the last working day that the council stated', () => {
		// Tuesday 6 October 2026; ten working days end on Tuesday 20 October.
		const thread = [sent('2026-10-06')];
		expect(on('2026-10-20', thread, 10)).toBeUndefined();
		expect(on('2026-10-21', thread, 10)).toMatchObject({ since: '2026-10-06', days: 10, by: 'promise' });
	});

	test('bank holidays and weekends are no working days', () => {
		// Wednesday 23 December 2026: 24, 29, 30, 31 December and 4 January are the five.
		const thread = [sent('2026-12-23')];
		expect(on('2027-01-04', thread, 5)).toBeUndefined();
		expect(on('2027-01-05', thread, 5)).toMatchObject({ by: 'promise' });
	});

	test('where nothing is stated it comes after our own days, and says that they are ours', () => {
		const thread = [sent('2026-10-05')];
		expect(on('2026-11-02', thread)).toBeUndefined();
		expect(on('2026-11-03', thread)).toMatchObject({ by: 'ours', days: OUR_DAYS });
	});

	test('counts from the oldest message since the last answer, by the London day on which the council had it', () => {
		const thread = [
			letter('family', '2026-08-03T10:00:00.000Z', 'answered'),
			letter('council', '2026-09-01T10:00:00.000Z'),
			// 23:30 UTC in summer time is the next day in London.
			letter('family', '2026-09-07T23:30:00.000Z'),
			letter('family', '2026-09-30T10:00:00.000Z')
		];
		expect(on('2026-12-01', thread, 10)).toMatchObject({ since: '2026-09-08' });
		expect(on('2026-12-01', thread.slice(0, 2), 10)).toBeUndefined();
	});

	test('what the council does not have is no delay of theirs', () => {
		for (const state of ['waiting', 'sent', 'refused', 'saved'] as Letter['state'][])
			expect(on('2026-12-01', [letter('family', '2026-01-05T10:00:00.000Z', state)], 1)).toBeUndefined();
		expect(on('2026-12-01', [])).toBeUndefined();
	});

	test('beyond the table of bank holidays no day is claimed', () => {
		const far = addDays(ENGLAND_AND_WALES.validTo, -3);
		expect(on(addDays(far, 400), [sent(far)], 10)).toBeUndefined();
	});

	test('for any day and any promise: exactly that many working days have gone by, counted one by one', () => {
		const start = '2025-01-01' as CivilDate;
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 700 }),
				fc.integer({ min: 1, max: 60 }),
				fc.integer({ min: 0, max: 100 }),
				(from, days, later) => {
					const since = addDays(start, from);
					const today = addDays(since, later);
					let gone = 0;
					for (let day = addDays(since, 1); day < today; day = addDays(day, 1))
						if (isWorkingDay(day, ENGLAND_AND_WALES)) gone += 1;
					expect(on(today, [sent(since)], days) !== undefined).toBe(gone >= days);
				}
			),
			{ numRuns: 300 }
		);
	});
});

test('a promise is the child’s own council’s, and a number that nothing can be counted by is none', () => {
	const row = (id: string, days: number) => ({
		...{ scope: `ref:${id}:people`, id, local: false },
		v: { name: 'X', promises: { 'MESSAGE-REPLY': { days, source: 'Page', on: '2026-01-01' } } }
	});
	const rows = [row('X1', 10), row('X2', 0), row('X3', 2.5)] as unknown as Parameters<typeof replyPromise>[0];
	expect(replyPromise(rows, 'X1')?.days).toBe(10);
	for (const council of ['X2', 'X3', 'X4', undefined]) expect(replyPromise(rows, council)).toBeUndefined();
});
