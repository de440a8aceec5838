import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '#domain/case/case-event.ts';
import { OTHER_DAY, lawOverBoth } from '#domain/journey/join-readings.ts';
import { mergeSources, mergeStated } from '#domain/journey/merge-sources.ts';
import { journeyOf } from '#domain/journey/journey-of.ts';
import { recordedBy } from '#domain/journey/recorded-by.ts';
import { londonDay } from '#domain/time/instant.ts';
import { fact, law, says, typed } from './told.ts';

describe('two who tell the same fact', () => {
	it('makes a pair of two days and keeps both', () => {
		const council = fact('assessment.requested', '2025-01-16', { by: 'post' });
		const family = typed('assessment.requested', '2025-01-14');
		const merged = mergeSources([council], [family]);
		expect(merged.pairs).toEqual([{ governs: council, other: family }]);
		expect(merged.events).toEqual([council]);
		expect(merged.otherReading).toEqual([family]);
		expect(merged.all).toHaveLength(2);
	});
	it('tells a same-day fact once, in the council’s words', () => {
		const council = fact('assessment.requested', '2025-01-14', { method: 'email' });
		const merged = mergeSources([council], [typed('assessment.requested', '2025-01-14')]);
		expect(merged).toMatchObject({ pairs: [], events: [council], all: [council] });
	});
	it('keeps what only one of them stated', () => {
		const merged = mergeSources(
			[fact('assessment.requested', '2025-01-14')],
			[typed('complaint.made', '2025-06-01')]
		);
		expect(merged.events.map((e) => e.type)).toEqual(['assessment.requested', 'complaint.made']);
	});
	it('never pairs different advisers, and pairs each with its own', () => {
		const school = fact('advice.received', '2025-04-01', { adviser: 'school' });
		const therapist = fact('advice.received', '2025-04-03', { adviser: 'speech-and-language' });
		const mine = typed('advice.received', '2025-04-02', { adviser: 'speech-and-language' });
		expect(mergeSources([school, therapist], [mine]).pairs).toEqual([{ governs: therapist, other: mine }]);
		expect(mergeSources([school], [mine]).pairs).toEqual([]);
	});
	it('reads a request before a refusal as another request', () => {
		const refused = fact('assessment.refused', '2024-11-01');
		const again = fact('assessment.requested', '2025-01-14');
		expect(mergeSources([refused, again], [typed('assessment.requested', '2024-09-20')]).pairs).toEqual([]);
	});
	it('does not pair this year’s meeting with last year’s, nor one note with another', () => {
		const merged = mergeSources(
			[fact('review.meeting-held', '2024-10-01'), fact('note', '2025-01-01')],
			[typed('review.meeting-held', '2025-10-01'), typed('note', '2025-01-02')]
		);
		expect(merged.pairs).toEqual([]);
	});
	it('takes the nearest day first when there are several', () => {
		const [early, late] = [fact('draft.served', '2025-03-01'), fact('draft.served', '2025-04-20')];
		const mine = typed('draft.served', '2025-04-18');
		expect(mergeSources([early, late], [mine]).pairs).toEqual([{ governs: late, other: mine }]);
	});
	it('reads two marked days of one council: the one recorded last governs', () => {
		const old = fact('draft.served', '2025-03-01', {}, { recordedAt: '2025-03-02T09:00:00Z' });
		const newer = {
			...fact('draft.served', '2025-03-04', {}, { recordedAt: '2025-03-09T09:00:00Z' }),
			conflictsWith: [old.id]
		};
		expect(mergeSources([{ ...old, conflictsWith: [newer.id] }, newer], []).pairs).toMatchObject([
			{ governs: { id: newer.id }, other: { id: old.id } }
		]);
	});
	it('loses nothing and invents nothing, whatever is stated', () => {
		const day = fc
			.integer({ min: 1, max: 28 })
			.map((d) => `2025-0${1 + (d % 9)}-${String(d).padStart(2, '0')}`);
		const some = (make: typeof fact) =>
			fc
				.array(
					fc.tuple(fc.constantFrom('assessment.requested', 'advice.received', 'draft.served', 'note'), day),
					{ maxLength: 6 }
				)
				.map((list) => list.map(([type, on]) => make(type as CaseEvent['type'], on)));
		fc.assert(
			fc.property(some(fact), some(typed), (council, family) => {
				const merged = mergeSources(council, family);
				const sameDay = council.length + family.length - merged.all.length;
				expect(merged.events.length + merged.pairs.length + sameDay).toBe(council.length + family.length);
				for (const { governs, other } of merged.pairs) expect(governs.on).not.toBe(other.on);
			})
		);
	});
});

