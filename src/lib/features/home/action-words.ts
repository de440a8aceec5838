import type { FamilyAction } from '#domain/journey/journey.ts';
import { has, t, wordsFor } from '#i18n/words.svelte.ts';
import { questionOf } from '../open-case/asked-date.ts';
import { partyName, titleOf } from '../open-case/words.ts';

/** Asked about one of several late things: which one is said, or two lines of a list would read the same. */
const OF_ONE = new Set(['ask-for-date', 'ask-which-exception', 'ask-which-date']);

function about(action: FamilyAction): string | undefined {
	if (action.key === 'ask-when') return action.about && partyName(action.about);
	if (OF_ONE.has(action.key)) return action.milestone && titleOf(action.milestone);
	const fact = `${action.about}.said`;
	return action.key === 'check-date' && has('events', fact) ? wordsFor('events', fact) : undefined;
}

/** What may be done, in words that stand alone. What is asked for says so once the words of facts are here. */
export function titleOfAction(action: FamilyAction, name: string): string {
	const question = action.key === 'give-date' && action.about ? questionOf(action.about) : undefined;
	if (question) return question;
	const title = wordsFor('cards', `action.${action.key}.title`, { name });
	const party = about(action);
	return party ? t('home:party', { title, party }) : title;
}
