import type { CaseEvent } from '#domain/case/case-event.ts';
import { DEMO_COUNCIL, councilByCode } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import { REMARK_RULES } from '#domain/law/remark-set.ts';
import { RULES, ruleById } from '#domain/law/rule-set.ts';
import { describe, expect, test } from 'vitest';
import { check, eventsOf, lawOf } from './telling.ts';

const codes = (asOf: string, events: string, born?: string) =>
	lawOf({ asOf, events, born }).warnings.map(({ code }) => code);

describe('states (law-decisions §1.1)', () => {
	test.each([
		['2026-01-04', 'not_started'],
		['2026-01-05', 'upcoming'],
		['2026-02-15', 'upcoming'],
		['2026-02-16', 'due_today'],
		['2026-02-17', 'late']
	])('six weeks looked at on %s: %s', (asOf, state) => {
		check({
			says: state,
			asOf,
			events: 'assessment.requested 2026-01-05',
			expect: `EHCNA-6W-DECISION due=2026-02-16 state=${state}`
		});
	});
	test('a milestone never goes away', () => {
		const events = 'assessment.requested 2026-01-05\nassessment.refused 2026-02-13\nplan.ceased 2026-03-01';
		const names = (asOf: string) =>
			lawOf({ asOf, events }).milestones.map(({ rule, trigger }) => `${rule} ${trigger.on}`);
		expect(names('2030-01-01')).toEqual(names('2025-01-01'));
	});
	test('a closer on the trigger’s own day counts, the trigger itself never', () => {
		check({
			says: 'own day',
			asOf: '2026-02-01',
			events:
				'assessment.requested 2026-01-05\nassessment.agreed 2026-01-05\nreview.decided 2026-01-10 outcome=maintain',
			expect: 'EHCNA-6W-DECISION state=done_on_time\nAR-12M @2026-01-10 state=upcoming by=-'
		});
	});
	test('between events of one day done comes before moot and moot before ended; the first day wins', () => {
		check({
			says: 'one day',
			asOf: '2026-06-01',
			events: 'draft.served 2026-03-04\nplan.refused 2026-03-10\ndraft.answered 2026-03-10',
			expect: 'EHCNA-15D-COMMENT state=done_on_time by=draft.answered'
		});
		check({
			says: 'first day',
			asOf: '2026-06-01',
			events: 'draft.served 2026-03-04\nplan.refused 2026-03-09\ndraft.answered 2026-03-10',
			expect: 'EHCNA-15D-COMMENT state=moot by=plan.refused'
		});
		check({
			says: 'moot before ended',
			asOf: '2026-06-01',
			events: 'plan.finalised 2026-01-10\narea.moved 2026-03-09\nplan.ceased 2026-03-09',
			expect: 'AR-12M state=moot by=area.moved'
		});
	});
	test('outside the holiday table the date is computed and called uncertain', () => {
		check({
			says: 'beyond 2028',
			asOf: '2029-01-10',
			events: 'complaint.made 2028-12-20\nassessment.requested 2028-12-20\nplan.refused 2028-12-20',
			expect: `
				CO-BCC-15WD due=2029-01-12 certain=false state=unknown_calendar
				EHCNA-6W-DECISION due=2029-01-31 certain=true state=upcoming
				TRIB-APPEAL-2M due=2029-02-20 certain=false state=unknown_calendar
				MED-CONTACT-2M due=2029-02-20 certain=true state=upcoming`
		});
		check({
			says: 'inside',
			asOf: '2028-12-27',
			events: 'complaint.made 2028-12-01',
			expect: 'CO-BCC-15WD due=2028-12-22 certain=true state=late'
		});
		check({
			says: 'closed all the same',
			asOf: '2029-02-01',
			events: 'complaint.made 2028-12-20\ncomplaint.answered 2029-01-10',
			expect: 'CO-BCC-15WD certain=false state=done_on_time'
		});
	});
	test('asOf changes states and nothing else', () => {
		const events =
			'plan.refused 2026-03-02\nmediation.certificate 2026-03-10\nhearing.set 2026-06-10\nnote 2026-01-01';
		const dates = (asOf: string) =>
			lawOf({ asOf, events }).milestones.map(({ rule, trigger, due, sendBy, alternatives }) => ({
				rule,
				trigger,
				due,
				sendBy,
				alternatives
			}));
		expect(dates('2020-01-01')).toEqual(dates('2028-01-01'));
	});
});

