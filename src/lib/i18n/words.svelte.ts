import { createSubscriber } from 'svelte/reactivity';
import { isolate } from './bidi.ts';
import { fetchWords, FIRST, firstWords, NAMESPACES } from './catalogue.ts';
import { languageOf, SOURCE, type Language } from './languages.ts';
import type { Namespace, WordKey } from './resources.ts';
import { createCatalogue, type Catalogue, type Said } from './say.ts';

/**
 * Words by key, in the language of the page, re-read by every screen when the language or the words change.
 * `say.ts` does keys, plurals, Easy Read and fallback until i18next takes over; here is which language is current. Rendering on the server is
 * synchronous, so `useLanguage` at the top of the root layout is safe without an instance per request.
 */
export type Values = Record<string, string | number>;

let language: Language = languageOf(SOURCE);
let easy = false;
let choices = 0;
// Plain lists, not reactive ones: `watch` below is what makes screens read again, and these change while they do.
let changedListeners: (() => void)[] = [];
const wanted: Namespace[] = [...FIRST];

let catalogue: Catalogue = createCatalogue();
for (const ns of FIRST) catalogue.add(SOURCE, ns, firstWords(ns));

/** Languages to look in, in order. */
const chainOf = (row: Language): string[] => [row.code, ...row.fallback];
const fence = (value: string): string => isolate(value, language.dir);

const watch = createSubscriber((update) => {
	changedListeners.push(update);
	return () => (changedListeners = changedListeners.filter((listener) => listener !== update));
});
const changed = () => changedListeners.forEach((listener) => listener());

export const MARKUP = /<\/?(?:b|link)>/g;

function lookUp(key: string, values: Values): Said {
	watch();
	return catalogue.say(key, { chain: chainOf(language), easy, values, fence });
}

/** The words for a key, without markup: for attributes, titles, shared text. Missing words come from the fallback. */
export const t = (key: WordKey, values: Values = {}): string => lookUp(key, values).text.replace(MARKUP, '');

/** As `t`, for a key put together at run time (a rule id, an event type). `has` tells whether it exists. */
export const wordsFor = (ns: Namespace, path: string, values: Values = {}): string =>
	lookUp(`${ns}:${path}`, values).text.replace(MARKUP, '');

/** Text with its markup and the language it really is in: what `<T>` needs (WCAG 3.1.2). */
export const found = (key: string, values: Values = {}): Said => lookUp(key, values);

/** The English text of a key, whatever the page's language. */
export function english(key: string, values: Values = {}): string {
	watch();
	return catalogue.say(key, { chain: [SOURCE], values, fence }).text.replace(MARKUP, '');
}

/** Whether the page's language, or a fallback of it, has this key (any plural form counts). */
export function has(ns: Namespace, path: string): boolean {
	watch();
	const chain = chainOf(language);
	return [{ chain }, { chain, values: { count: 1 } }].some((options) =>
		catalogue.has(`${ns}:${path}`, options)
	);
}

export function currentLanguage(): Language {
	watch();
	return language;
}

export function easyRead(): boolean {
	watch();
	return easy;
}

export function setEasyRead(on: boolean): void {
	easy = on;
	changed();
}

async function fetchInto(code: string, ns: Namespace): Promise<void> {
	if (!catalogue.holds(code, ns)) catalogue.add(code, ns, await fetchWords(code, ns));
}

/**
 * Fetches namespaces for a language and its fallbacks; call it in a route's `load` before the screen that says them.
 * Resolves at once for what is here. Rejects when a file cannot be fetched: say so, or go on in English.
 */
export async function loadWords(
	namespaces: readonly Namespace[],
	code: string = language.code
): Promise<void> {
	for (const ns of namespaces) if (!wanted.includes(ns)) wanted.push(ns);
	const chain = [code, ...languageOf(code).fallback, SOURCE];
	await Promise.all(chain.flatMap((lng) => namespaces.map((ns) => fetchInto(lng, ns))));
	changed();
}

/** Hands the words to i18next; called once what a reader waits for stands. Without a connection and a kept file, nothing changes. */
export async function speakFully(): Promise<void> {
	const { createFullCatalogue } = await import('./full-catalogue.ts');
	// Read at this moment: words that arrived while the file was fetched come along.
	catalogue = createFullCatalogue(catalogue);
	changed();
}

/** Switches the page to a language whose words are already loaded. Safe at the top of a server-rendered layout. */
export function useLanguage(code: string): void {
	if (language.code === code) return;
	language = languageOf(code);
	changed();
}

/** Fetches every namespace that was asked for so far, then switches: the page never shows half of each. */
export async function setLanguage(code: string): Promise<void> {
	const choice = ++choices;
	// A screen may ask for its words while these are fetched, in the language that is left: they are fetched in this one too.
	let asked: number;
	do {
		asked = wanted.length;
		await loadWords(wanted, code);
	} while (wanted.length > asked);
	// Two taps in a row: the later choice wins, whichever language arrives first.
	if (choice === choices) useLanguage(code);
}

/** Fetches the whole of a language, so that every later screen has it without a connection. */
export const loadPack = (code: string): Promise<void> => loadWords(NAMESPACES, code);
