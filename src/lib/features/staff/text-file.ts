import type { StaffSent, StaffWholeThread } from '#contract/staff/views.ts';
import { SOURCE } from '#i18n/languages.ts';
import { loadWords, useLanguage } from '#i18n/words.svelte.ts';
import { textOf, threadTextOf } from './sent-words.ts';

/** A file to keep. Its name has the council's own reference or a receipt in it, nobody's name. */
const fileOf = (name: string, text: string): Response =>
	new Response(text, {
		headers: {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '-')}.txt"`,
			'x-content-type-options': 'nosniff'
		}
	});

/** The words of these pages, in English, whatever page the server drew a moment ago. */
async function inEnglish(make: () => string): Promise<string> {
	await loadWords(['staff', 'events', 'titles', 'views', 'home'], SOURCE);
	useLanguage(SOURCE);
	return make();
}

export const sentFile = async (sent: StaffSent): Promise<Response> =>
	fileOf(sent.receipt, await inEnglish(() => textOf(sent)));

export const threadFile = async (whole: StaffWholeThread): Promise<Response> =>
	fileOf(`messages-${whole.ref}`, await inEnglish(() => threadTextOf(whole)));
