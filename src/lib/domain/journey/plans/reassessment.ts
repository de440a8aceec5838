import type { StepPlan, TrackPlan } from '../plan.ts';
import { weekRibbon } from '../ribbon.ts';
import { first, has, last } from '../span.ts';
import { advice, commentDaysOver, helpStarts, settings } from './assessment.ts';

const steps: StepPlan[] = [
	{
		key: 'reassessment.requested',
		facts: ['reassessment.requested'],
		doneBy: ['reassessment.requested'],
		rules: [],
		holder: 'family',
		shown: ({ span }) => has(span, 'reassessment.requested')
	},
	{
		key: 'reassessment.decision',
		facts: ['reassessment.agreed', 'reassessment.refused'],
		doneBy: ['reassessment.agreed', 'reassessment.refused'],
		rules: ['RE-15D-DECISION', 'TRIB-R44-2W'],
		holder: 'council'
	},
	advice('reassessment.advice'),
	{
		key: 'reassessment.draft',
		facts: ['draft.served', 'draft.answered'],
		doneBy: ['draft.answered'],
		rules: ['RE-15D-COMMENT', 'PB-REQUEST', 'TRIB-R44-10W'],
		// Until a draft comes, the council has the ball; the projection turns it when the days to answer run.
		holder: 'council',
		optional: true,
		shown: ({ span }) => !span.ended || has(span, 'draft.served'),
		doneWithout: commentDaysOver('RE-15D-COMMENT')
	},
	settings('reassessment.settings'),
	{
		key: 'reassessment.final',
		facts: ['plan.finalised'],
		doneBy: ['plan.finalised'],
		rules: ['RE-14W-FINAL', 'TRIB-R44-14W'],
		holder: 'council',
		shown: ({ span }) => !has(span, 'reassessment.refused')
	},
	helpStarts('reassessment.help-starts')
];

export const REASSESSMENT: TrackPlan = {
	steps,
	end: ({ span }) => {
		const plan = first(span, 'plan.finalised');
		if (plan) return { stage: 'reassessment.planned', on: plan.on };
		const no = last(span, 'reassessment.refused', 'plan.refused');
		return no && span.ended ? { stage: 'reassessment.refused', on: no.on } : undefined;
	},
	/** Nothing has come to read until the draft is served: the council is writing. */
	stage: (scene, here) =>
		here === 'reassessment.draft' && !has(scene.span, 'draft.served') ? 'reassessment.final' : undefined,
	/** The 14 weeks run from the council's yes (reg 27), so there is no ribbon before it. */
	ribbon: (scene) => {
		const start = last(scene.span, 'reassessment.agreed')?.on;
		if (start === undefined) return undefined;
		const on = REASSESSMENT.end(scene)?.on ?? scene.today;
		return weekRibbon(14, { start, on, milestones: scene.milestones }, [[14, 'RE-14W-FINAL']]);
	}
};
