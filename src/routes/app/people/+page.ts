import { loadWords } from '#i18n/words.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = () => loadWords(['people', 'timeline', 'log']);
