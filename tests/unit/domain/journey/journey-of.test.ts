import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '#domain/case/case-event.ts';
import type { Milestone } from '#domain/law/milestone.ts';
import { ACTION_KEYS, STAGE_KEYS, STEP_KEYS } from '#domain/journey/keys.ts';
import { journeyOf } from '#domain/journey/journey-of.ts';
import { fact, law, says } from './told.ts';

const tell = (events: CaseEvent[], milestones: Milestone[], today: string) => {
	const journey = journeyOf({ events, law: law(milestones), today });
	for (const track of journey.tracks) {
		expect(STAGE_KEYS).toContain(track.stage);
		for (const step of track.steps) expect(STEP_KEYS).toContain(step.key);
		expect(track.steps.filter((s) => s.here).length).toBeLessThanOrEqual(1);
	}
	for (const action of journey.actions) expect(ACTION_KEYS).toContain(action.key);
	return journey;
};

/** The child of the mock-ups: week 13 on 10 April 2025, one advice two days late. */
function weekThirteen() {
	const asked = fact('assessment.requested', '2025-01-14');
	const yes = fact('assessment.agreed', '2025-02-21');
	const advice = ['school', 'educational-psychology', 'speech-and-language'].map((adviser) =>
		fact('advice.requested', '2025-02-25', { adviser })
	);
	const came = [
		fact('advice.received', '2025-04-08', { adviser: 'school' }),
		fact('advice.received', '2025-04-09', { adviser: 'educational-psychology' })
	];
	const milestones = [
		says('EHCNA-6W-DECISION', asked, '2025-02-25', { state: 'done_on_time' }),
		says('EHCNA-14W-DRAFT-GUIDE', asked, '2025-04-22', { kind: 'practice' }),
		says('EHCNA-16W-DECISION', asked, '2025-05-06'),
		says('EHCNA-20W-FINAL', asked, '2025-06-03'),
		...advice.map((a, i) =>
			says('EHCNA-ADVICE-6W', a, '2025-04-08', { actor: 'adviser', state: i === 2 ? 'late' : 'done_on_time' })
		)
	];
	return { events: [asked, yes, ...advice, ...came], milestones };
}

describe('an assessment in week 13', () => {
	const { events, milestones } = weekThirteen();
	const journey = tell(events, milestones, '2025-04-10');

	it('says which week it is and which gates are behind', () => {
		expect(journey.main?.ribbon).toEqual({
			unit: 'week',
			of: 20,
			at: 13,
			past: 0,
			gates: [
				{ at: 6, rule: 'EHCNA-6W-DECISION', state: 'done' },
				{ at: 16, rule: 'EHCNA-16W-DECISION', state: 'ahead' },
				{ at: 20, rule: 'EHCNA-20W-FINAL', state: 'ahead' }
			]
		});
	});
	it('names the one late adviser, its days and who is waited for', () => {
		expect(journey.late.map((l) => [l.milestone.trigger.adviser, l.days, l.holder])).toEqual([
			['speech-and-language', 2, 'health-body']
		]);
		expect(journey.now).toMatchObject({ why: 'late', milestone: { rule: 'EHCNA-ADVICE-6W' } });
	});
	it('stands at the advice, with a part for each adviser', () => {
		const here = journey.main?.steps.find((s) => s.here);
		expect(here).toMatchObject({ key: 'assessment.advice', state: 'now' });
		expect(here?.parts.map((p) => [p.about, p.state])).toEqual([
			['school', 'done'],
			['educational-psychology', 'done'],
			['speech-and-language', 'late']
		]);
		expect(journey.main).toMatchObject({ stage: 'assessment.advice', holder: 'council' });
	});
	it('asks first when the late advice will come, and keeps usual practice out of the next deadline', () => {
		expect(journey.actions[0]).toMatchObject({ key: 'ask-when', about: 'speech-and-language' });
		expect(journey.next).toMatchObject({ rule: 'EHCNA-16W-DECISION', due: '2025-05-06' });
	});
	it('lists the steps in the order of the process, ahead ones with the day they are due', () => {
		expect(journey.main?.steps.map((s) => [s.key, s.state, s.on])).toEqual([
			['assessment.requested', 'done', '2025-01-14'],
			['assessment.decision', 'done', '2025-02-21'],
			['assessment.advice', 'now', undefined],
			['assessment.plan-decision', 'ahead', '2025-05-06'],
			['assessment.draft', 'ahead', undefined],
			['assessment.final', 'ahead', '2025-06-03'],
			['assessment.help-starts', 'ahead', undefined]
		]);
	});
	it('gives keys that say nothing and stay when the day is corrected', () => {
		const key = journey.milestones[0]?.key ?? '';
		expect(key).toMatch(/^[0-9a-z]{12}$/);
		const moved = milestones.map((m) => ({ ...m, trigger: { ...m.trigger, on: '2025-01-15' } }));
		expect(
			journeyOf({ events, law: law(moved), today: '2025-04-10' })
				.milestones.map((m) => m.key)
				.sort()
		).toEqual(journey.milestones.map((m) => m.key).sort());
		expect(new Set(journey.milestones.map((m) => m.key)).size).toBe(journey.milestones.length);
	});
});

