import type { CaseEvent } from '../case/case-event.ts';
import type { CivilDate } from '../time/civil-date.ts';
import { councilByCode, type CouncilRecord } from './council-promises.ts';
import { applyClaims } from './engine/claims.ts';
import type { Context } from './engine/context.ts';
import { readFacts } from './engine/defaults.ts';
import { milestonesOf } from './engine/milestones.ts';
import type { LawDates, LawResult, Milestone } from './milestone.ts';
import { LAW_AS_AT, RULES, RULES_VERSION } from './rule-set.ts';

export type LawInput = {
	events: readonly CaseEvent[];
	/** Without a date of birth, what hangs on it says `needs: bornOn` or nothing. */
	child?: { bornOn?: CivilDate };
	/** Today, as a civil date. It decides states and never a date. */
	asOf: CivilDate;
	/** A council's record or its code. Without one, no council's own promise applies. */
	council?: CouncilRecord | string;
};

export function contextOf({ events, child, asOf, council }: LawInput): Context {
	const record = typeof council === 'string' ? councilByCode(council) : council;
	return { facts: readFacts(events), asOf, bornOn: child?.bornOn, council: record };
}

/** The dates of a case, with what was odd about its claims: the half of lawFor that a screen shows first. */
export function datesIn(context: Context): LawDates & Pick<LawResult, 'warnings'> {
	const found = RULES.flatMap((rule) => milestonesOf(rule, context)).sort(byDue);
	return { lawAsAt: LAW_AS_AT, rules: RULES_VERSION, ...applyClaims(found, context) };
}

/**
 * What lawFor says about a case's dates, without flags and warnings. Pure, synchronous, the same for the same input on every
 * machine; nothing throws for a case that lacks a detail.
 */
export const datesFor = (input: LawInput): LawDates => datesIn(contextOf(input));

/** By due day, what has none last; the order of the rule set settles the rest. */
function byDue(a: Milestone, b: Milestone): number {
	if (a.due === b.due) return 0;
	if (a.due === undefined || b.due === undefined) return a.due === undefined ? 1 : -1;
	return a.due < b.due ? -1 : 1;
}
