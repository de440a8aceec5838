import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FSI, isolate, PDI, withoutIsolates } from '#i18n/bidi.ts';
import { LANGUAGES, languageOf, pickLanguage } from '#i18n/languages.ts';
import { pseudoWords } from '#i18n/pseudo.ts';
import {
	currentLanguage,
	english,
	found,
	has,
	loadWords,
	setEasyRead,
	setLanguage,
	t,
	useLanguage,
	wordsFor
} from '#i18n/words.svelte.ts';

const plainly = () => {
	useLanguage('en');
	setEasyRead(false);
};
beforeEach(plainly);
// Other files of this process say English.
afterAll(plainly);

describe('words', () => {
	it('has the words of a screen that asked for them while the language was still being fetched', async () => {
		const switching = setLanguage('pl');
		await loadWords(['calendar']);
		await switching;
		expect(found('calendar:button')).toMatchObject({ language: 'pl' });
		expect(t('calendar:button')).not.toBe(english('calendar:button'));
	});

	it('says a key in English, with its plural', () => {
		expect(t('status:lateDays', { count: 1 })).toBe('1 day late');
		expect(t('status:lateDays', { count: 12 })).toBe('12 days late');
	});

	it('fills in a value as it is, never as HTML', () => {
		expect(t('status:waitingFor', { who: '<img src=x> & Sons' })).toContain('<img src=x> & Sons');
	});

	it('never looks up what a person typed', () => {
		expect(t('status:waitingFor', { who: '$t(status:late) {{count}}' })).toBe(
			'Waiting for $t(status:late) {{count}}'
		);
	});

	it('marks the language of words that are borrowed from English', async () => {
		await loadWords(['shell'], 'pl');
		useLanguage('pl');
		expect(found('shell:tabs.home').language).toBe('pl');
		expect(found('shell:app.nowhere').language).not.toBe('pl');
		expect(english('shell:tabs.home')).toBe('Home');
	});

	it('has the four Polish plurals', async () => {
		await loadWords(['status', 'shell'], 'pl');
		useLanguage('pl');
		const said = [1, 2, 5, 22].map((count) => t('shell:plural.weeks', { count }));
		expect(said).toEqual([
			expect.stringContaining('1 '),
			expect.stringContaining('2 '),
			expect.stringContaining('5 '),
			expect.stringContaining('22 ')
		]);
		const nouns = said.map((text) => text.replace(/^\d+\s/, ''));
		expect(new Set(nouns).size).toBe(3);
		expect(nouns[1]).toBe(nouns[3]);
	});

	it('fences a name of the other direction, and every name in a right-to-left page', async () => {
		expect(t('status:waitingFor', { who: 'عائشہ' })).toContain(`${FSI}عائشہ${PDI}`);
		expect(t('status:waitingFor', { who: 'Dawn' })).toBe('Waiting for Dawn');
		await setLanguage('ar-XB');
		expect(t('status:waitingFor', { who: 'Dawn' })).toContain(`${FSI}Dawn${PDI}`);
	});

	it('falls back to the plain string where there is no Easy Read one', () => {
		setEasyRead(true);
		expect(t('status:done')).toBe('Done');
	});

	it('knows whether a key exists, by any of its forms', () => {
		expect(has('status', 'lateDays')).toBe(true);
		expect(has('status', 'nothing')).toBe(false);
		expect(wordsFor('status', 'late')).toBe('Late');
	});

	it('switches only when the words are here', async () => {
		const switching = setLanguage('en-XA');
		expect(currentLanguage().code).toBe('en');
		await switching;
		expect(currentLanguage().code).toBe('en-XA');
		expect(t('shell:tabs.home')).toMatch(/^\[Ĥöɱé ~+\]$/);
	});
});

describe('two choices in a row', () => {
	it('end with the later one, whichever arrives first', async () => {
		await Promise.all([setLanguage('en-XA'), setLanguage('en')]);
		expect(currentLanguage().code).toBe('en');
	});
});

describe('pseudo-locales', () => {
	it('grow by at least 40 % and keep placeholders and tags', () => {
		const [text] = Object.values(pseudoWords({ a: 'Waiting for <b>{{who}}</b> today' }, 'en-XA')) as string[];
		expect(text).toContain('<b>{{who}}</b>');
		const seen = (said: string) => said.replace(/<.*?>|\{\{.*?\}\}/g, '').length;
		expect(seen(text ?? '')).toBeGreaterThanOrEqual(seen('Waiting for <b>{{who}}</b> today') * 1.4);
	});

	it('have every plural form of Arabic', async () => {
		await setLanguage('ar-XB');
		for (const count of [0, 1, 2, 3, 11, 100]) expect(t('status:lateDays', { count })).toContain('late');
	});
});

describe('languages', () => {
	it('reads what a browser asks for', () => {
		expect(pickLanguage(['ur-PK', 'en'])).toBe('ur');
		expect(pickLanguage(['pa-Arab-PK'])).toBe('ur');
		expect(pickLanguage(['xx', 'pl-PL'])).toBe('pl');
		expect(pickLanguage(['xx'])).toBe('en');
		expect(languageOf('gone').code).toBe('en');
	});

	it('end every fallback in English', () => {
		for (const row of LANGUAGES) if (row.code !== 'en') expect(row.fallback.at(-1)).toBe('en');
	});
});

describe('isolate', () => {
	it('leaves alone what cannot disturb', () => {
		expect(isolate('13', 'rtl')).toBe('13');
		expect(isolate('Dawn', 'ltr')).toBe('Dawn');
		expect(withoutIsolates(isolate('Dawn', 'rtl'))).toBe('Dawn');
	});
});
