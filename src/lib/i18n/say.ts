import type { Words } from './pseudo.ts';

/**
 * A key to its words: plural, Easy Read, fallback, values. The forms are those of i18next's files, which translators' tools
 * know; the code is ours, because i18next is 13 kB of what a phone fetches before it shows anything: it takes over once the
 * first card stands (docs/decisions/0007). A test holds the two together over every string of every language.
 */
export type Said = { text: string; language: string };
export type SayOptions = {
	/** Languages to look in, the page's first. */
	chain: readonly string[];
	/** Looks for `key_easy` before `key`. */
	easy?: boolean;
	values?: Record<string, string | number>;
	/** What a value goes through before it stands in the sentence. */
	fence?: (value: string) => string;
};

const rules = new Map<string, Intl.PluralRules>();

function pluralOf(language: string, count: number): string {
	const rule = rules.get(language) ?? new Intl.PluralRules(language);
	rules.set(language, rule);
	return rule.select(count);
}

/** The forms of a key, best first: `late_easy_one`, `late_easy`, `late_one`, `late`. A form for none is for exactly 0. */
function formsOf(path: string, language: string, { easy, values }: SayOptions): string[] {
	const count = values?.['count'];
	const bases = easy ? [`${path}_easy`, path] : [path];
	if (typeof count !== 'number') return bases;
	const plural = pluralOf(language, count);
	return bases.flatMap((base) => [...(count === 0 ? [`${base}_zero`] : []), `${base}_${plural}`, base]);
}

function at(words: Words | undefined, path: string): string | undefined {
	let here: string | Words | undefined = words;
	for (const name of path.split('.')) {
		if (typeof here !== 'object' || !Object.hasOwn(here, name)) return undefined;
		here = here[name];
	}
	return typeof here === 'string' ? here : undefined;
}

/** Keys to words, whoever answers: these lines first, i18next (full-catalogue.ts) once it is here. */
export type Catalogue = {
	add(language: string, ns: string, words: Words): void;
	holds(language: string, ns: string): boolean;
	has(key: string, options: SayOptions): boolean;
	/** A key that exists nowhere is said as itself, without its namespace; the words gate fails on it. */
	say(key: string, options: SayOptions): Said;
	/** Language, namespace and words of all that was added: what the next one begins with. */
	entries(): [language: string, ns: string, words: Words][];
};

export function createCatalogue(): Catalogue {
	const all = new Map<string, Words>();

	function find(key: string, options: SayOptions): Said | undefined {
		const [ns = '', path = ''] = key.split(':');
		for (const language of options.chain) {
			const words = all.get(`${language}/${ns}`);
			for (const form of words ? formsOf(path, language, options) : []) {
				const text = at(words, form);
				if (text !== undefined) return { text, language };
			}
		}
		return undefined;
	}

	return {
		add: (language, ns, words) => void all.set(`${language}/${ns}`, words),
		holds: (language, ns) => all.has(`${language}/${ns}`),
		has: (key, options) => find(key, options) !== undefined,
		entries: () =>
			[...all].map(([name, words]) => {
				const [language = '', ns = ''] = name.split('/');
				return [language, ns, words];
			}),
		say(key: string, options: SayOptions): Said {
			const { values = {}, fence = String } = options;
			const found = find(key, options) ?? {
				text: key.slice(key.indexOf(':') + 1),
				language: options.chain.at(-1) ?? ''
			};
			// One pass: what a person typed is never read as a placeholder.
			const text = found.text.replace(/\{\{(.+?)\}\}/g, (_, name: string) =>
				fence(String(values[name.trim()] ?? ''))
			);
			return { ...found, text };
		}
	};
}
