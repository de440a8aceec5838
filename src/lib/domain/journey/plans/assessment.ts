import { weekRibbon } from '../ribbon.ts';
import { type Scene, type StepPlan, type TrackPlan, milestoneOf } from '../plan.ts';
import { first, has, last } from '../span.ts';

const refused = ({ span }: Scene): boolean => span.ended && !has(span, 'plan.finalised');

/** The days to look at a draft are a floor: when they are over, the plan may be made final without an answer. */
export const commentDaysOver =
	(...rules: string[]) =>
	({ span, milestones, today }: Scene) => {
		const served = last(span, 'draft.served', 'review.amendment-notice');
		const floor = milestones.findLast((m) => rules.includes(m.rule) && m.trigger.on === served?.on);
		return served && floor?.due !== undefined && floor.due < today ? served.on : undefined;
	};

export const advice = (key: 'assessment.advice' | 'reassessment.advice'): StepPlan => ({
	key,
	facts: ['advice.requested', 'advice.received'],
	doneBy: [],
	rules: [],
	holder: 'council',
	parts: { asked: 'advice.requested', came: 'advice.received', by: 'adviser', rule: 'EHCNA-ADVICE-6W' },
	shown: (s) => !refused(s) || has(s.span, 'advice.requested', 'advice.received')
});

export const settings = (
	key: 'assessment.settings' | 'reassessment.settings' | 'review.settings'
): StepPlan => ({
	key,
	facts: ['setting.consulted', 'setting.replied'],
	doneBy: [],
	rules: [],
	holder: 'setting',
	optional: true,
	parts: { asked: 'setting.consulted', came: 'setting.replied', by: 'setting', rule: 'EHCNA-CONSULT-15D' },
	shown: ({ span }) => has(span, 'setting.consulted', 'setting.replied')
});

export const helpStarts = (key: 'assessment.help-starts' | 'reassessment.help-starts'): StepPlan => ({
	key,
	facts: [],
	doneBy: ['plan.finalised'],
	rules: ['PROVISION-START'],
	holder: 'council',
	shown: (s) => !refused(s)
});

const steps: StepPlan[] = [
	{
		key: 'assessment.requested',
		facts: ['assessment.requested', 'responsibility.began'],
		doneBy: ['assessment.requested', 'responsibility.began'],
		rules: [],
		holder: 'family'
	},
	{
		key: 'assessment.decision',
		facts: ['assessment.agreed', 'assessment.refused', 'assessment.refusal-reversed'],
		doneBy: ['assessment.agreed', 'assessment.refusal-reversed', 'assessment.refused'],
		rules: ['EHCNA-6W-DECISION'],
		holder: 'council'
	},
	advice('assessment.advice'),
	{
		key: 'assessment.plan-decision',
		facts: ['plan.refused'],
		doneBy: ['plan.refused', 'draft.served', 'plan.finalised'],
		rules: [
			'EHCNA-16W-DECISION',
			'EHCNA-14W-DRAFT-GUIDE',
			'EHCNA-LATE-AGREE-10W',
			'TRIB-R44-10W',
			'TRIB-R44-5W'
		],
		holder: 'council',
		shown: (s) => !refused(s) || has(s.span, 'plan.refused')
	},
	{
		key: 'assessment.draft',
		facts: ['draft.served', 'draft.answered'],
		doneBy: ['draft.answered'],
		rules: ['EHCNA-15D-COMMENT', 'PB-REQUEST'],
		holder: 'family',
		optional: true,
		shown: (s) => !refused(s),
		doneWithout: commentDaysOver('EHCNA-15D-COMMENT')
	},
	settings('assessment.settings'),
	{
		key: 'assessment.final',
		facts: ['plan.finalised'],
		doneBy: ['plan.finalised'],
		rules: ['EHCNA-20W-FINAL', 'EHCNA-LATE-AGREE-14W', 'TRIB-R44-14W', 'TRIB-R44-11W'],
		holder: 'council',
		shown: (s) => !refused(s)
	},
	helpStarts('assessment.help-starts')
];

export const ASSESSMENT: TrackPlan = {
	steps,
	end: ({ span }) => {
		const plan = first(span, 'plan.finalised');
		if (plan) return { stage: 'assessment.planned', on: plan.on };
		if (!span.ended) return undefined;
		const no = last(span, 'plan.refused', 'assessment.refused');
		return (
			no && {
				stage: no.type === 'plan.refused' ? 'assessment.plan-refused' : 'assessment.refused',
				on: no.on
			}
		);
	},
	ribbon: (scene) => {
		const start =
			milestoneOf(scene, 'EHCNA-20W-FINAL')?.trigger.on ?? first(scene.span, 'assessment.requested')?.on;
		if (start === undefined) return undefined;
		const on = ASSESSMENT.end(scene)?.on ?? scene.today;
		const gates: [number, string][] = [
			[6, 'EHCNA-6W-DECISION'],
			[16, 'EHCNA-16W-DECISION'],
			[20, 'EHCNA-20W-FINAL']
		];
		return weekRibbon(20, { start, on, milestones: scene.milestones }, gates);
	}
};
