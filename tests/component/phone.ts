import { page } from 'vitest/browser';
import { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { familyOf, tooLongSilent, viewOf } from '#features/open-case/projection.ts';
import { loadWords, useLanguage } from '#i18n/words.svelte.ts';
import { openPhoneStore, type PhoneStore } from '#store/phone-store.ts';
import { dress } from './drawn.ts';

/** A phone of 360 by 800 in English, with the real databases and nothing in them, and these words at hand. */
export async function emptyPhone(words: Parameters<typeof loadWords>[0]): Promise<PhoneStore> {
	document.body.replaceChildren();
	localStorage.clear();
	dress({});
	useLanguage('en');
	await page.viewport(360, 800);
	await loadWords(words);
	const store = openPhoneStore();
	await store.ready;
	await store.removeEverything('all');
	return store;
}

/** The case as the app opens it on that phone. */
export function openCaseOn(store: PhoneStore): OpenCase {
	const open = new OpenCase();
	open.open({ store, familyOf, tooLongSilent, viewOf });
	return open;
}

export async function putAway(store: PhoneStore): Promise<void> {
	await store.removeEverything('all');
	store.close();
	document.body.replaceChildren();
	localStorage.clear();
}
