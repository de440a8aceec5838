import { languageOf } from './languages.ts';
import type { Words } from './pseudo.ts';

/** Files of every language but English, and who checked them: fetched once another language is read. */
const words = import.meta.glob<Words>(
	['./locales/*/*.json', '!./locales/*/_*.json', '!./locales/*/gaps.json', '!./locales/en/*.json'],
	{ import: 'default' }
);
const reviews = import.meta.glob<unknown>('./locales/*/_checked.json', { import: 'default' });

const pathOf = (language: string, file: string) => `./locales/${language}/${file}.json`;

export { pseudoWords } from './pseudo.ts';
export const isPseudo = (language: string): boolean => languageOf(language).pseudo === true;

/** The words of a namespace in a language that is not English; `{}` when it has no such file. */
export const fetchOther = async (language: string, ns: string): Promise<Words> =>
	(await words[pathOf(language, ns)]?.()) ?? {};

export const fetchReviewOf = async (language: string): Promise<unknown> =>
	reviews[pathOf(language, '_checked')]?.();
