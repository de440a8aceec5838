import { SOURCE } from '#i18n/languages.ts';
import { currentLanguage } from '#i18n/words.svelte.ts';

/** A public page in the reader's language: English has no prefix, and a pseudo-locale has no pages. */
export function publicHref(path: string): string {
	const { code, pseudo } = currentLanguage();
	return code === SOURCE || pseudo ? path : `/${code}${path}`;
}
