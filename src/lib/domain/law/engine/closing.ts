import type { EventType } from '../../case/vocabulary.ts';
import { addDays, type CivilDate } from '../../time/civil-date.ts';
import type { CloserSpec } from '../rule-record.ts';
import { decisionAnswered, isAppealable, refusalReversed } from './decisions.ts';
import type { Case } from './due.ts';
import type { Fact } from './facts.ts';
import { closes, SETS_OWN_WINDOW } from './predicates.ts';
import { HALF_A_YEAR_DAYS } from './processes.ts';

export type Closed = { how: 'done' | 'moot' | 'ended'; by: Fact; from: CivilDate };

/** Rules about a plan that exists: they end with it (law-decisions §1.1). */
const PLAN_RULE = /^(RE-|AR-|PT-|MOVE-|PB-|PROVISION-START$)/;
/** What counts from the day it was recorded, because its own day is that of the meeting. */
const COUNTS_WHEN_RECORDED: readonly EventType[] = ['review.meeting-cancelled', 'review.meeting-set'];
const PRECEDENCE = { done: 0, moot: 1, ended: 2 };

/** The first event on or before `asOf` that closes; between events of one day done, moot, ended in this order. */
export function closerOf(of: Case): Closed | undefined {
	const found = [
		...matching(of, 'done', of.rule.doneBy),
		...matching(of, 'moot', [...of.rule.mootBy, ...(of.spec.mootBy ?? [])]),
		...matching(of, 'ended', PLAN_RULE.test(of.rule.id) ? [{ type: 'plan.ceased' }] : [])
	];
	return found.sort(byDay)[0];
}

function byDay(a: Closed, b: Closed): number {
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	return PRECEDENCE[a.how] - PRECEDENCE[b.how] || a.by.index - b.by.index;
}

function matching(of: Case, how: Closed['how'], specs: readonly CloserSpec[]): Closed[] {
	const {
		context,
		spec: { mootBy = [] }
	} = of;
	return specs.flatMap((spec) =>
		context.facts
			.of(spec.type)
			.filter((closer) => closer !== of.fact && isCounted(closer, of) && matches(spec, closer, of))
			// What makes a trigger of its own moot cannot at the same time be its doing (MED-CERT-3WD by lapse).
			.filter(
				(closer) =>
					how !== 'done' || !mootBy.some((moot) => moot.type === closer.type && matches(moot, closer, of))
			)
			.map((by) => ({ how, by, from: startOf(by) }))
	);
}

function startOf(closer: Fact): CivilDate {
	return (COUNTS_WHEN_RECORDED.includes(closer.type) && closer.recordedOn) || closer.on;
}

/** Known by `asOf`. A cancelled or newly set meeting that nobody dated is known as soon as it is in the list. */
function isCounted(closer: Fact, { context: { asOf } }: Case): boolean {
	if (COUNTS_WHEN_RECORDED.includes(closer.type))
		return closer.recordedOn === undefined || closer.recordedOn <= asOf;
	return closer.on <= asOf;
}

function matches(spec: CloserSpec, closer: Fact, of: Case): boolean {
	const { fact, context, rule } = of;
	if (spec.is && !spec.is.is.includes(closer.detail[spec.is.detail] ?? '')) return false;
	if (spec.same?.some((detail) => closer.detail[detail] !== fact.detail[detail])) return false;
	const earliest = rule.back ? addDays(fact.on, -HALF_A_YEAR_DAYS) : fact.on;
	const setsOwn = spec.test !== undefined && SETS_OWN_WINDOW.includes(spec.test);
	if (!setsOwn && closer.on < earliest) return false;
	if (spec.test && !closes(spec.test, { context, fact, closer })) return false;
	return rule.answersDecision ? answersSame(closer, of) : !answersAnother(closer, of);
}

/** Whether an appeal, a mediation step or a change of mind is about the decision that this milestone runs from. */
function answersSame(closer: Fact, { fact, context: { facts } }: Case): boolean {
	const decision = isAppealable(fact) ? fact : decisionAnswered(facts, fact);
	if (closer.type === 'assessment.refusal-reversed') return refusalReversed(facts, closer) === decision;
	const answered = decisionAnswered(facts, closer);
	return decision === undefined || answered === undefined ? !isAppealable(fact) : answered === decision;
}

/** `re` names one event: where that is the kind of event this rule runs from, the answer closes only its milestone. */
function answersAnother(closer: Fact, { fact, rule, context: { facts } }: Case): boolean {
	const named = closer.detail.re === undefined ? undefined : facts.byId(closer.detail.re);
	return named !== undefined && named !== fact && rule.triggers.some(({ type }) => type === named.type);
}
