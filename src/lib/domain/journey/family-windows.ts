import type { CivilDate } from '../time/civil-date.ts';
import type { KeyedMilestone } from './journey.ts';
import { isOpen } from './plan.ts';

/** Bars on asking again and birthdays are dates to know, never somebody's next deadline. */
const NOT_DEADLINES = /^(EHCNA-REREQUEST|RE-6M-BAR|YP-RIGHTS|PFA-25|CO-JR-3M|PROVISION-START|TRIB-R44-CEASE)/;
const COMMENT = /15D-COMMENT$|^AR-OUTSIDE-15D$/;

export const isDeadline = (m: KeyedMilestone): boolean =>
	isOpen(m) && !NOT_DEADLINES.test(m.rule) && m.kind !== 'practice';
export const isOwn = (m: KeyedMilestone): boolean => m.actor === 'family' && isDeadline(m);
export const isOthers = (m: KeyedMilestone): boolean => m.actor !== 'family' && isDeadline(m);
export const isComment = (m: KeyedMilestone): boolean => COMMENT.test(m.rule);

/**
 * It is the family's turn when a draft waits for its words or a council has said no. The right to appeal against a plan it
 * may well be happy with is named, but does not turn Home marigold for two months.
 */
const SAID_NO = new Set([
	'assessment.refused',
	'plan.refused',
	'reassessment.refused',
	'cease.decided',
	'mediation.certificate'
]);
export function isTurn(m: KeyedMilestone, ceasing: boolean): boolean {
	if (!isOwn(m)) return false;
	return (
		isComment(m) ||
		(/^(TRIB-APPEAL|CEASE-APPEAL|MED-CONTACT)/.test(m.rule) && (SAID_NO.has(m.trigger.type) || ceasing))
	);
}

/** The day to act by: the safe day where there is one. */
export const actBy = (m: KeyedMilestone): CivilDate => m.sendBy ?? m.due ?? '9999-12-31';
/** On one day the family's own words come first, then the appeal; asking for a budget or a mediator is part of either. */
const weight = (m: KeyedMilestone): number => (isComment(m) ? 0 : /^(TRIB|CEASE)/.test(m.rule) ? 1 : 2);
export const soonest = (ms: readonly KeyedMilestone[]): KeyedMilestone | undefined =>
	[...ms].sort((a, b) => (actBy(a) < actBy(b) ? -1 : actBy(a) > actBy(b) ? 1 : weight(a) - weight(b)))[0];
