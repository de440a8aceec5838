import { applyReading, hasReading, readReading } from '#i18n/reading.ts';
import { loadReview } from '#i18n/review.ts';
import { currentLanguage, setLanguage } from '#i18n/words.svelte.ts';

/**
 * The reader's language before the first family screen. What was chosen is applied; a phone that has chosen nothing yet gets its
 * own language without that counting as a choice. Words that cannot be fetched leave the page in English, which is always here.
 */
export async function beginReading(): Promise<void> {
	const reading = readReading();
	try {
		if (hasReading()) await applyReading(reading);
		else await setLanguage(reading.lang);
	} catch {
		// Offline before this language was ever on the phone: English is in the shell.
	}
	const { code, dir } = currentLanguage();
	document.documentElement.lang = code;
	document.documentElement.dir = dir;
	await loadReview(code).catch(() => {});
}
