import { describe, expect, it } from 'vitest';
import {
	checkEasy,
	checkLengths,
	checkCompleteness,
	checkPlaceholders,
	checkPlurals,
	lengthBudget,
	pluralForms
} from '../../../scripts/words/translation-checks.ts';
import { checkEasyForms, checkEnglish } from '../../../scripts/words/plain-english.ts';
import { checkGlossary, readGlossary } from '../../../scripts/words/glossary-checks.ts';
import { without } from '../../../scripts/words/prune.ts';
import { checkCheckedFile, checkedStrings, checkReview, hashOf } from '../../../scripts/words/review-file.ts';
import { checkUnused } from '../../../scripts/words/unused-keys.ts';
import { newTally, type Tally } from '../../../scripts/words/tally.ts';
import type { Locale } from '../../../scripts/words/catalogue.ts';

const locale = (code: string, strings: Record<string, string>, more: Partial<Locale> = {}): Locale => ({
	code,
	files: ['home.json'],
	strings: new Map(Object.entries(strings)),
	gaps: {},
	review: {},
	...more
});

function faults(check: (tally: Tally) => void): string[] {
	const tally = newTally();
	check(tally);
	expect(tally.checks).toBeGreaterThan(0);
	return tally.faults.map((fault) => `${fault.key} ${fault.why}`);
}

const english = locale('en', {
	'home:late_one': '{{count}} day late',
	'home:late_other': '{{count}} days late',
	'home:hello': 'Hello <b>{{name}}</b>.'
});

describe('completeness', () => {
	const polish = locale('pl', {
		'home:late_one': 'a {{count}}',
		'home:late_few': 'b {{count}}',
		'home:late_many': 'c {{count}}',
		'home:late_other': 'd {{count}}',
		'home:hello': 'Cześć <b>{{name}}</b>.'
	});

	it('passes a whole locale', () =>
		expect(faults((tally) => checkCompleteness(tally, english, polish))).toEqual([]));

	it('names a missing key, and takes a gap with a reason', () => {
		const part = locale(
			'pl',
			Object.fromEntries([...polish.strings].filter(([key]) => key !== 'home:hello'))
		);
		expect(faults((tally) => checkCompleteness(tally, english, part))[0]).toMatch(/^home:hello missing/);
		expect(
			faults((tally) =>
				checkCompleteness(tally, english, { ...part, gaps: { 'home:hello': 'still to come' } })
			)
		).toEqual([]);
	});

	it('refuses a gap that covers nothing, and a key that English lost', () => {
		expect(
			faults((tally) => checkCompleteness(tally, english, { ...polish, gaps: { 'home:gone': 'why' } }))[0]
		).toMatch(/covers no key/);
		const extra = locale('pl', { ...Object.fromEntries(polish.strings), 'home:old': 'x' });
		expect(faults((tally) => checkCompleteness(tally, english, extra))).toEqual([
			expect.stringMatching(/^home:old English has no such key/)
		]);
	});

	it('does not ask for Easy Read, which falls back in its own language', () => {
		const withEasy = locale('en', {
			...Object.fromEntries(english.strings),
			'home:hello_easy': 'Hi {{name}}.'
		});
		expect(faults((tally) => checkCompleteness(tally, withEasy, polish))).toEqual([]);
	});
});

describe('plurals', () => {
	it('asks Polish for four forms and Arabic for six', () => {
		expect(pluralForms('pl').sort()).toEqual(['few', 'many', 'one', 'other']);
		expect(pluralForms('ar')).toHaveLength(6);
	});

	it('names each missing form', () => {
		const two = locale('pl', { 'home:late_one': 'x', 'home:late_other': 'y' });
		expect(faults((tally) => checkPlurals(tally, two)).map((line) => line.split(' ')[0])).toEqual([
			'home:late_few',
			'home:late_many'
		]);
	});
});

