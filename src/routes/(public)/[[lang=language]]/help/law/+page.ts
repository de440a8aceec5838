import { londonDay } from '#i18n/format.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
	const { lang } = await parent();
	await loadWords(['legal', 'titles'], lang);
	return { today: londonDay(new Date()) };
};
