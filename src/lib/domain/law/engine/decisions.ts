import { daysBetween } from '../../time/civil-date.ts';
import type { Fact, Facts } from './facts.ts';

const REFUSALS_AND_PLANS = [
	'assessment.refused',
	'plan.refused',
	'reassessment.refused',
	'plan.finalised'
] as const;
export const APPEALABLE_TYPES = [...REFUSALS_AND_PLANS, 'review.decided', 'cease.decided'] as const;

export function isCeasingLetter(fact: Fact): boolean {
	return fact.type === 'cease.decided' || (fact.type === 'review.decided' && fact.detail.outcome === 'cease');
}

/**
 * The earlier letter about the same ceasing, when there is one: a review decision and a ceasing decision within 14 days
 * are one decision told twice (law-decisions §3, CEASE-APPEAL).
 */
export function earlierCeasingLetter(facts: Facts, letter: Fact): Fact | undefined {
	if (!isCeasingLetter(letter)) return undefined;
	return facts
		.of('review.decided', 'cease.decided')
		.find(
			(other) =>
				other.type !== letter.type &&
				isCeasingLetter(other) &&
				other.index < letter.index &&
				daysBetween(other.on, letter.on) <= 14
		);
}

/** A decision that starts a right of appeal: a refusal, a plan, "no change" or ceasing. */
export function isAppealable(fact: Fact): boolean {
	if (fact.type === 'review.decided')
		return fact.detail.outcome === 'maintain' || fact.detail.outcome === 'cease';
	return (APPEALABLE_TYPES as readonly string[]).includes(fact.type);
}

/**
 * The decision that an appeal, a certificate or a mediation request is about: what `re` names, through other answers if need
 * be, else the newest appealable decision on or before that day.
 */
export function decisionAnswered(facts: Facts, answer: Fact): Fact | undefined {
	const named = answer.detail.re === undefined ? undefined : facts.byId(answer.detail.re);
	if (named && isAppealable(named)) return firstTold(facts, named);
	if (named && named.index < answer.index) return decisionAnswered(facts, named);
	const newest = facts.newest(APPEALABLE_TYPES, answer.on, isAppealable);
	return newest && firstTold(facts, newest);
}

/** A second letter about one ceasing is the newest word, but its window runs from the first letter. */
function firstTold(facts: Facts, decision: Fact): Fact {
	const earlier = earlierCeasingLetter(facts, decision);
	return earlier ? firstTold(facts, earlier) : decision;
}

/** The refusal that a change of mind takes back. */
export function refusalReversed(facts: Facts, reversal: Fact): Fact | undefined {
	const named = reversal.detail.re === undefined ? undefined : facts.byId(reversal.detail.re);
	if (named?.type === 'assessment.refused') return named;
	return facts.newest(['assessment.refused'], reversal.on);
}

/** Whether a change of mind takes back this refusal too: the one it answers, or an earlier one of the same request. */
export function takesBack(facts: Facts, reversal: Fact, refusal: Fact): boolean {
	const answered = refusalReversed(facts, reversal);
	if (!answered || answered.index < refusal.index) return false;
	return !facts
		.of('assessment.requested')
		.some((request) => request.on > refusal.on && request.on <= answered.on);
}

/** What a council gives way on, when it does not say (law-decisions §2). */
export function outcomeOfConceding(decision: Fact | undefined): string | undefined {
	if (!decision) return undefined;
	if (isCeasingLetter(decision)) return 'cease-allowed';
	switch (decision.type) {
		case 'assessment.refused':
			return 'assess';
		case 'reassessment.refused':
			return 'reassess';
		case 'plan.refused':
			return 'make-plan';
		default:
			return 'amend';
	}
}

export function outcomesOf(fact: Fact): string[] {
	return (fact.detail.outcome ?? '').split(',').map((word) => word.trim());
}
