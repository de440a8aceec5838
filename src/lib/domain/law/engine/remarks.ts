import type { LawResult, Milestone } from '../milestone.ts';
import type { RemarkRecord, RemarkTest } from '../rule-record.ts';
import { REMARK_RULES } from '../remark-set.ts';
import type { Context } from './context.ts';
import { isInForce } from './milestones.ts';
import { meets } from './predicates.ts';

type Remark = LawResult['remarks'][number];

const TESTS: Record<RemarkTest, (milestone: Milestone, context: Context) => boolean> = {
	'no-meeting-and-late': ({ due, trigger }, { facts, asOf }) =>
		due !== undefined &&
		due < asOf &&
		!facts.of('review.meeting-held').some(({ on }) => on >= trigger.on && on <= asOf),
	'no-certificate': ({ trigger }, { facts, asOf }) =>
		!facts.of('mediation.certificate').some(({ on }) => on >= trigger.on && on <= asOf),
	'final-plan': ({ trigger }) => trigger.type === 'plan.finalised'
};

function remarksOf(record: RemarkRecord, milestones: readonly Milestone[], context: Context): Remark[] {
	if ('rule' in record.on) {
		const { rule, test } = record.on;
		return milestones
			.filter(
				(milestone) =>
					milestone.rule === rule && milestone.closedBy === undefined && milestone.state !== 'passed'
			)
			.filter((milestone) => !test || TESTS[test](milestone, context))
			.filter((milestone) => isInForce(record, milestone.trigger.on))
			.map(({ trigger }) => ({ rule: record.id, on: trigger.on, about: record.about ?? rule }));
	}
	const { events, when = [] } = record.on;
	return context.facts
		.of(...events)
		.filter((fact) => isInForce(record, fact.on) && meets(when, { context, fact }) === true)
		.map(({ on, type }) => ({ rule: record.id, on, about: record.about ?? type }));
}

/** Flags beside the milestones that are still open, and on the events they concern. */
export function remarks(milestones: readonly Milestone[], context: Context): Remark[] {
	return REMARK_RULES.flatMap((record) => remarksOf(record, milestones, context));
}