describe('the count of weeks', () => {
	it.each([
		['2025-01-14', 1],
		['2025-01-21', 1],
		['2025-01-22', 2],
		['2025-02-21', 6],
		['2025-05-06', 16],
		['2025-06-03', 20],
		['2025-06-04', 21]
	])('on %s it is week %i', (today, week) => {
		const { events, milestones } = weekThirteen();
		const ribbon = journeyOf({ events, law: law(milestones), today }).tracks[0]?.ribbon;
		expect(ribbon).toMatchObject({ at: week, past: Math.max(0, week - 20) });
	});
});

describe('a plan that is three weeks late', () => {
	const asked = fact('assessment.requested', '2024-10-31');
	const served = fact('draft.served', '2025-03-03', { kind: 'first' });
	const events = [
		asked,
		fact('assessment.agreed', '2024-12-10'),
		served,
		fact('draft.answered', '2025-03-14')
	];
	const milestones = [
		says('EHCNA-6W-DECISION', asked, '2024-12-12', { state: 'done_on_time' }),
		says('EHCNA-16W-DECISION', asked, '2025-02-20', { state: 'done_late' }),
		says('EHCNA-15D-COMMENT', served, '2025-03-17', {
			actor: 'family',
			direction: 'floor',
			state: 'done_on_time'
		}),
		says('EHCNA-20W-FINAL', asked, '2025-03-20', { state: 'late' })
	];
	const journey = tell(events, milestones, '2025-04-10');
	it('is in week 23, three past the limit, and the council has it', () => {
		expect(journey.main?.ribbon).toMatchObject({ at: 23, past: 3 });
		expect(journey.late).toMatchObject([
			{ days: 21, holder: 'council', milestone: { rule: 'EHCNA-20W-FINAL' } }
		]);
		expect(journey.main).toMatchObject({ stage: 'assessment.final', holder: 'council' });
		expect(journey.main?.steps.find((s) => s.here)).toMatchObject({ key: 'assessment.final', state: 'late' });
	});
	it('offers a date in writing first, then a complaint', () => {
		expect(journey.actions.map((a) => a.key).slice(0, 2)).toEqual(['ask-for-date', 'complain']);
	});
	it('is not late on the last day itself', () => {
		const onTheDay = milestones.map((m) =>
			m.rule === 'EHCNA-20W-FINAL' ? { ...m, state: 'due_today' as const } : m
		);
		expect(tell(events, onTheDay, '2025-03-20')).toMatchObject({ late: [], now: { why: 'due-soon' } });
	});
	it('does not offer a second complaint while one is running, and the Ombudsman once it was answered', () => {
		const made = fact('complaint.made', '2025-04-01', { kind: 'council', stage: '1' });
		expect(tell([...events, made], milestones, '2025-04-10').actions.map((a) => a.key)).not.toContain(
			'complain'
		);
		const answered = fact('complaint.answered', '2025-04-08', { kind: 'council', stage: '1' });
		expect(tell([...events, made, answered], milestones, '2025-04-10').actions.map((a) => a.key)).toContain(
			'go-to-ombudsman'
		);
	});
});

