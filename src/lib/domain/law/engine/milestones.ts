import type { CivilDate } from '../../time/civil-date.ts';
import type { Citation, Milestone, Trigger } from '../milestone.ts';
import type { RuleRecord, TriggerSpec } from '../rule-record.ts';
import { closerOf } from './closing.ts';
import type { Context } from './context.ts';
import { datesOf, missing, type Case } from './due.ts';
import type { Fact } from './facts.ts';
import { meets } from './predicates.ts';
import { stateOf } from './state.ts';

/** Everything one rule says about this case: one milestone per triggering event that meets its condition. */
export function milestonesOf(rule: RuleRecord, context: Context): Milestone[] {
	if (rule.promised && promisesOf(rule, context).length === 0) return [];
	return rule.triggers.flatMap((spec) =>
		triggersOf(spec, context)
			.filter((fact) => isInForce(rule, fact.on))
			.flatMap((fact) => milestone({ rule, spec, fact, context }))
	);
}

/** Where a council's own promise was read, and when: it may be older than what the council does today. */
function promisesOf({ id }: RuleRecord, { council }: Context): Citation[] {
	return (council?.promises ?? [])
		.filter((promise) => promise.rule === id)
		.map(({ source, on }) => ({
			text: on === undefined ? source : `${source} (${on})`,
			verified: on !== undefined
		}));
}

export function isInForce(
	rule: { effectiveFrom?: CivilDate; effectiveTo?: CivilDate },
	on: CivilDate
): boolean {
	return (rule.effectiveFrom ?? on) <= on && on <= (rule.effectiveTo ?? on);
}

/** A birth is not an event of the case: it stands in for one, with the id that nothing answers. */
function triggersOf({ type }: TriggerSpec, { facts, bornOn }: Context): readonly Fact[] {
	if (type !== 'child') return facts.of(type);
	return bornOn
		? [{ id: 'child', type: 'note', on: bornOn, detail: {}, recorded: -Infinity, index: -1 }]
		: [];
}

function milestone(of: Case): Milestone[] {
	const { rule, spec, fact } = of;
	const answer = meets(spec.when ?? [], of);
	if (answer === false) return [];
	const { inputs, needs, certain, alternatives, ...dates } =
		answer === true ? datesOf(of) : missing(answer.needs);
	const closed = closerOf(of);
	const said = {
		rule: rule.id,
		version: rule.version,
		kind: rule.kind,
		direction: rule.direction,
		actor: rule.actor,
		trigger: triggerOf(spec, fact),
		...dates,
		...(needs !== undefined && { needs }),
		certain,
		state: stateOf(of, { ...dates, needs, certain, alternatives, inputs }, closed),
		...(closed && { closedBy: { type: closed.by.type, on: closed.by.on, id: closed.by.id } }),
		exceptions: [...rule.exceptions],
		remedies: [...rule.remedies],
		citation: [...(rule.promised ? promisesOf(rule, of.context) : rule.citation)],
		alternatives,
		...(inputs.length > 0 && { inputs: inputs.map(({ type, on, id }) => ({ type, on, id })) }),
		...(fact.inferred !== undefined && { inferred: fact.inferred })
	};
	return [said];
}

function triggerOf({ type }: TriggerSpec, { on, id, detail }: Fact): Trigger {
	if (type === 'child') return { type, on };
	const party = {
		...(detail.adviser !== undefined && { adviser: detail.adviser }),
		...(detail.setting !== undefined && { setting: detail.setting })
	};
	return { type, on, id, ...party };
}