describe('order and duplicates (§1.1, §1.3)', () => {
	test('the same fact told twice counts once; another detail is another fact', () => {
		const { milestones } = lawOf({
			asOf: '2026-03-01',
			events:
				'advice.requested 2026-02-18 adviser=school\nadvice.requested 2026-02-18 adviser=school\nadvice.requested 2026-02-18 adviser=health'
		});
		expect(milestones.map(({ trigger }) => trigger.adviser)).toEqual(['school', 'health']);
	});
	test('an answer to a twin that was dropped finds the one that was kept', () => {
		check({
			says: 'twin',
			asOf: '2026-06-01',
			events:
				'plan.refused 2026-01-05 #a\nplan.refused 2026-01-05 #b\nplan.finalised 2026-02-01 #c\nappeal.lodged 2026-02-20 re=b',
			expect: 'TRIB-APPEAL-2M @2026-01-05 state=done_on_time\nTRIB-APPEAL-2M @2026-02-01 state=passed by=-'
		});
	});
	test('the newest day set for a review is the one recorded last, whatever the list order', () => {
		const events = (first: string, second: string) => `${first}\n${second}`;
		const later = 'review.meeting-set 2026-03-12 recorded=2026-02-01T09:00:00+00:00';
		const earlier = 'review.meeting-set 2026-04-16 recorded=2026-02-01T08:59:59Z';
		for (const list of [events(later, earlier), events(earlier, later)])
			check({
				says: 'recorded',
				asOf: '2026-02-10',
				events: list,
				expect: 'AR-NOTICE-2W @2026-04-16 state=moot\nAR-NOTICE-2W @2026-03-12 state=upcoming'
			});
	});
	test('milestones come by due day, those without one last', () => {
		const { milestones } = lawOf({
			asOf: '2026-06-01',
			events: 'review.amendment-notice 2026-03-25\nassessment.requested 2026-01-05'
		});
		const due = milestones.map((milestone) => milestone.due ?? '9999');
		expect([...due].sort()).toEqual(due);
	});
});

describe('claimed exceptions (§1.12)', () => {
	const request = 'assessment.requested 2026-01-05\n';
	test('relax an open milestone and never its date', () => {
		const claim =
			'exception.claimed 2026-02-20 rule=EHCNA-6W-DECISION exception=X1 from=2026-02-01 to=2026-02-20';
		check({
			says: 'claimed',
			asOf: '2026-03-01',
			events: request + claim,
			expect:
				'EHCNA-6W-DECISION due=2026-02-16 state=relaxed_claimed alt=-\nEHCNA-16W-DECISION state=upcoming'
		});
		expect(codes('2026-03-01', request + claim)).toEqual([]);
		check({
			says: 'not yet',
			asOf: '2026-02-19',
			events: request + claim,
			expect: 'EHCNA-6W-DECISION state=late'
		});
	});
	test.each([
		['an exception the rule does not know', 'rule=EHCNA-6W-DECISION exception=X5'],
		['a summer closure for advice', 'rule=EHCNA-ADVICE-6W exception=X1'],
		['a rule with none open', 'rule=RE-14W-FINAL exception=X3'],
		['a rule nobody knows', 'rule=EHCNA-9W exception=X3'],
		['no rule', 'exception=X3'],
		['no exception', 'rule=EHCNA-6W-DECISION']
	])('%s is only a warning', (_, detail) => {
		const events = `${request}advice.requested 2026-01-20 adviser=school\nexception.claimed 2026-02-20 ${detail}`;
		const { milestones } = lawOf({ asOf: '2026-03-01', events });
		expect(milestones.filter(({ state }) => state === 'relaxed_claimed')).toEqual([]);
		expect(codes('2026-03-01', events)).toEqual(['exception-not-applied']);
	});
	test('what is done stays done', () => {
		check({
			says: 'done',
			asOf: '2026-03-01',
			events: `${request}assessment.agreed 2026-02-18\nexception.claimed 2026-02-20 rule=EHCNA-6W-DECISION exception=X3`,
			expect: 'EHCNA-6W-DECISION state=done_late'
		});
	});
	test('tribunal orders know X6 alone, and recommendations none', () => {
		const order = 'appeal.order 2026-01-12 outcome=amend,recommendation\n';
		check({
			says: 'X6',
			asOf: '2026-02-01',
			events: `${order}exception.claimed 2026-01-30 rule=TRIB-R44-AMEND-5W exception=X6`,
			expect: 'TRIB-R44-AMEND-5W state=relaxed_claimed'
		});
		expect(codes('2026-02-01', `${order}exception.claimed 2026-01-30 rule=TRIB-REC-5W exception=X6`)).toEqual(
			['exception-not-applied']
		);
	});
});

