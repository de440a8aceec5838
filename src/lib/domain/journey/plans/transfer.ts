import type { StepPlan, TrackPlan } from '../plan.ts';
import { first, has, last } from '../span.ts';

export const LONGSTOPS = ['PT-15FEB', 'PT-31MAR', 'PT-5M'] as const;
const isNamed = (span: Parameters<typeof has>[0]): boolean => has(span, 'plan.finalised');

const steps: StepPlan[] = [
	{
		key: 'transfer.expected',
		facts: ['transfer.expected'],
		doneBy: ['transfer.expected'],
		rules: [],
		holder: 'council'
	},
	{
		key: 'transfer.meeting',
		facts: ['review.meeting-set', 'review.meeting-held'],
		doneBy: ['review.meeting-held'],
		rules: ['PT-BACK-12W'],
		holder: 'council',
		plannedOn: ({ span }) => last(span, 'review.meeting-set')?.on
	},
	{
		key: 'transfer.draft',
		facts: ['review.amendment-notice', 'draft.served', 'review.decided'],
		doneBy: ['review.amendment-notice', 'draft.served'],
		rules: ['PT-BACK-8W'],
		holder: 'council'
	},
	{
		key: 'transfer.final',
		facts: ['plan.finalised'],
		doneBy: ['plan.finalised'],
		rules: LONGSTOPS,
		holder: 'council'
	},
	{
		key: 'transfer.start',
		facts: [],
		doneBy: [],
		rules: [],
		holder: 'school',
		plannedOn: ({ span }) => first(span, 'transfer.expected')?.detail['startsOn'],
		doneWithout: ({ span, today }) => {
			const startsOn = first(span, 'transfer.expected')?.detail['startsOn'];
			return startsOn !== undefined && startsOn <= today ? startsOn : undefined;
		}
	}
];

export const TRANSFER: TrackPlan = {
	steps,
	end: ({ span, today }) => {
		const plan = last(span, 'plan.finalised');
		if (plan && isNamed(span)) return { stage: 'transfer.named', on: plan.on };
		const startsOn = first(span, 'transfer.expected')?.detail['startsOn'];
		return startsOn !== undefined && startsOn < today
			? { stage: 'transfer.passed', on: startsOn }
			: undefined;
	}
};
