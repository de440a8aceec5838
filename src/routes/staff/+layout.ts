import { SOURCE } from '#i18n/languages.ts';
import { loadWords } from '#i18n/words.svelte.ts';
import type { LayoutLoad } from './$types';

// Plain HTML and forms: nothing of these pages runs in a browser, or stays there.
export const csr = false;

export const load: LayoutLoad = () => loadWords(['staff', 'events', 'titles', 'views'], SOURCE);
