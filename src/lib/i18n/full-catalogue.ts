import { createInstance } from 'i18next';
import { languageOf, SOURCE } from './languages.ts';
import type { Catalogue } from './say.ts';

/**
 * The words through i18next, which takes over from `say.ts` once the first card stands (docs/decisions/0007). Same answers,
 * held together by a test over every string; what translators may need beyond them (nesting, formats) works from here on.
 */
export function createFullCatalogue(first: Catalogue): Catalogue {
	// i18next takes its escape once; which direction to fence for is known at each call.
	let fenceNow: (value: string) => string = String;
	const i18next = createInstance();
	void i18next.init({
		initAsync: false,
		lng: SOURCE,
		fallbackLng: (code: string) => [...languageOf(code).fallback],
		ns: [],
		resources: {},
		returnNull: false,
		interpolation: { escapeValue: true, escape: (value: string) => fenceNow(value) }
	});
	const full: Catalogue = {
		add: (language, ns, words) => void i18next.addResourceBundle(language, ns, words, true, true),
		holds: (language, ns) => i18next.hasResourceBundle(language, ns),
		has: (key, { chain, values = {} }) => i18next.exists(key, { lng: chain[0] ?? SOURCE, ...values }),
		entries: () => first.entries(),
		say(key, { chain, easy, values = {}, fence = String }) {
			fenceNow = fence;
			const asked = { lng: chain[0] ?? SOURCE, ...(easy ? { context: 'easy' } : {}), ...values };
			const { res, usedLng } = i18next.t(key, { ...asked, returnDetails: true }) as unknown as {
				res: string;
				usedLng: string;
			};
			return { text: res, language: usedLng };
		}
	};
	for (const [language, ns, words] of first.entries()) full.add(language, ns, words);
	return full;
}
