import type { CaseEvent } from '../case/case-event.ts';
import type { KeyedMilestone, Step } from './journey.ts';
import { byDay } from './order.ts';
import { type Scene, type StepPlan, countsAsLate, isOpen } from './plan.ts';

type Part = Step['parts'][number];

function partState(came: CaseEvent | undefined, m: KeyedMilestone | undefined): Part['state'] {
	if (came) return 'done';
	if (m?.state === 'late') return 'late';
	return m?.state === 'moot' || m?.state === 'ended' ? 'moot' : 'waiting';
}

/** One part for each adviser or setting, in the order they were asked; an answer nobody asked for is a part as well. */
function partsOf(plan: StepPlan, { span, milestones }: Scene): Part[] {
	if (!plan.parts) return [];
	const { asked, came, by, rule } = plan.parts;
	const names = new Set(
		span.events.filter((e) => e.type === asked || e.type === came).map((e) => e.detail[by] ?? 'other')
	);
	const of = (name: string, type: string) =>
		span.events.findLast((e) => e.type === type && (e.detail[by] ?? 'other') === name);
	return [...names].map((about) => {
		const answer = of(about, came);
		const milestone = milestones.findLast((m) => m.rule === rule && (m.trigger[by] ?? 'other') === about);
		return {
			about,
			state: partState(answer, milestone),
			...(answer ? { on: answer.on } : {}),
			...(milestone?.due !== undefined ? { due: milestone.due } : {}),
			...(milestone ? { milestone } : {})
		};
	});
}

/** The first governs: open before closed, then in the plan's order of rules, then the newest draft or notice. */
function milestonesOf(plan: StepPlan, { milestones }: Scene): KeyedMilestone[] {
	const rank = (m: KeyedMilestone): number => (isOpen(m) ? 0 : 100) + plan.rules.indexOf(m.rule);
	return milestones
		.filter((m) => plan.rules.includes(m.rule))
		.sort((a, b) => rank(a) - rank(b) || (a.trigger.on < b.trigger.on ? 1 : -1));
}

function doneOn(plan: StepPlan, scene: Scene, parts: readonly Part[]): string | undefined {
	for (const type of plan.doneBy) {
		const fact = scene.span.events.findLast((e) => e.type === type && e.on <= scene.today);
		if (fact) return fact.on;
	}
	if (parts.length > 0 && parts.every((p) => p.state === 'done'))
		return parts
			.map((p) => p.on ?? '')
			.sort()
			.at(-1);
	return plan.doneWithout?.(scene);
}

/** What a step is when later steps have happened and its own day was never stated. */
function overtaken(plan: StepPlan, parts: readonly Part[]): Step['state'] {
	if (parts.some((p) => p.state === 'late')) return 'late';
	return plan.optional && parts.length === 0 ? 'moot' : 'done';
}

/** A step with the plan it came from and the other day of each pair beside the governing one. */
export type PlannedStep = { plan: StepPlan; step: Step };

/**
 * The stops of one process in its own order. `beside` gives, for a fact, the same fact with another day.
 * A step whose day was never stated and that later steps have overtaken has no `on`: the screen says it does not know.
 */
export function stepsOf(
	plans: readonly StepPlan[],
	scene: Scene,
	how: { ended: boolean; beside: (e: CaseEvent) => CaseEvent[] }
): PlannedStep[] {
	const raw = plans
		.filter((plan) => plan.shown?.(scene) ?? true)
		.map((plan) => {
			const parts = partsOf(plan, scene);
			return { plan, parts, milestones: milestonesOf(plan, scene), done: doneOn(plan, scene, parts) };
		});
	const lastDone = raw.findLastIndex((r) => r.done !== undefined && r.plan.doneBy.length > 0);
	const steps = raw.map(({ plan, parts, milestones, done }, i): PlannedStep => {
		const governs = milestones[0];
		const due = governs && isOpen(governs) ? governs.due : undefined;
		let state: Step['state'] =
			(governs && countsAsLate(governs)) || (plan.optional && parts.some((p) => p.state === 'late'))
				? 'late'
				: 'ahead';
		if (done !== undefined) state = 'done';
		else if (i < lastDone) state = overtaken(plan, parts);
		else if (how.ended) state = 'moot';
		const on = done ?? (i < lastDone || state === 'moot' ? undefined : (plan.plannedOn?.(scene) ?? due));
		const facts = scene.span.events.filter((e) => plan.facts.includes(e.type));
		const events = facts.flatMap((e) => [e, ...how.beside(e)]).sort(byDay);
		return {
			plan,
			step: { key: plan.key, state, ...(on !== undefined ? { on } : {}), events, milestones, parts }
		};
	});
	if (!how.ended) markHere(steps, lastDone);
	return steps;
}

/** Settings that do not answer never hold a plan up: the council may go on (CoP 9.83), so the track stands at the next step. */
function markHere(steps: readonly PlannedStep[], lastDone: number): void {
	const waiting = steps.filter(
		({ step }, i) => i > lastDone && step.state !== 'done' && step.state !== 'moot'
	);
	const here = waiting.find(({ plan, step }) => !(plan.optional && step.state === 'late')) ?? waiting[0];
	if (!here) return;
	here.step.here = true;
	if (here.step.state === 'ahead') here.step.state = 'now';
}
