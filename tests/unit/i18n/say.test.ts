import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { languageOf } from '#i18n/languages.ts';
import { pseudoWords, type Words } from '#i18n/pseudo.ts';
import { createFullCatalogue } from '#i18n/full-catalogue.ts';
import { createCatalogue } from '#i18n/say.ts';
import { readLocale, splitPlural, withoutEasy } from '../../../scripts/words/catalogue.ts';

/** `home:late.title` → text, back into the files they came from. */
function treesOf(strings: Map<string, string>): Map<string, Words> {
	const trees = new Map<string, Words>();
	for (const [key, text] of strings) {
		const [ns = '', path = ''] = key.split(':');
		let here = trees.get(ns) ?? {};
		trees.set(ns, here);
		const names = path.split('.');
		for (const name of names.slice(0, -1)) here = (here[name] ??= {}) as Words;
		here[names.at(-1)!] = text;
	}
	return trees;
}

const english = readLocale('en');
const trees = (code: string) => treesOf(readLocale(code).strings);
const LOCALES = new Map([
	['en', trees('en')],
	['ur', trees('ur')],
	['pl', trees('pl')],
	['ar-XB', new Map([...trees('en')].map(([ns, words]) => [ns, pseudoWords(words, 'ar-XB')]))]
]);

const ours = createCatalogue();
const theirs = createInstance();
void theirs.init({
	initAsync: false,
	lng: 'en',
	fallbackLng: (code: string) => languageOf(code).fallback,
	ns: [...LOCALES.get('en')!.keys()],
	resources: Object.fromEntries([...LOCALES].map(([code, files]) => [code, Object.fromEntries(files)])),
	returnNull: false,
	interpolation: { escapeValue: true, escape: (value: string) => `‹${value}›` }
});
for (const [code, files] of LOCALES) for (const [ns, words] of files) ours.add(code, ns, words);

const full = createFullCatalogue(ours);

const keys = [
	...new Set([...english.strings.keys()].map((key) => withoutEasy(splitPlural(key, english.strings).base)))
];
const NAMES = [
	...new Set(
		[...english.strings.values()].flatMap((text) =>
			[...text.matchAll(/\{\{(\w+)\}\}/g)].map((hit) => hit[1]!)
		)
	)
];
const fence = (value: string) => `‹${value}›`;

describe.each([...LOCALES.keys()])('every key, in %s', (code) => {
	const chain = [code, ...languageOf(code).fallback];

	it.each([false, true])('says what i18next says, Easy Read %s', (easy) => {
		let compared = 0;
		for (const key of keys) {
			for (const count of [undefined, 0, 1, 2, 5, 22, 1.5]) {
				const values = {
					...Object.fromEntries(NAMES.map((name) => [name, `<${name}> & {{count}} $1`])),
					...(count === undefined ? { count: 'text' } : { count })
				};
				const { res, usedLng } = theirs.t(key, {
					lng: code,
					returnDetails: true,
					...(easy ? { context: 'easy' } : {}),
					...values
				}) as unknown as { res: string; usedLng: string };
				expect({ key, count, ...ours.say(key, { chain, easy, values, fence }) }).toEqual({
					key,
					count,
					text: res,
					language: usedLng
				});
				expect({ key, count, ...full.say(key, { chain, easy, values, fence }) }).toEqual({
					key,
					count,
					text: res,
					language: usedLng
				});
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(7000);
	});
});

describe('words that are not there', () => {
	it('are said as their key, in the last language asked, like i18next', () => {
		const said = ours.say('shell:nowhere.at.all', { chain: ['pl', 'en'] });
		expect(said).toEqual({ text: 'nowhere.at.all', language: 'en' });
		expect(said.text).toBe(theirs.t('shell:nowhere.at.all', { lng: 'pl' }));
	});

	it('are not found in what every object inherits, nor in a branch', () => {
		for (const key of ['shell:constructor', 'shell:tabs', 'gone:app', '__proto__:x'])
			expect(ours.has(key, { chain: ['en'] }), key).toBe(false);
	});

	it('fill in nothing for a value nobody gave', () => {
		expect(ours.say('status:waitingFor', { chain: ['en'] }).text).toBe('Waiting for ');
	});
});

describe('a form of its own', () => {
	const small = createCatalogue();
	small.add('en', 'a', {
		x_one: 'one',
		x_other: 'many',
		x_zero: 'none',
		x_easy_one: 'easy one',
		y: 'plain',
		y_easy: 'easy'
	});
	const say = (key: string, easy: boolean, count?: number) =>
		small.say(key, { chain: ['en'], easy, ...(count === undefined ? {} : { values: { count } }) }).text;

	it('is taken for exactly none, for a plural, for Easy Read, and for both at once', () => {
		expect([0, 1, 2].map((count) => say('a:x', false, count))).toEqual(['none', 'one', 'many']);
		expect([say('a:x', true, 1), say('a:x', true, 2)]).toEqual(['easy one', 'many']);
		expect([say('a:y', true), say('a:y', false)]).toEqual(['easy', 'plain']);
	});
});