describe('the law over two readings', () => {
	const engine = (events: CaseEvent[]) =>
		law(
			events.flatMap((e) => {
				if (e.type === 'assessment.requested')
					return [says('EHCNA-20W-FINAL', e, e.on === '2025-01-16' ? '2025-06-05' : '2025-06-03')];
				if (e.type === 'assessment.refused')
					return [
						says('TRIB-APPEAL-2M', e, e.on === '2025-02-21' ? '2025-04-22' : '2025-04-19', {
							actor: 'family',
							sendBy: e.on
						})
					];
				return [];
			})
		);
	const requests = [
		fact('assessment.requested', '2025-01-16'),
		typed('assessment.requested', '2025-01-14')
	] as const;
	const refusals = [
		fact('assessment.refused', '2025-02-21'),
		typed('assessment.refused', '2025-02-19')
	] as const;

	it('runs the council’s duty from the council’s day, the family’s beside it', () => {
		const [duty] = lawOverBoth(mergeStated([...requests]), engine).milestones;
		expect(duty).toMatchObject({
			due: '2025-06-05',
			alternatives: [{ due: '2025-06-03', reading: OTHER_DAY, authority: 'family' }]
		});
	});
	it('ends a limit on the family on the earlier day, under the same key', () => {
		const merged = mergeStated([...refusals]);
		const [limit] = lawOverBoth(merged, engine).milestones;
		expect(limit).toMatchObject({
			due: '2025-04-19',
			sendBy: '2025-02-19',
			trigger: { id: refusals[0].id },
			alternatives: [{ due: '2025-04-22', authority: 'council' }]
		});
	});
	it('keeps the council’s day for the family’s limit when it is the earlier one', () => {
		const [limit] = lawOverBoth(
			mergeStated([fact('assessment.refused', '2025-02-19'), typed('assessment.refused', '2025-02-21')]),
			engine
		).milestones;
		expect(limit).toMatchObject({
			due: '2025-04-19',
			alternatives: [{ due: '2025-04-22', authority: 'family' }]
		});
	});
	it('shows the two days side by side in the journey and offers to check them', () => {
		const merged = mergeStated([...requests]);
		const journey = journeyOf({
			events: merged.all,
			law: lawOverBoth(merged, engine),
			today: '2025-03-01',
			pairs: merged.pairs
		});
		expect(journey.pairs).toEqual([{ events: [...requests] }]);
		expect(journey.main?.steps[0]?.events.map((e) => e.on)).toEqual(['2025-01-14', '2025-01-16']);
		expect(journey.main?.startedOn).toBe('2025-01-16');
		expect(journey.actions.map((a) => a.key)).toContain('check-date');
		expect(journeyOf({ events: merged.all, law: lawOverBoth(merged, engine), today: '2025-03-01' })).toEqual(
			journey
		);
	});
});

describe('what was known on a day', () => {
	it('counts instants by the day in London, across both clock changes', () => {
		expect(londonDay('2026-03-29T00:59:59Z')).toBe('2026-03-29');
		expect(londonDay('2026-06-30T23:30:00Z')).toBe('2026-07-01');
		expect(londonDay('2026-10-24T23:30:00Z')).toBe('2026-10-25');
		expect(londonDay('2026-10-25T23:30:00Z')).toBe('2026-10-25');
		expect(londonDay('2026-12-31T23:59:59Z')).toBe('2026-12-31');
	});
	it('leaves out what was recorded later, and keeps what never says', () => {
		const early = fact('assessment.requested', '2025-01-14', {}, { recordedAt: '2025-01-15T10:00:00Z' });
		const late = fact('assessment.agreed', '2025-02-21', {}, { recordedAt: '2025-03-01T10:00:00Z' });
		expect(recordedBy([early, late, fact('note', '2025-01-01')], '2025-02-28').map((e) => e.type)).toEqual([
			'assessment.requested',
			'note'
		]);
	});
});
