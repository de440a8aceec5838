import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '#domain/case/case-event.ts';
import { EVENT_DETAILS, EVENT_TYPES } from '#domain/case/vocabulary.ts';
import { journeyOf } from '#domain/journey/journey-of.ts';
import type { Journey } from '#domain/journey/journey.ts';
import { ACTION_KEYS, STAGE_KEYS, STEP_KEYS } from '#domain/journey/keys.ts';
import { lawOverBoth } from '#domain/journey/join-readings.ts';
import { mergeStated } from '#domain/journey/merge-sources.ts';
import { recordedBy } from '#domain/journey/recorded-by.ts';
import { DEMO_COUNCIL } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import { addDays } from '#domain/time/civil-date.ts';
import { fact } from './told.ts';

const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2024-09-01', n));
const detailOf = (type: (typeof EVENT_TYPES)[number]) =>
	fc.record(
		Object.fromEntries(
			Object.entries(EVENT_DETAILS[type]).map(([name, shape]) => [
				name,
				Array.isArray(shape)
					? fc.constantFrom(...(shape as string[]))
					: shape === 'date'
						? day
						: shape === 'flag'
							? fc.constant('yes')
							: shape === 'stage'
								? fc.constantFrom('1', '2', '3')
								: name === 'outcome'
									? fc.constantFrom('assess', 'make-plan', 'amend', 'dismissed')
									: fc.constantFrom('one', 'two')
			])
		),
		{ requiredKeys: [] }
	);
const event: fc.Arbitrary<CaseEvent> = fc.constantFrom(...EVENT_TYPES).chain((type) =>
	fc
		.record({
			type: fc.constant(type),
			on: day,
			detail: detailOf(type) as fc.Arbitrary<Record<string, string>>,
			family: fc.boolean()
		})
		.map(({ family, ...rest }) => ({
			...rest,
			id: crypto.randomUUID(),
			source: { said: family ? ('family' as const) : ('council' as const) }
		}))
);
const story = fc.array(event, { maxLength: 14 });

function journey(events: readonly CaseEvent[], today: string): Journey {
	const merged = mergeStated(events);
	const law = lawOverBoth(merged, (list) => lawFor({ events: list, asOf: today, council: DEMO_COUNCIL }));
	return journeyOf({ events: merged.all, law, today, pairs: merged.pairs });
}

// Each run asks the whole rule set; a laptop that is busy takes a few seconds for them.
describe('any story whatever', { timeout: 30_000 }, () => {
	it('is told with listed keys, one place to stand at, and nothing late that is not a day past', () => {
		fc.assert(
			fc.property(story, day, (events, today) => {
				const told = journey(events, today);
				for (const track of told.tracks) {
					expect(STAGE_KEYS).toContain(track.stage);
					for (const step of track.steps) expect(STEP_KEYS).toContain(step.key);
					expect(track.steps.filter((s) => s.here).length).toBeLessThanOrEqual(1);
					if (track.endedOn !== undefined) expect(track.steps.some((s) => s.here)).toBe(false);
				}
				for (const action of told.actions) expect(ACTION_KEYS).toContain(action.key);
				for (const { milestone, days } of told.late) {
					expect(days).toBeGreaterThan(0);
					expect(milestone.due! < today).toBe(true);
					expect(milestone.actor).not.toBe('family');
				}
				if (told.next) expect(told.next.due! >= today).toBe(true);
				expect(told.late.map((l) => l.days)).toEqual(told.late.map((l) => l.days).sort((a, b) => b - a));
				expect(new Set(told.milestones.map((m) => m.key)).size).toBe(told.milestones.length);
				expect(new Set(told.tracks.map((t) => t.key)).size).toBe(told.tracks.length);
			}),
			{ numRuns: 150 }
		);
	});
	it('is the same in whatever order it was told', () => {
		fc.assert(
			fc.property(story, day, fc.integer(), (events, today, seed) => {
				const shuffled = [...events].sort(
					(a, b) => ((a.id.charCodeAt(seed & 7) ^ seed) & 255) - ((b.id.charCodeAt(seed & 7) ^ seed) & 255)
				);
				expect(journey(shuffled, today)).toEqual(journey(events, today));
			}),
			{ numRuns: 60 }
		);
	});
	it('keeps every fact somewhere on the timeline while its process is shown', () => {
		const events = [
			fact('assessment.requested', '2025-01-14'),
			fact('assessment.agreed', '2025-02-21'),
			fact('advice.requested', '2025-02-25', { adviser: 'school' }),
			fact('draft.served', '2025-05-01', { kind: 'first' }),
			fact('setting.consulted', '2025-05-02', { setting: 'Larkhill' }),
			fact('draft.answered', '2025-05-10'),
			fact('plan.finalised', '2025-06-02', { kind: 'first' }),
			fact('complaint.made', '2025-05-20', { kind: 'council' })
		];
		const shown = new Set(
			journey(events, '2025-06-10').tracks.flatMap((t) => t.steps.flatMap((s) => s.events.map((e) => e.id)))
		);
		expect(events.filter((e) => !shown.has(e.id)).map((e) => e.type)).toEqual([]);
	});
});

