import { addDays, addMonths, partsOf, type CivilDate } from '../../time/civil-date.ts';
import { ENGLAND_AND_WALES } from '../../time/bank-holidays.ts';
import { stepWorkingDays } from '../../time/working-days.ts';
import { outcomesOf, refusalReversed } from './decisions.ts';
import type { Fact, Facts } from './facts.ts';

/** A notice belongs to the newest meeting at most 26 weeks before it; a back-count's closer may precede it by as much. */
export const HALF_A_YEAR_DAYS = 26 * 7;

export function isOutside(notice: Fact): boolean {
	return notice.detail.outside === 'yes';
}

export function meetingOfNotice(facts: Facts, notice: Fact): Fact | undefined {
	const since = addDays(notice.on, -HALF_A_YEAR_DAYS);
	return facts.newest(['review.meeting-held'], notice.on, (meeting) => meeting.on >= since);
}

/** Whether no earlier notice followed the same meeting. Without a meeting every notice counts. */
export function isFirstNotice(facts: Facts, notice: Fact): boolean {
	const meeting = meetingOfNotice(facts, notice);
	if (!meeting) return true;
	return !facts
		.of('review.amendment-notice')
		.some((other) => !isOutside(other) && other.index < notice.index && other.on >= meeting.on);
}

/** The first notice after a meeting stands for the decision to amend, when no decision was recorded by then (AR-12M row). */
export function noticeIsDecision(facts: Facts, notice: Fact): boolean {
	const meeting = meetingOfNotice(facts, notice);
	if (isOutside(notice) || !meeting || !isFirstNotice(facts, notice)) return false;
	return !facts.of('review.decided').some((decided) => decided.on >= meeting.on && decided.on <= notice.on);
}

/** Whether the yearly review is counted from this event (AR-12M row). */
export function isReviewBase(facts: Facts, fact: Fact): boolean {
	if (fact.type === 'review.decided') return fact.detail.outcome !== 'cease';
	if (fact.type === 'review.amendment-notice') return noticeIsDecision(facts, fact);
	return fact.type === 'plan.finalised' && (fact.detail.kind === 'first' || isAmendedBase(facts, fact));
}

/** An amended plan counts only where neither a first plan nor an earlier decision is known, and it is the earliest plan. */
export function isAmendedBase(facts: Facts, plan: Fact): boolean {
	const plans = facts.of('plan.finalised');
	if (plan !== plans[0] || plans.some((other) => other.detail.kind === 'first')) return false;
	return !facts
		.of('review.decided', 'review.amendment-notice')
		.some((fact) => fact.index < plan.index && isReviewBase(facts, fact));
}

const opensByOrder = (fact: Fact) =>
	(fact.type === 'appeal.order' || fact.type === 'appeal.conceded') && outcomesOf(fact).includes('reassess');

/** Whether a reassessment, agreed or ordered, is open when this event happens (RE-14W-FINAL row). */
export function reassessmentOpen(facts: Facts, at: Fact): boolean {
	const ends = facts.of('plan.finalised', 'plan.ceased');
	return facts
		.of('reassessment.agreed', 'appeal.order', 'appeal.conceded')
		.filter((fact) => (fact.type === 'reassessment.agreed' || opensByOrder(fact)) && fact.on <= at.on)
		.some((opener) => !ends.some((end) => end.index > opener.index && end !== at && isBefore(end, at)));
}

/** On one day only an event of the same type can have come before. */
function isBefore(end: Fact, at: Fact): boolean {
	return end.on < at.on || (end.on === at.on && end.type === at.type && end.index < at.index);
}

/** Whether the tribunal, and not the council alone, opened the reassessment that is now agreed. */
export function reassessmentOrdered(facts: Facts, agreed: Fact): boolean {
	const ends = facts.of('plan.finalised', 'plan.ceased', 'reassessment.agreed');
	return facts
		.of('appeal.order', 'appeal.conceded')
		.filter((fact) => opensByOrder(fact) && fact.on <= agreed.on)
		.some(
			(order) => !ends.some((end) => end !== agreed && end.index > order.index && end.index < agreed.index)
		);
}

