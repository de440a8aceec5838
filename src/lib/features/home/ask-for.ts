import type { EventType } from '#domain/case/vocabulary.ts';
import type { Journey } from '#domain/journey/journey.ts';
import type { Child } from '../open-case/children.ts';

export type Ask = { kind: 'undated'; type: EventType } | { kind: 'answered'; yes: EventType; no: EventType };

const ANSWERS: Record<string, { yes: EventType; no: EventType }> = {
	'assessment.requested': { yes: 'assessment.agreed', no: 'assessment.refused' },
	'assessment.decision': { yes: 'assessment.agreed', no: 'assessment.refused' },
	'assessment.advice': { yes: 'draft.served', no: 'plan.refused' },
	'assessment.plan-decision': { yes: 'draft.served', no: 'plan.refused' },
	'reassessment.requested': { yes: 'reassessment.agreed', no: 'reassessment.refused' },
	'reassessment.decision': { yes: 'reassessment.agreed', no: 'reassessment.refused' }
};

/**
 * What only the family can tell: a day it did not know at first, or whether the answer came. With a council joined the
 * council says it. Only the yes-or-no stages are asked; anything else is added under My dates.
 */
export function askFor(child: Child, journey: Journey): Ask | undefined {
	const dated =
		child.familyEvents.some((event) => event.type === child.undated) || child.councilEvents.length > 0;
	if (child.undated && !dated) return { kind: 'undated', type: child.undated as EventType };
	if (child.councilCase) return undefined;
	const answers = ANSWERS[journey.main?.stage ?? ''];
	return answers && { kind: 'answered', ...answers };
}
