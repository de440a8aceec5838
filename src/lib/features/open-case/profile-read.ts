import { wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from './children.ts';
import { sectionsIn, writtenIn } from './profile.ts';
import type { Known } from './rows.ts';

/** What was told once, for a copy that is read without the app: each written section under its heading. Needs the namespace `views`. */
export const readableProfile = (
	rows: readonly Known<'profile'>[],
	child: Child
): { what: string; text: string }[] =>
	writtenIn(sectionsIn(rows, child)).map(({ id, words }) => ({
		what: wordsFor('views', `form.profile.${id}.ask`),
		text: words
	}));