export function newestRequest(facts: Facts, day: CivilDate): Fact | undefined {
	return facts.newest(['assessment.requested'], day) ?? facts.newest(['responsibility.began'], day);
}

/** No order and no concession from the refusal to 14 days after the change of mind: then F3 applies, not regulation 44. */
export function reversedWithoutTribunal(facts: Facts, reversal: Fact): boolean {
	const from = (refusalReversed(facts, reversal) ?? newestRequest(facts, reversal.on) ?? reversal).on;
	const to = addDays(reversal.on, 14);
	return !facts.of('appeal.order', 'appeal.conceded').some((step) => step.on >= from && step.on <= to);
}

export type Move = { movesOn?: CivilDate; inGoodTime: boolean; certain: boolean };

/** What is known of a move, told by the first of the events about it; undefined for the later ones. */
export function moveFirstKnown(facts: Facts, known: Fact): Move | undefined {
	const movesBefore = (fact: Fact) => facts.of('area.moved').filter((moved) => moved.on < fact.on).length;
	const group = facts.of('area.move-known').filter((fact) => movesBefore(fact) === movesBefore(known));
	if (group[0] !== known) return undefined;
	const movesOn = group.map((fact) => fact.detail.movesOn).findLast((day) => day !== undefined);
	if (!movesOn) return { inGoodTime: false, certain: true };
	// "At least 15 working days" before the move, the day of the move not counted (reg 15(2)).
	const latest = stepWorkingDays(movesOn, -15, { calendar: ENGLAND_AND_WALES });
	return { movesOn, inGoodTime: latest.date >= known.on, certain: latest.certain };
}

const FEBRUARY_PHASES = [
	'early-years-to-school',
	'infant-to-junior',
	'primary-to-secondary',
	'primary-to-middle',
	'middle-to-secondary'
];

/** The last day for the plan of a transfer, or the detail that is missing. */
export function transferLongstop({ detail }: Fact): CivilDate | { needs: string } {
	if (!detail.phase) return { needs: 'phase' };
	if (!detail.startsOn) return { needs: 'startsOn' };
	const { year } = partsOf(detail.startsOn);
	if (FEBRUARY_PHASES.includes(detail.phase)) return `${year}-02-15`;
	return detail.phase === 'secondary-to-post-16' ? `${year}-03-31` : addMonths(detail.startsOn, -5);
}

/** The newest word about a transfer in the same calendar year replaces the earlier ones. */
export function replacesTransfer(earlier: Fact, later: Fact): boolean {
	const year = earlier.detail.startsOn?.slice(0, 4);
	return year !== undefined && later.detail.startsOn?.slice(0, 4) === year && later.index > earlier.index;
}

export function isReplacedTransfer(facts: Facts, transfer: Fact): boolean {
	return facts.of('transfer.expected').some((later) => replacesTransfer(transfer, later));
}

/** A plan that ends a transfer: after the newest meeting before the last day, and within the year before that day. */
export function finishesTransfer(facts: Facts, transfer: Fact, plan: Fact): boolean {
	const longstop = transferLongstop(transfer);
	if (typeof longstop !== 'string' || plan.on < addMonths(longstop, -12)) return false;
	const meeting = facts.newest(['review.meeting-held'], longstop);
	return !meeting || plan.on >= meeting.on;
}

/** A day that is set anew, by when it was recorded and not by which day it is (law-decisions §1.3, §2). */
export function replacesMeeting(facts: Facts, earlier: Fact, later: Fact): boolean {
	if (earlier.type !== 'review.meeting-set' || later.type !== 'review.meeting-set') return false;
	const newer =
		later.recorded === earlier.recorded ? later.index > earlier.index : later.recorded > earlier.recorded;
	const held = facts
		.of('review.meeting-held')
		.some((meeting) => meeting.on >= earlier.on && meeting.on < later.on);
	return newer && !held;
}
