import { languageOf, pickLanguage } from './languages.ts';
import { currentLanguage, setEasyRead, setLanguage } from './words.svelte.ts';

/**
 * How a person reads: language, look, text size, Easy Read, the style of Urdu letters. Kept in localStorage because
 * `static/early.js` must read it before the first paint, when no database is open. Nothing here is about a child.
 */
export type Theme = 'auto' | 'light' | 'dark' | 'contrast';
export type TextSize = 'm' | 'l' | 'xl' | 'xxl';
export type UrduStyle = 'nastaliq' | 'naskh';

export type Reading = { lang: string; theme: Theme; text: TextSize; easy: boolean; urdu: UrduStyle };

const KEY = 'alongside:reading';
const THEMES: readonly string[] = ['light', 'dark', 'contrast'];
const SIZES: readonly string[] = ['l', 'xl', 'xxl'];

function kept(): Record<string, string> {
	try {
		return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>;
	} catch {
		return {};
	}
}

/** What was chosen, with defaults: the browser's own language if we have it, sizes and colours as the system says. */
export function readReading(): Reading {
	const raw = kept();
	return {
		lang: languageOf(raw.lang ?? pickLanguage(typeof navigator === 'undefined' ? [] : navigator.languages))
			.code,
		theme: THEMES.includes(raw.theme ?? '') ? (raw.theme as Theme) : 'auto',
		text: SIZES.includes(raw.text ?? '') ? (raw.text as TextSize) : 'm',
		easy: raw.easy === 'on',
		urdu: raw.urdu === 'naskh' ? 'naskh' : 'nastaliq'
	};
}

/** Whether anything was ever chosen: the first run asks once. */
export const hasReading = (): boolean => Object.keys(kept()).length > 0;

function mark(name: string, value: string | undefined) {
	if (value) document.documentElement.setAttribute(`data-${name}`, value);
	else document.documentElement.removeAttribute(`data-${name}`);
}

function store(reading: Reading): boolean {
	const { dir } = languageOf(reading.lang);
	const raw: Record<string, string> = { lang: reading.lang, dir, urdu: reading.urdu };
	if (reading.theme !== 'auto') raw.theme = reading.theme;
	if (reading.text !== 'm') raw.text = reading.text;
	if (reading.easy) raw.easy = 'on';
	try {
		localStorage.setItem(KEY, JSON.stringify(raw));
		return true;
	} catch {
		return false;
	}
}

/**
 * Nastaliq is 156 kB: it is fetched when Urdu is read, and its face and tall lines are switched on together, once it is
 * here. Until then, and where it cannot be fetched, the phone's own Naskh letters show.
 */
async function dressScript(reading: Reading): Promise<void> {
	const nastaliq = languageOf(reading.lang).script === 'nastaliq' && reading.urdu === 'nastaliq';
	if (!nastaliq) return mark('script', undefined);
	const faces = await document.fonts.load('1em Nastaliq', 'اردو').catch(() => []);
	mark('script', faces.length > 0 ? 'nastaliq' : undefined);
}

/**
 * Applies a choice to the page and keeps it. Resolves once the words of the language are here (the page switches then).
 * Rejects when they cannot be fetched; look and size are applied all the same and the old language stays.
 */
export async function applyReading(reading: Reading): Promise<{ kept: boolean }> {
	mark('theme', reading.theme === 'auto' ? undefined : reading.theme);
	mark('text', reading.text === 'm' ? undefined : reading.text);
	mark('easy', reading.easy ? 'on' : undefined);
	setEasyRead(reading.easy);
	await setLanguage(reading.lang);
	const { code, dir } = currentLanguage();
	document.documentElement.lang = code;
	document.documentElement.dir = dir;
	await dressScript(reading);
	return { kept: store(reading) };
}