describe('a draft that waits for the family', () => {
	const asked = fact('assessment.requested', '2025-01-14');
	const served = fact('draft.served', '2025-04-28', { kind: 'first' });
	const events = [
		asked,
		fact('assessment.agreed', '2025-02-21'),
		served,
		fact('setting.consulted', '2025-04-28', { setting: 'Larkfield' })
	];
	const milestones = [
		says('EHCNA-15D-COMMENT', served, '2025-05-12', { actor: 'family', direction: 'floor' }),
		says('EHCNA-CONSULT-15D', events[3] as CaseEvent, '2025-05-13', {
			actor: 'setting',
			kind: 'stat_guidance'
		}),
		says('EHCNA-20W-FINAL', asked, '2025-06-03')
	];
	it('is the family’s turn, with the day to comment by', () => {
		const journey = tell(events, milestones, '2025-05-01');
		expect(journey.now).toMatchObject({ why: 'your-turn', milestone: { rule: 'EHCNA-15D-COMMENT' } });
		expect(journey.main).toMatchObject({ stage: 'assessment.draft', holder: 'family' });
		expect(journey.actions.slice(0, 2)).toMatchObject([
			{ key: 'comment-draft', by: '2025-05-12' },
			{ key: 'name-setting' }
		]);
		expect(journey.nextOwn?.rule).toBe('EHCNA-15D-COMMENT');
	});
	it('goes back to the council when the days are over, and a silent school holds nothing up', () => {
		const over = milestones.map((m) => ({
			...m,
			state: m.actor === 'family' ? ('passed' as const) : m.actor === 'setting' ? ('late' as const) : m.state
		}));
		const journey = tell(events, over, '2025-05-20');
		expect(journey.main).toMatchObject({ stage: 'assessment.final', holder: 'council' });
		expect(journey.main?.steps.find((s) => s.key === 'assessment.settings')).toMatchObject({
			state: 'late',
			parts: [{ about: 'Larkfield', state: 'late' }]
		});
	});
});

describe('a refusal', () => {
	const asked = fact('assessment.requested', '2025-01-14');
	const no = fact('assessment.refused', '2025-02-20');
	const milestones = [
		says('EHCNA-6W-DECISION', asked, '2025-02-25', { state: 'done_on_time' }),
		says('EHCNA-20W-FINAL', asked, '2025-06-03', { state: 'moot' }),
		says('MED-CONTACT-2M', no, '2025-04-20', { actor: 'family' }),
		says('TRIB-APPEAL-2M', no, '2025-04-22', { actor: 'family', sendBy: '2025-04-17' })
	];
	it('opens with the right to appeal and its safe day, and the call that comes before it', () => {
		const journey = tell([asked, no], milestones, '2025-03-10');
		expect(journey.main).toMatchObject({
			kind: 'appeal',
			about: 'assessment.refused',
			stage: 'appeal.window',
			holder: 'family'
		});
		expect(journey.now).toMatchObject({ why: 'your-turn', milestone: { rule: 'TRIB-APPEAL-2M' } });
		expect(journey.actions.slice(0, 2)).toMatchObject([
			{ key: 'contact-mediation', by: '2025-04-20' },
			{ key: 'appeal', by: '2025-04-22', sendBy: '2025-04-17' }
		]);
		expect(journey.tracks.find((t) => t.kind === 'assessment')).toMatchObject({
			endedOn: '2025-02-20',
			stage: 'assessment.refused'
		});
		expect(journey.tracks.find((t) => t.kind === 'assessment')?.steps.map((s) => s.key)).toEqual([
			'assessment.requested',
			'assessment.decision'
		]);
	});
	it('says when the window has closed', () => {
		const over = milestones.map((m) => (m.actor === 'family' ? { ...m, state: 'passed' as const } : m));
		expect(tell([asked, no], over, '2025-05-01').tracks.find((t) => t.kind === 'appeal')).toMatchObject({
			stage: 'appeal.window-closed',
			endedOn: '2025-04-22'
		});
	});
	it('goes on with the assessment when the council changes its mind', () => {
		const yes = fact('assessment.refusal-reversed', '2025-03-20');
		const again = [
			says('EHCNA-20W-FINAL', asked, '2025-06-03'),
			says('EHCNA-LATE-AGREE-14W', yes, '2025-06-26', { kind: 'practice' })
		];
		const journey = tell(
			[asked, no, yes],
			[...again, says('TRIB-APPEAL-2M', no, '2025-04-22', { actor: 'family', state: 'moot' })],
			'2025-04-01'
		);
		expect(journey.main).toMatchObject({ kind: 'assessment', stage: 'assessment.advice' });
		expect(
			journey.main?.steps.find((s) => s.key === 'assessment.final')?.milestones.map((m) => m.rule)
		).toEqual(['EHCNA-20W-FINAL', 'EHCNA-LATE-AGREE-14W']);
		expect(journey.tracks.find((t) => t.kind === 'appeal')).toMatchObject({ stage: 'appeal.reversed' });
	});
});

