import { SOURCE } from '#i18n/languages.ts';
import { loadReview } from '#i18n/review.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params }) => {
	const lang = params.lang ?? SOURCE;
	await Promise.all([loadWords(['about', 'start'], lang), loadReview(lang)]);
	return { lang };
};
