import type { FamilyAction } from '#domain/journey/journey.ts';

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
const DATE = new Set(['give-date', 'check-date']);

export function wayOf(action: FamilyAction): ActionWay {
	if (SAY.has(action.key)) return 'say';
	if (DATE.has(action.key)) return 'date';
	return action.milestone ? 'right' : 'look';
}

export function hrefOf(action: FamilyAction): string {
	const way = wayOf(action);
	if (way === 'say') return '/app/people#say';
	if (way === 'date') return '/app/dates';
	return action.milestone ? `/app/milestone/${action.milestone.key}` : '/app/timeline';
}
