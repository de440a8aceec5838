import { SOURCE } from './languages.ts';
import type { Words } from './pseudo.ts';
import type { Namespace } from './resources.ts';

/**
 * Where the words come from. The namespaces of the first screens ride in the shell in English; everything else is a file
 * of its own, fetched when it is first needed, and so is the list of other languages' files. A new language needs no line
 * here: the folder is enough.
 */
export const FIRST: readonly Namespace[] = ['shell', 'status', 'home'];

const first = import.meta.glob<Words>('./locales/en/{shell,status,home}.json', {
	eager: true,
	import: 'default'
});
const later = import.meta.glob<Words>(['./locales/en/*.json', '!./locales/en/{shell,status,home}.json'], {
	import: 'default'
});

const pathOf = (ns: string) => `./locales/${SOURCE}/${ns}.json`;

/** English of a namespace that is in the shell. */
export const firstWords = (ns: Namespace): Words => first[pathOf(ns)] ?? {};

const fetchEnglish = async (ns: Namespace): Promise<Words> =>
	first[pathOf(ns)] ?? (await later[pathOf(ns)]?.()) ?? {};

/** The words of one namespace; `{}` when that language has no such file, so that its fallback is used. */
export async function fetchWords(language: string, ns: Namespace): Promise<Words> {
	if (language === SOURCE) return fetchEnglish(ns);
	const other = await import('./other-words.ts');
	return other.isPseudo(language)
		? other.pseudoWords(await fetchEnglish(ns), language)
		: other.fetchOther(language, ns);
}

/** Every namespace there is: English has them all, and a language without a file for one falls back to it. */
export const NAMESPACES = Object.keys({ ...first, ...later }).map(
	(path) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length) as Namespace
);

/** Who checked a language (review.ts), or undefined when there is nothing to check (English, pseudo-locales). */
export const fetchReview = async (language: string): Promise<unknown> =>
	language === SOURCE ? undefined : (await import('./other-words.ts')).fetchReviewOf(language);
