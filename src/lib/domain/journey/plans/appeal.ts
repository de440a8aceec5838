import { type Scene, type StepPlan, type TrackPlan, isOpen } from '../plan.ts';
import { first, has, last } from '../span.ts';

export const WINDOWS = ['TRIB-APPEAL-1M-CERT', 'TRIB-APPEAL-2M', 'CEASE-APPEAL'] as const;
const lodged = ({ span }: Scene): boolean => has(span, 'appeal.lodged');
export const appealWindowOpen = (s: Scene): boolean =>
	!lodged(s) && s.milestones.some((m) => (WINDOWS as readonly string[]).includes(m.rule) && isOpen(m));

const steps: StepPlan[] = [
	{
		key: 'appeal.decision',
		facts: [
			'assessment.refused',
			'plan.refused',
			'reassessment.refused',
			'plan.finalised',
			'review.decided',
			'cease.decided'
		],
		doneBy: [
			'assessment.refused',
			'plan.refused',
			'reassessment.refused',
			'plan.finalised',
			'review.decided',
			'cease.decided'
		],
		rules: [],
		holder: 'council',
		shown: ({ span }) => span.base !== undefined
	},
	{
		key: 'appeal.mediation',
		facts: ['mediation.requested', 'mediation.held', 'mediation.declined'],
		doneBy: ['mediation.held', 'mediation.declined', 'mediation.certificate'],
		rules: ['MED-CONTACT-2M', 'MED-30D'],
		holder: 'family',
		optional: true,
		shown: (s) =>
			appealWindowOpen(s) || has(s.span, 'mediation.requested', 'mediation.held', 'mediation.declined')
	},
	{
		key: 'appeal.certificate',
		facts: ['mediation.certificate'],
		doneBy: ['mediation.certificate'],
		rules: ['MED-CERT-3WD'],
		holder: 'mediation-adviser',
		optional: true,
		shown: ({ span }) =>
			has(span, 'mediation.requested', 'mediation.held', 'mediation.declined', 'mediation.certificate')
	},
	{
		key: 'appeal.lodge',
		facts: ['appeal.lodged', 'assessment.refusal-reversed'],
		doneBy: ['appeal.lodged'],
		rules: WINDOWS,
		holder: 'family'
	},
	{
		key: 'appeal.registered',
		facts: ['appeal.sent-to-council'],
		doneBy: ['appeal.sent-to-council'],
		rules: ['TRIB-REG-10WD'],
		holder: 'tribunal',
		shown: lodged
	},
	{
		key: 'appeal.response',
		facts: ['appeal.response', 'appeal.conceded'],
		doneBy: ['appeal.response', 'appeal.conceded'],
		rules: ['TRIB-RESP-30WD'],
		holder: 'council',
		shown: lodged
	},
	{
		key: 'appeal.bundle',
		facts: ['bundle.received', 'directions.date'],
		doneBy: ['bundle.received'],
		rules: ['TRIB-BUNDLE-10WD', 'TRIB-DIRECTIONS'],
		holder: 'council',
		optional: true,
		shown: ({ span }) =>
			has(span, 'hearing.set', 'bundle.received', 'directions.date') && !has(span, 'appeal.conceded')
	},
	{
		key: 'appeal.hearing',
		facts: ['hearing.set', 'appeal.order'],
		doneBy: ['appeal.order'],
		rules: ['TRIB-DECISION'],
		holder: 'tribunal',
		plannedOn: ({ span }) => last(span, 'hearing.set')?.on,
		shown: (s) => lodged(s) && !has(s.span, 'appeal.conceded')
	},
	{
		key: 'appeal.compliance',
		facts: [],
		doneBy: [],
		rules: [
			'TRIB-R44-2W',
			'TRIB-R44-5W',
			'TRIB-R44-10W',
			'TRIB-R44-11W',
			'TRIB-R44-14W',
			'TRIB-R44-AMEND-5W',
			'TRIB-R44-SCHOOL-2W',
			'TRIB-R44-CEASE',
			'TRIB-REC-5W',
			'TRIB-UT-28D'
		],
		holder: 'council',
		shown: ({ span }) => has(span, 'appeal.order', 'appeal.conceded'),
		doneWithout: (s) => {
			const settled = last(s.span, 'appeal.order', 'appeal.conceded');
			return settled &&
				!s.milestones.some((m) => m.rule.startsWith('TRIB-R') && m.actor !== 'tribunal' && isOpen(m))
				? settled.on
				: undefined;
		}
	}
];

export const APPEAL: TrackPlan = {
	steps,
	end: (scene) => {
		const { span, milestones } = scene;
		const reversed = first(span, 'assessment.refusal-reversed');
		if (reversed && !lodged(scene)) return { stage: 'appeal.reversed', on: reversed.on };
		const settled = last(span, 'appeal.order', 'appeal.conceded');
		const owed = milestones.some((m) => m.trigger.id === settled?.id && m.actor !== 'family' && isOpen(m));
		if (settled && !owed)
			return {
				stage: settled.type === 'appeal.order' ? 'appeal.decided' : 'appeal.conceded',
				on: settled.on
			};
		if (lodged(scene) || settled || appealWindowOpen(scene)) return undefined;
		const windows = milestones.filter(
			(m) => (WINDOWS as readonly string[]).includes(m.rule) && m.due !== undefined
		);
		const due = windows
			.map((m) => m.due as string)
			.sort()
			.at(-1);
		return due === undefined ? undefined : { stage: 'appeal.window-closed', on: due };
	},
	stage: (scene, here) =>
		appealWindowOpen(scene) &&
		(here === 'appeal.mediation' || here === 'appeal.lodge') &&
		!has(scene.span, 'mediation.requested')
			? 'appeal.window'
			: undefined
};