describe('with the real rules', () => {
	it('asks which exception, and never calls the date late once one is claimed', () => {
		const events = [
			fact('assessment.requested', '2025-01-14'),
			fact('exception.claimed', '2025-02-20', { rule: 'EHCNA-6W-DECISION', exception: 'X3' })
		];
		const told = journey(events, '2025-03-10');
		expect(told.late).toEqual([]);
		expect(told.actions.map((a) => a.key)).toContain('ask-which-exception');
	});
	it('never calls usual practice or an unwritten invitation late', () => {
		const plan = fact('plan.finalised', '2024-01-10', { kind: 'first' });
		const transfer = fact('transfer.expected', '2024-09-10', {
			phase: 'primary-to-secondary',
			startsOn: '2025-09-02'
		});
		const set = fact('review.meeting-set', '2025-01-09', { kind: 'annual' });
		const told = journey([plan, transfer, set], '2025-01-06');
		expect(told.milestones.filter((m) => m.state === 'late').map((m) => m.rule)).toEqual(
			expect.arrayContaining(['PT-BACK-12W', 'PT-BACK-8W', 'AR-NOTICE-2W'])
		);
		expect(told.late).toEqual([]);
		expect(told.missing.map((m) => m.type ?? m.field)).toEqual([
			'review.invited',
			'review.papers-sent',
			'bornOn'
		]);
	});
	it('follows an appeal from the refusal to the order, and the assessment that it opens again', () => {
		const no = fact('assessment.refused', '2025-02-20');
		const steps = [
			fact('assessment.requested', '2025-01-14'),
			no,
			fact('mediation.requested', '2025-03-03'),
			fact('mediation.certificate', '2025-03-24'),
			fact('appeal.lodged', '2025-04-10'),
			fact('appeal.sent-to-council', '2025-04-24'),
			fact('appeal.response', '2025-06-02'),
			fact('hearing.set', '2025-09-16'),
			fact('appeal.order', '2025-09-23', { outcome: 'assess' })
		];
		const upTo = (n: number, today: string) =>
			journey(steps.slice(0, n), today).tracks.find((t) => t.kind === 'appeal');
		expect(upTo(2, '2025-03-01')).toMatchObject({ stage: 'appeal.window', holder: 'family' });
		expect(upTo(3, '2025-03-05')).toMatchObject({ stage: 'appeal.mediation', holder: 'council' });
		expect(upTo(4, '2025-03-25')).toMatchObject({ stage: 'appeal.lodge', holder: 'family' });
		expect(upTo(5, '2025-04-12')).toMatchObject({ stage: 'appeal.registered', holder: 'tribunal' });
		expect(upTo(6, '2025-04-26')).toMatchObject({ stage: 'appeal.response', holder: 'council' });
		expect(upTo(8, '2025-08-01')).toMatchObject({ stage: 'appeal.bundle' });
		const ordered = journey(steps, '2025-09-30');
		expect(ordered.tracks.find((t) => t.kind === 'appeal')).toMatchObject({
			stage: 'appeal.compliance',
			holder: 'council'
		});
		expect(ordered.next).toMatchObject({ rule: 'TRIB-R44-2W', due: '2025-10-07' });
		expect(ordered.tracks.find((t) => t.kind === 'assessment')?.endedOn).toBeUndefined();
	});
	it('lets the later day of a certificate stand for the two months it extends', () => {
		const events = [fact('plan.refused', '2025-02-20'), fact('mediation.certificate', '2025-04-10')];
		expect(
			journey(events, '2025-04-15')
				.actions.filter((a) => a.key === 'appeal')
				.map((a) => a.by)
		).toEqual(['2025-05-12']);
	});
	it('names the right to appeal against a final plan without turning Home to it', () => {
		const told = journey(
			[fact('assessment.requested', '2025-01-14'), fact('plan.finalised', '2025-06-02', { kind: 'first' })],
			'2025-06-10'
		);
		expect(told.now?.why).not.toBe('your-turn');
		expect(told.main).toMatchObject({ kind: 'review', stage: 'review.between' });
		expect(told.actions.map((a) => a.key)).toEqual(
			expect.arrayContaining(['appeal', 'contact-mediation', 'ask-help-started'])
		);
	});
	it('moves with the family from one council to the other', () => {
		const plan = fact('plan.finalised', '2024-10-01', { kind: 'first' });
		const known = fact('area.move-known', '2025-03-03', { movesOn: '2025-04-07' });
		expect(journey([plan, known], '2025-03-10').tracks.find((t) => t.kind === 'move')).toMatchObject({
			stage: 'move.moved',
			holder: 'old-council'
		});
		const moved = fact('area.moved', '2025-04-07');
		expect(journey([plan, known, moved], '2025-04-20').tracks.find((t) => t.kind === 'move')).toMatchObject({
			stage: 'move.plans',
			holder: 'new-council'
		});
	});
	it('says nothing is due after a plan has ended', () => {
		const told = journey(
			[
				fact('plan.finalised', '2023-10-01', { kind: 'first' }),
				fact('cease.decided', '2024-10-05'),
				fact('plan.ceased', '2025-01-06')
			],
			'2025-06-01'
		);
		expect(told.tracks.find((t) => t.kind === 'review')).toMatchObject({
			stage: 'review.ended',
			endedOn: '2025-01-06'
		});
		expect(told).toMatchObject({ late: [] });
		expect(told.next).toBeUndefined();
	});
	it('works out again what was shown on a day', () => {
		const asked = fact('assessment.requested', '2025-01-14', {}, { recordedAt: '2025-01-15T06:10:00Z' });
		const yes = fact('assessment.agreed', '2025-02-21', {}, { recordedAt: '2025-03-03T06:10:00Z' });
		const shown = journey([asked], '2025-02-28');
		expect(shown.now?.why).toBe('late');
		expect(journey(recordedBy([asked, yes], '2025-02-28'), '2025-02-28')).toEqual(shown);
	});
});
