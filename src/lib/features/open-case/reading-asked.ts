import { SOURCE } from '#i18n/languages.ts';
import { currentLanguage } from '#i18n/words.svelte.ts';

/**
 * What the council learns with every sending: the language that the person reads, and the one they want an interpreter for. Asked
 * once: the answer is kept beside how the person reads, and says nothing about a child.
 */
const KEY = 'alongside:interpreter';

/**
 * Languages that an interpreter is asked for, each by its own name: many more than this app speaks, and some that are spoken and not
 * written. What stands for one is a tag, or its name where it has none that councils know.
 */
export const INTERPRETERS: readonly { code: string; own: string }[] = [
	['sq', 'Shqip'],
	['am', 'አማርኛ'],
	['ar', 'العربية'],
	['bn', 'বাংলা'],
	['bfi', 'British Sign Language (BSL)'],
	['bg', 'Български'],
	['yue', '廣東話'],
	['zh', '中文'],
	['prs', 'دری'],
	['fa', 'فارسی'],
	['fr', 'Français'],
	['gu', 'ગુજરાતી'],
	['hi', 'हिन्दी'],
	['hu', 'Magyar'],
	['it', 'Italiano'],
	['kmr', 'Kurmancî'],
	['ckb', 'سۆرانی'],
	['lt', 'Lietuvių'],
	['Mirpuri', 'Mirpuri (میرپوری)'],
	['ps', 'پښتو'],
	['pl', 'Polski'],
	['pt', 'Português'],
	['pa', 'ਪੰਜਾਬੀ (پنجابی)'],
	['ro', 'Română'],
	['rom', 'Romani'],
	['ru', 'Русский'],
	['so', 'Soomaali'],
	['es', 'Español'],
	['syl', 'Sylheti (সিলেটি)'],
	['ta', 'தமிழ்'],
	['ti', 'ትግርኛ'],
	['tr', 'Türkçe'],
	['uk', 'Українська'],
	['ur', 'اردو'],
	['vi', 'Tiếng Việt'],
	['yo', 'Yorùbá']
].map(([code = '', own = '']) => ({ code, own }));

export function readInterpreter(): string {
	try {
		const kept = localStorage.getItem(KEY) ?? '';
		return INTERPRETERS.some((row) => row.code === kept) ? kept : '';
	} catch {
		return '';
	}
}

export function rememberInterpreter(code: string): void {
	try {
		if (code) localStorage.setItem(KEY, code);
		else localStorage.removeItem(KEY);
	} catch {
		// Storage is blocked: it is asked again.
	}
}

/** As it goes to the council; a made-up language is English. */
export function languagesSent(): { lang: string; interpreter?: string } {
	const { code, pseudo } = currentLanguage();
	const interpreter = readInterpreter();
	return { lang: pseudo ? SOURCE : code, ...(interpreter && { interpreter }) };
}
