import { type Scene, type StepPlan, type TrackPlan, milestoneOf } from '../plan.ts';
import { reviewYearRibbon, weekRibbon } from '../ribbon.ts';
import { type Span, first, has, last } from '../span.ts';
import { commentDaysOver, settings } from './assessment.ts';

const decided = ({ span }: Scene): string | undefined =>
	last(span, 'review.decided')?.detail['outcome'] ??
	(has(span, 'review.amendment-notice') ? 'amend' : undefined);
const outside = ({ span }: Scene): boolean => span.about === 'outside';
/** A year's review that nobody has met about yet has nothing to say about amending. */
const mayAmend = (s: Scene): boolean =>
	outside(s) ||
	(has(s.span, 'review.meeting-held') && ['amend', undefined].includes(decided(s))) ||
	decided(s) === 'amend';

/** A meeting called off on its own day (law-decisions §2) and not set again. */
function isCalledOff(span: Span): boolean {
	const off = last(span, 'review.meeting-cancelled');
	return off !== undefined && off.on >= (last(span, 'review.meeting-set')?.on ?? '');
}

const steps: StepPlan[] = [
	{
		key: 'review.meeting',
		facts: [
			'review.meeting-set',
			'review.meeting-cancelled',
			'review.invited',
			'review.papers-sent',
			'review.meeting-held'
		],
		doneBy: ['review.meeting-held'],
		rules: ['AR-NOTICE-2W', 'AR-PAPERS-2W'],
		holder: 'council',
		plannedOn: ({ span }) => (isCalledOff(span) ? undefined : last(span, 'review.meeting-set')?.on),
		shown: (s) => !outside(s)
	},
	{
		key: 'review.report',
		facts: ['review.report-sent'],
		doneBy: ['review.report-sent'],
		rules: ['AR-2W-REPORT'],
		holder: 'school',
		shown: (s) => !outside(s)
	},
	{
		key: 'review.decision',
		facts: ['review.decided', 'cease.decided'],
		doneBy: ['review.decided', 'cease.decided', 'review.amendment-notice'],
		rules: ['AR-4W-DECISION', 'AR-12M', 'AR-EY-6M'],
		holder: 'council',
		shown: (s) => !outside(s)
	},
	{
		key: 'review.notice',
		facts: ['review.amendment-notice'],
		doneBy: ['review.amendment-notice'],
		rules: ['AR-4W-NOTICE'],
		holder: 'council',
		shown: mayAmend
	},
	{
		key: 'review.comment',
		facts: ['draft.served', 'draft.answered'],
		doneBy: ['draft.answered'],
		rules: ['AR-15D-COMMENT', 'AR-OUTSIDE-15D', 'PB-REQUEST'],
		holder: 'family',
		optional: true,
		shown: mayAmend,
		doneWithout: commentDaysOver('AR-15D-COMMENT', 'AR-OUTSIDE-15D')
	},
	settings('review.settings'),
	{
		key: 'review.final',
		facts: ['plan.finalised'],
		doneBy: ['plan.finalised'],
		rules: [
			'AR-FINAL-BY',
			'AR-8W-FINAL',
			'AR-12W-OUTER',
			'AR-OUTSIDE-8W',
			'TRIB-R44-AMEND-5W',
			'TRIB-R44-SCHOOL-2W'
		],
		holder: 'council',
		shown: mayAmend
	},
	{
		key: 'review.ceased',
		facts: ['plan.ceased'],
		doneBy: ['plan.ceased'],
		rules: [],
		holder: 'council',
		shown: (s) => decided(s) === 'cease' || has(s.span, 'cease.decided', 'plan.ceased')
	}
];

export const REVIEW: TrackPlan = {
	steps,
	end: (scene) => {
		const { span } = scene;
		const ceased = first(span, 'plan.ceased');
		if (ceased) return { stage: 'review.ended', on: ceased.on };
		if (!span.ended) return undefined;
		const plan = last(span, 'plan.finalised');
		if (plan) return { stage: 'review.amended', on: plan.on };
		const kept = last(span, 'review.decided');
		return kept ? { stage: 'review.kept', on: kept.on } : { stage: 'plan-ended', on: span.startedOn };
	},
	stage: (scene, here) => {
		if (here === 'review.ceased') return 'review.ceasing';
		const coming = has(scene.span, 'review.meeting-set') && !isCalledOff(scene.span);
		return here === 'review.meeting' && !coming ? 'review.between' : undefined;
	},
	/** Months to the next review until people have met; then the weeks of the review itself, 12 in all (reg 22, Devon). */
	ribbon: (scene) => {
		const { span, milestones, today } = scene;
		const on = REVIEW.end(scene)?.on ?? today;
		const met = last(span, 'review.meeting-held');
		const gates: [number, string][] = [
			[2, 'AR-2W-REPORT'],
			[4, 'AR-4W-DECISION'],
			[12, 'AR-12W-OUTER']
		];
		if (met) return weekRibbon(12, { start: met.on, on, milestones }, gates);
		const base = span.base?.on ?? milestoneOf(scene, 'AR-12M')?.trigger.on;
		return base === undefined ? undefined : reviewYearRibbon(base, on, milestones);
	}
};
