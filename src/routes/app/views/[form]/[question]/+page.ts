import { askPage } from '#features/views/ask-page.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params: { form, question } }) => {
	const [AskPage] = await Promise.all([askPage(form, question), loadWords(['views', 'waiting'])]);
	return { AskPage };
};
