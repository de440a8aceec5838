import type { FamilyAction } from '#domain/journey/journey.ts';
import type { Asked } from '../open-case/asked-date.ts';

/** What a tap on an action does. Nothing here writes to the council: asking is done by voice or on paper (issue 2 §6). */
export type ActionWay = 'say' | 'right' | 'date' | 'look';

const SAY = new Set([
	'ask-when',
	'ask-for-date',
	'ask-which-exception',
	'ask-which-date',
	'complain',
	'ask-review-date',
	'ask-help-started',
	'call-officer'
]);

export function wayOf(action: FamilyAction): ActionWay {
	if (SAY.has(action.key)) return 'say';
	if (action.key === 'give-date') return 'date';
	return action.milestone ? 'right' : 'look';
}

/** What My dates should ask for, where the action is about a date. */
export const askedBy = ({ key, about, event }: FamilyAction): Asked | undefined =>
	key === 'give-date' && about !== undefined ? { about, ...(event !== undefined && { event }) } : undefined;

export function hrefOf(action: FamilyAction): string {
	const way = wayOf(action);
	if (way === 'say') return '/app/people#say';
	if (way === 'date' || action.key === 'check-date') return '/app/dates';
	return action.milestone ? `/app/milestone/${action.milestone.key}` : '/app/timeline';
}
