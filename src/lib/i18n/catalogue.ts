import { languageOf, SOURCE } from './languages.ts';
import { pseudoWords, type Words } from './pseudo.ts';
import type { Namespace } from './resources.ts';

/**
 * Where the words come from. The namespaces of the first screens ride in the shell in English; everything else is a file
 * of its own, fetched when it is first needed. A new language needs no line here: the folder is enough.
 */
export const FIRST: readonly Namespace[] = ['shell', 'status', 'home'];

const first = import.meta.glob<Words>(
	['./locales/en/shell.json', './locales/en/status.json', './locales/en/home.json'],
	{
		eager: true,
		import: 'default'
	}
);
const later = import.meta.glob<Words>(
	[
		'./locales/*/*.json',
		'!./locales/*/_*.json',
		'!./locales/*/gaps.json',
		'!./locales/en/{shell,status,home}.json'
	],
	{ import: 'default' }
);
const reviews = import.meta.glob<unknown>('./locales/*/_review.json', { import: 'default' });

const pathOf = (language: string, ns: string) => `./locales/${language}/${ns}.json`;

/** English of a namespace that is in the shell. */
export const firstWords = (ns: Namespace): Words => first[pathOf(SOURCE, ns)] ?? {};

/** The words of one namespace; `{}` when that language has no such file, so that its fallback is used. */
export async function fetchWords(language: string, ns: Namespace): Promise<Words> {
	if (languageOf(language).pseudo) return pseudoWords(await fetchWords(SOURCE, ns), language);
	const path = pathOf(language, ns);
	return first[path] ?? (await later[path]?.()) ?? {};
}

/** Every namespace a language has a file for: the size of its pack. */
export const namespacesOf = (language: string): Namespace[] =>
	Object.keys({ ...first, ...later })
		.filter((path) => path.startsWith(`./locales/${language}/`))
		.map((path) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length) as Namespace);

/** The raw review file of a language, or undefined when it has none (English, pseudo-locales). */
export const fetchReview = async (language: string): Promise<unknown> =>
	reviews[pathOf(language, '_review')]?.();
