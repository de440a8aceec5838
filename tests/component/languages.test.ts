import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { applyReading } from '#i18n/reading.ts';
import { loadReview } from '#i18n/review.ts';
import { loadWords, useLanguage, type Values } from '#i18n/words.svelte.ts';
import DraftNote from '#ui/draft-note/DraftNote.svelte';
import Legal from '#ui/legal/Legal.svelte';
import T from '#ui/t/T.svelte';
import { draw, dress, every, faults } from './drawn.ts';

const reading = { lang: 'en', theme: 'auto', text: 'm', easy: false, urdu: 'nastaliq' } as const;

beforeEach(async () => {
	document.body.replaceChildren();
	localStorage.clear();
	dress({});
	useLanguage('en');
	await loadWords(['legal']);
});
afterEach(async () => {
	await applyReading({ ...reading });
	localStorage.clear();
	document.body.replaceChildren();
});

describe('in Urdu', () => {
	beforeEach(async () => {
		await page.viewport(320, 700);
		await applyReading({ ...reading, lang: 'ur' });
		await loadReview('ur');
	});

	it('the page turns, and its letters change only once they are here', async () => {
		const html = document.documentElement;
		expect([html.lang, html.dir, html.dataset.script]).toEqual(['ur', 'rtl', 'nastaliq']);
		expect(document.fonts.check('1em Nastaliq', 'اردو')).toBe(true);
		await applyReading({ ...reading, lang: 'ur', urdu: 'naskh' });
		expect(html.dataset.script).toBeUndefined();
	});

	it('the page says that nobody has checked it', async () => {
		const screen = await render(DraftNote, { onenglish: () => {} });
		await expect.element(screen.getByRole('button')).toBeVisible();
		expect(await faults(screen.container)).toEqual([]);
	});

	it('the English of the law stands beneath, marked as English', async () => {
		const { container } = await render(Legal, { path: 'EHCNA-6W-DECISION.plain' });
		const beside = container.querySelector('[lang="en"]');
		expect(beside?.getAttribute('dir')).toBe('ltr');
		expect(beside?.textContent?.length).toBeGreaterThan(20);
		expect(container.querySelectorAll('p').length).toBe(3);
	});

	it.each(every)('$title fits 320 px', async (example) => {
		await draw(example);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
	});
});

describe('a sentence on the page', () => {
	const drawT = async (k: string, values: Values = {}) =>
		(await render(T as never, { k, values } as never)).container;

	it('says which language it is borrowed from', async () => {
		useLanguage('ur');
		const container = await drawT('shell:notThere');
		expect(container.querySelector('span')?.lang).toBe('en');
	});

	it('keeps a name in its own direction', async () => {
		const container = await drawT('status:waitingFor', { who: 'عائشہ' });
		expect(container.querySelector('bdi')?.textContent).toBe('عائشہ');
		expect(container.textContent).not.toContain('\u2068');
	});

	it('follows the reader without being drawn again', async () => {
		const container = await drawT('shell:tabs.home');
		expect(container.textContent).toBe('Home');
		await applyReading({ ...reading, lang: 'pl' });
		await expect.poll(() => container.textContent).not.toBe('Home');
	});
});

describe('what was chosen', () => {
	it('is kept for the next opening, and read back', async () => {
		await applyReading({ lang: 'ur', theme: 'dark', text: 'xl', easy: true, urdu: 'naskh' });
		expect(JSON.parse(localStorage.getItem('alongside:reading') ?? '')).toEqual({
			lang: 'ur',
			dir: 'rtl',
			urdu: 'naskh',
			theme: 'dark',
			text: 'xl',
			easy: 'on'
		});
		const html = document.documentElement;
		expect([html.dataset.theme, html.dataset.text, html.dataset.easy]).toEqual(['dark', 'xl', 'on']);
	});
});