describe('reviews follow each other', () => {
	const plan = fact('plan.finalised', '2023-11-06', { kind: 'first' });
	const met = fact('review.meeting-held', '2024-10-02', { kind: 'annual' });
	const decided = fact('review.decided', '2024-10-28', { outcome: 'amend' });
	const notice = fact('review.amendment-notice', '2024-10-28');
	const amended = fact('plan.finalised', '2024-12-12', { kind: 'amended' });
	const base = [
		says('AR-12M', plan, '2024-11-06', { state: 'done_on_time' }),
		says('AR-12M', decided, '2025-10-28')
	];
	it('counts the months to the next review while nothing is happening', () => {
		const journey = tell([plan], [says('AR-12M', plan, '2024-11-06')], '2024-03-01');
		expect(journey.main).toMatchObject({
			kind: 'review',
			stage: 'review.between',
			ribbon: { unit: 'month', of: 12, at: 4, past: 0 }
		});
		expect(journey.actions.map((a) => a.key)).toContain('ask-early-review');
	});
	it('counts the weeks of the review once people have met', () => {
		const journey = tell(
			[plan, met],
			[
				says('AR-4W-DECISION', met, '2024-10-30'),
				says('AR-2W-REPORT', met, '2024-10-16', { actor: 'school', state: 'late' }),
				...base
			],
			'2024-10-18'
		);
		expect(journey.main).toMatchObject({
			stage: 'review.report',
			holder: 'school',
			ribbon: { unit: 'week', of: 12, at: 3 }
		});
		expect(journey.late).toMatchObject([{ days: 2, holder: 'school' }]);
	});
	it('is the family’s turn when the notice has come', () => {
		const asks = [
			says('AR-15D-COMMENT', notice, '2024-11-11', { actor: 'family', direction: 'floor' }),
			says('AR-FINAL-BY', notice, '2024-12-23', { kind: 'case' })
		];
		const journey = tell([plan, met, decided, notice], [...asks, ...base], '2024-11-04');
		expect(journey.main).toMatchObject({
			kind: 'review',
			stage: 'review.comment',
			holder: 'family',
			startedOn: '2023-11-06'
		});
		expect(journey.actions[0]).toMatchObject({ key: 'comment-notice', by: '2024-11-11' });
		expect(journey.next).toMatchObject({ rule: 'AR-FINAL-BY' });
	});
	it('starts the next year at the decision, not at the amended plan', () => {
		const journey = tell([plan, met, decided, notice, amended], base, '2025-02-01');
		expect(
			journey.tracks.filter((t) => t.kind === 'review').map((t) => [t.startedOn, t.endedOn, t.stage])
		).toEqual([
			['2023-11-06', '2024-12-12', 'review.amended'],
			['2024-10-28', undefined, 'review.between']
		]);
		expect(journey.main?.steps.flatMap((s) => s.milestones).map((m) => m.due)).toEqual(['2025-10-28']);
	});
	it('keeps an amendment outside the year beside it', () => {
		const outside = fact('review.amendment-notice', '2024-02-01', { outside: 'yes' });
		const journey = tell(
			[plan, outside],
			[says('AR-OUTSIDE-15D', outside, '2024-02-15', { actor: 'family', direction: 'floor' }), ...base],
			'2024-02-05'
		);
		expect(journey.tracks.filter((t) => t.kind === 'review').map((t) => [t.about, t.stage])).toEqual([
			[undefined, 'review.between'],
			['outside', 'review.comment']
		]);
	});
});