describe('values and tags', () => {
	it('must be those of English; a form for one may leave the number out', () => {
		const good = locale('ur', {
			'home:late_one': 'ایک دن',
			'home:late_other': '{{count}} دن',
			'home:hello': '<b>{{name}}</b>'
		});
		expect(faults((tally) => checkPlaceholders(tally, english, good))).toEqual([]);
		const bad = locale('ur', { 'home:late_other': 'دن', 'home:hello': '{{nam}}' });
		expect(
			faults((tally) => checkPlaceholders(tally, english, bad)).map((line) => line.split(' ')[0])
		).toEqual(['home:late_other', 'home:hello', 'home:hello']);
	});

	it('sees a brace that is not closed and tags that cross', () => {
		expect(
			faults((tally) => checkPlaceholders(tally, english, locale('ur', { 'home:hello': '<b>{{name}</b>' })))
				.length
		).toBeGreaterThan(0);
		expect(
			faults((tally) =>
				checkPlaceholders(
					tally,
					locale('en', { 'home:x': '<b>a<link>b</b>c</link>' }),
					locale('en', { 'home:x': '<b>a<link>b</b>c</link>' })
				)
			)
		).toHaveLength(1);
	});
});

describe('room', () => {
	it('is told by the name of the key', () => {
		expect(lengthBudget('shell:tabs.home')).toEqual({ most: 14, oneWord: true });
		expect(lengthBudget('home:today.callButton')).toEqual({ most: 28, oneWord: false });
		expect(lengthBudget('home:chip.label')).toEqual({ most: 14, oneWord: false });
		expect(lengthBudget('home:title')).toBeUndefined();
	});

	it('holds a key that some screen puts inside a Button', () => {
		const long = locale('en', { 'home:go': 'Go on to the next page of the letter' });
		expect(faults((tally) => checkLengths(tally, long, new Set(['home:go'])))).toHaveLength(1);
	});

	it('lets an Easy Read sentence have twelve words', () => {
		const easy = locale('ur', {
			'home:a_easy': 'one two three four five six seven eight nine ten eleven twelve.',
			'home:b_easy': 'one two three four five six seven eight nine ten eleven twelve thirteen.'
		});
		expect(faults((tally) => checkEasy(tally, easy)).map((line) => line.split(' ')[0])).toEqual([
			'home:b_easy'
		]);
	});
});

describe('English', () => {
	it('refuses blame, cheer, advice, long sentences and hard prose', () => {
		const said = (text: string) => faults((tally) => checkEnglish(tally, locale('en', { 'home:x': text })));
		expect(said('The council is late by two days.')).toEqual([]);
		expect(said('Your advice is overdue.')).not.toEqual([]);
		expect(said('Great news!')).not.toEqual([]);
		expect(said('You should call them.')).not.toEqual([]);
		expect(
			said('One two three four five six seven eight nine ten one two three four five six seven eight nine.')
		).not.toEqual([]);
		expect(
			said(
				'Notwithstanding considerable administrative difficulties, applications require determination.'
			).join()
		).toMatch(/reading grade/);
	});
});

describe('pruning', () => {
	it('takes out what is gone, and the branches it leaves empty', () => {
		const tree = { a: 'x', b: { c: 'y', d_one: 'z' }, e: { f: 'w' } };
		expect(without(tree, new Set(['home:b.c', 'home:e.f']), 'home:')).toEqual({ a: 'x', b: { d_one: 'z' } });
	});
});

describe('Easy Read in English', () => {
	it('must stand beside a longer sentence of a namespace that is done', () => {
		const long = 'One two three four five six seven eight nine ten eleven twelve thirteen.';
		expect(faults((tally) => checkEasyForms(tally, locale('en', { 'legal:a': long })))).toHaveLength(1);
		expect(
			faults((tally) => checkEasyForms(tally, locale('en', { 'legal:a': long, 'legal:a_easy': 'One two.' })))
		).toEqual([]);
	});
});