describe('warnings', () => {
	test('a past fact that lies ahead, and days that may', () => {
		expect(codes('2026-01-01', 'assessment.requested 2026-01-05')).toEqual(['future-fact']);
		expect(
			codes(
				'2026-01-01',
				'review.meeting-set 2026-03-12\nhearing.set 2026-06-10\ndirections.date 2026-05-01 what=evidence\nreview.meeting-cancelled 2026-03-12'
			)
		).toEqual([]);
	});
	test('a day sent that would give another day of receipt; on itself stays', () => {
		const friday = 'assessment.requested 2026-01-05 sentOn=2026-01-02 method=email';
		expect(codes('2026-02-01', friday)).toEqual(['receipt-differs']);
		check({
			says: 'on stays',
			asOf: '2026-02-01',
			events: friday,
			expect: 'EHCNA-6W-DECISION @2026-01-05 due=2026-02-16'
		});
		expect(
			codes('2026-02-01', 'assessment.requested 2026-01-05 sentOn=2026-01-02 method=first-class')
		).toEqual([]);
		expect(codes('2026-02-01', 'assessment.requested 2026-01-05 sentOn=2026-01-04')).toEqual([]);
		expect(
			codes('2026-02-01', 'assessment.requested 2026-01-09 sentOn=2026-01-02 method=signed-for')
		).toEqual([]);
	});
	test('a move before its own last day', () => {
		expect(
			codes('2026-01-10', 'transfer.expected 2026-01-05 phase=infant-to-junior startsOn=2027-01-11')
		).toEqual(['transfer-before-longstop']);
		expect(
			codes('2026-01-10', 'transfer.expected 2026-01-05 phase=infant-to-junior startsOn=2027-02-15')
		).toEqual([]);
	});
	test('a plan that ceases while the time to appeal runs', () => {
		expect(codes('2026-07-01', 'cease.decided 2026-03-02\nplan.ceased 2026-05-04')).toEqual([
			'ceased-before-appeal-window-ends'
		]);
		expect(codes('2026-07-01', 'cease.decided 2026-03-02\nplan.ceased 2026-05-05')).toEqual([]);
	});
	test('the spring and summer of 2020', () => {
		expect(codes('2020-06-01', 'assessment.requested 2020-03-20')).toEqual(['covid-2020']);
		expect(codes('2021-06-01', 'assessment.requested 2020-09-26')).toEqual([]);
		check({
			says: 'a note, not a date',
			asOf: '2020-06-01',
			events: 'assessment.requested 2020-03-20',
			expect: 'EHCNA-6W-DECISION due=2020-05-01 state=late'
		});
	});
	test('an answer to nobody, an outcome read from elsewhere, a birth after the case', () => {
		expect(codes('2026-07-01', 'plan.refused 2026-03-02\nappeal.lodged 2026-03-20 re=nobody')).toEqual([
			're-unknown'
		]);
		expect(codes('2026-07-01', 'plan.refused 2026-03-02\nappeal.conceded 2026-03-20')).toEqual([
			'outcome-inferred'
		]);
		expect(codes('2026-07-01', 'plan.refused 2026-03-02', '2026-04-01')).toContain('born-later');
		expect(codes('2026-03-03', 'plan.refused 2026-03-02', '2026-04-01')).toContain('born-later');
	});
});

