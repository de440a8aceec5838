import type { CaseEvent } from '../case/case-event.ts';
import type { Actor } from '../law/milestone.ts';
import { milestoneKey } from './milestone-key.ts';
import type { Track } from './journey.ts';
import { STEP_KEYS } from './keys.ts';
import { type Scene, isOpen } from './plan.ts';
import { PLANS } from './plans/plans.ts';
import { type PlannedStep, stepsOf } from './steps-of.ts';

/** Who has the ball: whoever the open rule at this step speaks to; the family only while a day of its own is running. */
function holderAt(here: PlannedStep | undefined): Actor {
	if (!here) return 'council';
	const governs = here.step.milestones.find((m) => isOpen(m) && m.kind !== 'practice');
	if (governs && here.step.parts.length === 0) return governs.actor;
	return here.plan.holder === 'family' ? 'council' : here.plan.holder;
}

/** One process, told: its stage, its holder, its ribbon and its steps. */
export function trackOf(scene: Scene, beside: (e: CaseEvent) => CaseEvent[]): Track {
	const { span } = scene;
	const plan = PLANS[span.kind];
	const end = plan.end(scene);
	const planned = stepsOf(plan.steps, scene, { ended: end !== undefined, beside });
	const here = planned.find((p) => p.step.here);
	const hereKey = here && STEP_KEYS.find((k) => k === here.step.key);
	const stage =
		end?.stage ?? plan.stage?.(scene, hereKey) ?? hereKey ?? planned.at(-1)?.step.key ?? 'plan-ended';
	const first = span.base ?? span.events[0];
	const ribbon = plan.ribbon?.(scene);
	return {
		key: milestoneKey({
			rule: span.base ? `${span.kind} from` : span.kind,
			trigger: { type: first?.type ?? 'note', on: span.startedOn, ...(first ? { id: first.id } : {}) }
		}),
		kind: span.kind,
		...(span.about !== undefined ? { about: span.about } : {}),
		startedOn: span.startedOn,
		...(end ? { endedOn: end.on } : {}),
		stage,
		holder: holderAt(here),
		...(ribbon ? { ribbon } : {}),
		// A step that will not come is not drawn; one that has facts is, whatever became of it.
		steps: planned
			.map((p) => p.step)
			.filter((s) => s.state !== 'moot' || s.events.length > 0 || s.parts.length > 0)
	};
}
