import { formatDay } from '#i18n/format.ts';
import { currentLanguage, english, wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { nameOf } from '../open-case/words.ts';

/** The words of a section; whoever is shown them reads English, whatever language the family reads. */
export const headingOf = (section: string): string => wordsFor('views', `form.profile.${section}.ask`);
export const hintOf = (section: string): string => wordsFor('views', `form.profile.${section}.hint`);
export const englishHeadingOf = (section: string): string => english(`views:form.profile.${section}.ask`);
/** The heading again in the reader's language, where that is another. */
export const ownHeadingOf = (section: string): string | undefined =>
	currentLanguage().code === 'en' ? undefined : headingOf(section);

/** Sections as plain text, to copy and to share. All words are finished: here they only become lines. */
export function asText(title: string, parts: readonly { heading: string; words: string }[]): string {
	return [title, ...parts.map(({ heading, words }) => `\n${heading}\n${words}`)].join('\n') + '\n';
}

export const textOf = (
	child: Child,
	today: string,
	written: readonly { id: string; words: string }[]
): string =>
	asText(
		`${nameOf(child)}. ${formatDay(today, 'full', 'en')}`,
		written.map(({ id, words }) => ({
			heading: [englishHeadingOf(id), ownHeadingOf(id)].filter(Boolean).join('\n'),
			words
		}))
	);