describe('several processes at once', () => {
	it('keeps a transfer, a complaint, a referral and a review apart', () => {
		const plan = fact('plan.finalised', '2024-01-10', { kind: 'first' });
		const transfer = fact('transfer.expected', '2024-09-10', {
			phase: 'primary-to-secondary',
			startsOn: '2025-09-02'
		});
		const made = fact('complaint.made', '2024-11-01', { kind: 'council', stage: '1' });
		const referred = fact('referral.made', '2024-06-01', { service: 'speech-and-language' });
		const milestones = [
			says('PT-15FEB', transfer, '2025-02-15'),
			says('PT-BACK-8W', transfer, '2024-12-21', { kind: 'practice', aimFor: '2024-12-20' }),
			says('CO-BCC-15WD', made, '2024-11-22', { kind: 'local' }),
			says('AR-12M', plan, '2025-01-10')
		];
		const journey = tell([plan, transfer, made, referred], milestones, '2024-11-10');
		expect(journey.tracks.map((t) => [t.kind, t.about, t.stage])).toEqual([
			['review', undefined, 'review.between'],
			['transfer', 'primary-to-secondary', 'transfer.meeting'],
			['complaint', 'council-1', 'complaint.acknowledged'],
			['referral', 'speech-and-language', 'referral.accepted']
		]);
		expect(journey.main?.kind).toBe('transfer');
		expect(journey.actions.find((a) => a.key === 'say-next-school')).not.toHaveProperty('by');
		expect(journey.next?.rule).toBe('CO-BCC-15WD');
	});
	it('asks for a request nobody has dated', () => {
		const yes = fact('assessment.agreed', '2025-02-21');
		const journey = tell([yes], [], '2025-03-01');
		expect(journey.missing).toEqual([{ field: 'on', type: 'assessment.requested', rule: 'EHCNA-20W-FINAL' }]);
		expect(journey.main?.ribbon).toBeUndefined();
		expect(journey.actions[0]).toMatchObject({ key: 'give-date', about: 'assessment.requested' });
	});
	it('does not call a decision late that a later step shows was made, but asks for its day', () => {
		const asked = fact('assessment.requested', '2025-01-14');
		const served = fact('draft.served', '2025-04-20', { kind: 'first' });
		const journey = tell(
			[asked, served],
			[says('EHCNA-6W-DECISION', asked, '2025-02-25', { state: 'late' })],
			'2025-04-22'
		);
		expect(journey.late).toEqual([]);
		expect(journey.missing).toContainEqual({
			field: 'on',
			type: 'assessment.agreed',
			rule: 'EHCNA-6W-DECISION'
		});
	});
	it('has something to offer when nothing has been stated yet', () => {
		expect(tell([], [], '2025-03-01')).toMatchObject({
			tracks: [],
			late: [],
			now: { why: 'all-quiet' },
			actions: [{ key: 'ask-assessment' }]
		});
	});
});
