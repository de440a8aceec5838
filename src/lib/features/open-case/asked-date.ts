import { goto } from '$app/navigation';
import { EVENT_TYPES } from '#domain/case/vocabulary.ts';
import { has, wordsFor } from '#i18n/words.svelte.ts';

/** Something that would settle a date: the type of a fact nobody has stated, or a detail (of the fact `event`, or of the child). */
export type Asked = { about: string; event?: string };

const isFact = (about: string): boolean => (EVENT_TYPES as readonly string[]).includes(about);

/** The question itself, "When did the council say yes?". Undefined until the words of facts are here. */
export function questionOf(about: string): string | undefined {
	const path = isFact(about) ? `${about}.ask` : `fields.${about}`;
	return has('events', path) ? wordsFor('events', path) : undefined;
}

/** Opens My dates with the form that takes the answer. What is asked goes in the history entry: an address is kept and shown. */
export const answerDate = ({ about, event }: Asked): Promise<void> =>
	goto('/app/dates', { state: !isFact(about) && event ? { change: event } : { add: about } });