describe('glossary', () => {
	const source = {
		english: locale('en', { 'home:a': 'The council helps with SEND.', 'home:b': 'Send it.' }),
		terms: readGlossary()
	};

	it('holds a term to its word, and SEND to its letters', () => {
		expect(
			faults((tally) =>
				checkGlossary(
					tally,
					source,
					locale('ur', { 'home:a': 'کونسل SEND میں مدد کرتی ہے۔', 'home:b': 'بھیجیں۔' })
				)
			)
		).toEqual([]);
		const wrong = faults((tally) =>
			checkGlossary(tally, source, locale('ur', { 'home:a': 'بلدیہ بھیجنے میں مدد کرتی ہے۔' }))
		);
		expect(wrong.join('\n')).toMatch(/"council"/);
		expect(wrong.join('\n')).toMatch(/SEND stays in Latin letters/);
		expect(wrong.join('\n')).toMatch(/the verb "to send"/);
	});
});

describe('review', () => {
	const text = 'Hello <b>{{name}}</b>.';
	const entry = { state: 'machine-draft', sourceHash: hashOf(text), by: 'machine', on: '2026-11-24' };
	const with_ = (review: Locale['review']) =>
		locale('pl', { 'home:hello': 'Cześć <b>{{name}}</b>.' }, { review });

	it('wants a state for each string, made from the English of now', () => {
		expect(faults((tally) => checkReview(tally, english, with_({ 'home:hello': entry })))).toEqual([]);
		expect(faults((tally) => checkReview(tally, english, with_({})))).toHaveLength(1);
		expect(
			faults((tally) => checkReview(tally, english, with_({ 'home:hello': { ...entry, state: 'perfect' } })))
		).toHaveLength(1);
		const old = { ...entry, sourceHash: hashOf('Hello.') };
		expect(faults((tally) => checkReview(tally, english, with_({ 'home:hello': old })))[0]).toMatch(
			/the English changed/
		);
		expect(
			faults((tally) => checkReview(tally, english, with_({ 'home:hello': { ...old, state: 'stale' } })))
		).toEqual([]);
	});
});

describe('what phones fetch of the review', () => {
	const entry = (state: string) => ({ state, sourceHash: 'x', by: 'Ewa', on: '2026-11-24' });
	const strings = {
		'home:late_one': '1',
		'home:late_other': '2',
		'home:hello': '3',
		'home:hello_easy': '4',
		'legal:a.plain': '5'
	};

	it('counts every string, and calls one checked only when all its forms are', () => {
		const review = {
			'home:late_one': entry('person-checked'),
			'home:late_other': entry('legal-checked'),
			'home:hello': entry('legal-checked'),
			'home:hello_easy': entry('machine-draft'),
			'legal:a.plain': entry('stale')
		};
		expect(checkedStrings(locale('pl', strings), review)).toEqual({
			counts: { home: [3, 4], legal: [0, 1] },
			checked: { 'home:late': 'person-checked' }
		});
	});

	it('is refused when it is not what the review says', () => {
		const review = { 'home:hello': entry('person-checked') };
		const wrong = faults((tally) => checkCheckedFile(tally, locale('pl', strings, { review })));
		expect(wrong.join()).toMatch(/--update-hashes pl/);
	});
});

describe('unused keys', () => {
	it('finds the key nobody says, through plurals and listed prefixes', () => {
		const code = "t('home:late', { count })";
		expect(
			faults((tally) => checkUnused(tally, english, code, [])).map((line) => line.split(' ')[0])
		).toEqual(['home:hello']);
		expect(faults((tally) => checkUnused(tally, english, `${code} wordsFor('home', 'hello')`, []))).toEqual(
			[]
		);
		expect(
			faults((tally) =>
				checkUnused(tally, english, `${code} t(\`home:hel\${what}\`)`, [{ prefix: 'home:hel', why: 'test' }])
			)
		).toEqual([]);
		expect(
			faults((tally) => checkUnused(tally, english, code, [{ prefix: 'home:hel', why: 'test' }]))
		).toHaveLength(1);
		expect(
			faults((tally) =>
				checkUnused(tally, english, "t('home:late') t('home:hello')", [{ prefix: 'home:none.', why: 'test' }])
			)
		).toHaveLength(1);
	});
});
