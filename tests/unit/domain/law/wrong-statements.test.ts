import { addDays } from '#domain/time/civil-date.ts';
import { countSteps } from '#domain/time/counting.ts';
import { RULES } from '#domain/law/rule-set.ts';
import { expect, test } from 'vitest';
import { check, lawOf } from './telling.ts';

/** Things that live pages say and that are not so (law.md §7). */

const dueOf = (rule: string, events: string) =>
	lawOf({ asOf: '2026-06-01', events }).milestones.find((m) => m.rule === rule)?.due;

test('1. twenty weeks are not counted in working days', () => {
	const due = dueOf('EHCNA-20W-FINAL', 'assessment.requested 2026-01-05');
	expect(due).toBe(addDays('2026-01-05', 140));
	expect(due).not.toBe(countSteps('2026-01-05', [{ op: 'WDx', n: 100 }]).date);
});

test('2. twenty weeks do not stop for the summer holiday', () => {
	expect(dueOf('EHCNA-20W-FINAL', 'assessment.requested 2026-05-18')).toBe('2026-10-05');
	// A closure is only an exception that somebody may claim, and even then no date moves.
	check({
		says: 'claimed',
		asOf: '2026-10-06',
		events: 'assessment.requested 2026-05-18\nexception.claimed 2026-09-01 rule=EHCNA-20W-FINAL exception=X1',
		expect: 'EHCNA-20W-FINAL due=2026-10-05 state=relaxed_claimed'
	});
});

test('3. the time to appeal after a final plan is two months, not eight weeks', () => {
	expect(dueOf('TRIB-APPEAL-2M', 'plan.finalised 2026-03-02')).toBe('2026-05-05');
	expect(dueOf('TRIB-APPEAL-2M', 'plan.finalised 2026-03-02')).not.toBe(addDays('2026-03-02', 56));
});

test('4. nor 60 days, nor 30 from the certificate', () => {
	expect(dueOf('TRIB-APPEAL-2M', 'plan.finalised 2026-01-12')).toBe('2026-03-12');
	expect(dueOf('TRIB-APPEAL-2M', 'plan.finalised 2026-01-12')).not.toBe(addDays('2026-01-12', 60));
	const certificate = 'plan.finalised 2026-01-12\nmediation.certificate 2026-03-10';
	expect(dueOf('TRIB-APPEAL-1M-CERT', certificate)).toBe('2026-04-10');
	expect(dueOf('TRIB-APPEAL-1M-CERT', certificate)).not.toBe(addDays('2026-03-10', 30));
});

test('5. the amended plan is due 8 weeks from the notice and 12 from the meeting, not 8 from the meeting', () => {
	const events = 'review.meeting-held 2026-03-12\nreview.amendment-notice 2026-04-09';
	expect(dueOf('AR-8W-FINAL', events)).toBe('2026-06-04');
	expect(dueOf('AR-12W-OUTER', events)).toBe('2026-06-04');
	expect(dueOf('AR-FINAL-BY', events)).not.toBe(addDays('2026-03-12', 56));
});

test('6. a review is not done once the meeting is held', () => {
	check({
		says: 'held',
		asOf: '2026-03-02',
		events: 'plan.finalised 2025-03-01\nreview.meeting-held 2026-02-20',
		expect: 'AR-12M due=2026-03-01 state=late by=-'
	});
	check({
		says: 'decided',
		asOf: '2026-03-02',
		events:
			'plan.finalised 2025-03-01\nreview.meeting-held 2026-02-20\nreview.decided 2026-03-01 outcome=maintain',
		expect: 'AR-12M @2025-03-01 state=done_on_time by=review.decided'
	});
});

test('7. a comment after the fifteen days is not late: it is a floor', () => {
	for (const events of ['draft.served 2026-03-04', 'draft.served 2026-03-04\ndraft.answered 2026-03-25'])
		check({
			says: 'floor',
			asOf: '2026-04-01',
			events,
			expect: 'EHCNA-15D-COMMENT due=2026-03-18 direction=floor state=passed'
		});
	for (const rule of RULES.filter(({ direction }) => direction === 'floor'))
		expect(rule.passes, rule.id).toBe(true);
});

test('8. a summer closure does not suspend a school’s six weeks for advice', () => {
	const rule = RULES.find(({ id }) => id === 'EHCNA-ADVICE-6W');
	expect(rule?.exceptions).toEqual(['X3', 'X4', 'X5']);
	check({
		says: 'summer',
		asOf: '2026-09-01',
		events:
			'advice.requested 2026-07-15 adviser=school\nexception.claimed 2026-07-20 rule=EHCNA-ADVICE-6W exception=X1',
		expect: 'EHCNA-ADVICE-6W due=2026-08-26 state=late'
	});
});

test('9. no legal limit of 18 weeks for the plan, or for therapy that no consultant leads', () => {
	const { milestones } = lawOf({
		asOf: '2026-06-01',
		events: 'assessment.requested 2026-01-05\nreferral.made 2026-01-05 service=speech'
	});
	expect(milestones.map(({ due }) => due)).not.toContain(addDays('2026-01-05', 126));
	expect(RULES.find(({ id }) => id === 'HE-18W')?.kind).not.toBe('statute');
});

test('10. fifteen days for a consulted setting are guidance, not law', () => {
	check({
		says: 'consulted',
		asOf: '2026-05-01',
		events: 'setting.consulted 2026-04-21 setting=Oak',
		expect: 'EHCNA-CONSULT-15D due=2026-05-06 kind=stat_guidance'
	});
});