describe('remarks are flags and never dates', () => {
	const cases: [string, string, string?][] = [
		[
			'2027-02-01',
			'plan.finalised 2026-01-10\nappeal.lodged 2026-02-02\ntransfer.expected 2026-01-15 phase=infant-to-junior startsOn=2027-09-01',
			'2015-01-01'
		],
		['2026-02-01', 'plan.finalised 2026-01-10\ncease.decided 2026-01-20\narea.moved 2026-01-12'],
		[
			'2026-02-01',
			'care.referred 2026-01-05\nreferral.made 2026-01-05 service=speech\nrecords.requested 2026-01-05 kind=educational-record'
		],
		['2026-02-01', 'review.meeting-set 2026-03-12', '2012-01-01'],
		[
			'2026-02-03',
			'transfer.expected 2026-01-15 phase=infant-to-junior startsOn=2027-09-01\nappeal.lodged 2026-02-02'
		]
	];
	const said = cases.flatMap(([asOf, events, born]) => lawOf({ asOf, events, born }).remarks);
	test.each(REMARK_RULES.map(({ id }) => id))('%s is said', (id) => {
		expect(said.map(({ rule }) => rule)).toContain(id);
	});
	test('and none of them is a milestone', () => {
		const milestones = cases.flatMap(([asOf, events, born]) => lawOf({ asOf, events, born }).milestones);
		const ids = REMARK_RULES.map(({ id }) => id);
		expect(milestones.filter(({ rule }) => ids.includes(rule))).toEqual([]);
	});
	test('no meeting: only once the yearly review is late', () => {
		const rules = (asOf: string, events: string) => lawOf({ asOf, events }).remarks.map(({ rule }) => rule);
		expect(rules('2027-01-10', 'plan.finalised 2026-01-10')).not.toContain('AR-NOMEET');
		expect(rules('2027-01-11', 'plan.finalised 2026-01-10')).toContain('AR-NOMEET');
		expect(rules('2027-01-11', 'plan.finalised 2026-01-10\nreview.meeting-held 2026-12-01')).not.toContain(
			'AR-NOMEET'
		);
	});
	test('preparing for adulthood from 1 September of the school year of the 14th birthday', () => {
		const rules = (day: string) =>
			lawOf({ asOf: '2026-01-01', born: '2012-08-31', events: `review.meeting-held ${day}` }).remarks.map(
				({ rule }) => rule
			);
		expect(rules('2025-08-31')).not.toContain('PFA-Y9');
		expect(rules('2025-09-01')).toContain('PFA-Y9');
	});
	test('school records have no date until a term calendar is given', () => {
		const { remarks, milestones } = lawOf({
			asOf: '2026-02-01',
			events: 'records.requested 2026-01-05 kind=educational-record'
		});
		expect(remarks).toEqual([{ rule: 'INFO-EDREC', on: '2026-01-05', about: 'unknown_calendar' }]);
		expect(milestones).toEqual([]);
	});
});

describe('the records', () => {
	test('have one version of a rule in force on any day', () => {
		const seen = new Set(RULES.map(({ id, version }) => `${id} ${version}`));
		expect(seen.size).toBe(RULES.length);
		for (const rule of RULES) {
			const sisters = RULES.filter(({ id }) => id === rule.id);
			for (const day of ['2014-09-01', '2020-06-01', '2026-11-25'])
				expect(
					sisters.filter((r) => (r.effectiveFrom ?? day) <= day && day <= (r.effectiveTo ?? day)).length
				).toBeLessThanOrEqual(1);
		}
	});
	test('cite something, or are a council’s own promise', () => {
		for (const rule of RULES) expect(rule.citation.length > 0 || rule.promised, rule.id).toBeTruthy();
		expect(ruleById('AR-12M')?.citation.some(({ verified }) => !verified)).toBe(true);
		expect(ruleById('NOBODY')).toBeUndefined();
	});
	test('case law has no first day', () => {
		for (const rule of RULES.filter(({ kind }) => kind === 'case'))
			expect(rule.effectiveFrom, rule.id).toBeUndefined();
	});
});

describe('a council’s own promises', () => {
	const events = eventsOf('complaint.made 2026-01-05').map((event, index) => ({
		...event,
		id: String(index)
	})) as CaseEvent[];
	const rules = (council?: Parameters<typeof lawFor>[0]['council']) =>
		lawFor({ events, asOf: '2026-01-10', council }).milestones.map(({ rule }) => rule);
	test('apply where its record has them, with their source', () => {
		expect(rules(DEMO_COUNCIL)).toEqual(['CO-BCC-15WD']);
		expect(rules('E08000025')).toEqual(['CO-BCC-15WD']);
		const [promise] = lawFor({ events, asOf: '2026-01-10', council: 'demo' }).milestones;
		expect(promise?.kind).toBe('local');
		expect(promise?.citation[0]?.text).toContain('2023-05-31');
	});
	test('and nowhere else', () => {
		expect(rules()).toEqual([]);
		expect(rules('E10000030')).toEqual([]);
		expect(rules({ code: 'x', promises: [{ rule: 'CO-BCC-REVIEW-20WD', source: 'page' }] })).toEqual([]);
		expect(councilByCode('nowhere')).toBeUndefined();
	});
});
