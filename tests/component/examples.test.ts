import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { componentFiles, draw, dress, every, faults, folders } from './drawn.ts';

beforeEach(() => document.body.replaceChildren());
afterEach(() => document.body.replaceChildren());

describe('examples', () => {
	it('show every component', () => {
		const shown = new Set(folders.flatMap(([, list]) => list.map(({ component }) => component)));
		// FieldError is drawn by each field that has an error; Timeline is the list its items are drawn in.
		const drawnByOthers = 2;
		expect(folders.length).toBeGreaterThanOrEqual(28);
		expect(shown.size).toBe(componentFiles.length - drawnByOthers);
	});

	for (const theme of ['light', 'dark', 'contrast']) {
		it.each(every)(`$title: nothing found by axe in ${theme}`, async (example) => {
			await page.viewport(360, 800);
			dress({ theme });
			expect(await faults(await draw(example))).toEqual([]);
		});
	}

	for (const dir of ['ltr', 'rtl']) {
		it.each(every)(`$title: fits 320 px at 200 % text, ${dir}`, async (example) => {
			await page.viewport(320, 700);
			dress({ text: 'xxl', dir });
			await draw(example);
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		});
	}

	it.each(every)('$title: controls are at least 44 px high', async (example) => {
		await page.viewport(360, 800);
		dress({});
		const drawn = await draw(example);
		const small = [...drawn.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')]
			.filter((control) => !control.closest('p, .skip') && control.checkVisibility())
			.map((control) => control.closest('label.pick, label.switch') ?? control)
			.filter((control) => control.getBoundingClientRect().height < 44);
		expect(small.map((control) => control.outerHTML)).toEqual([]);
	});

	it.each(every)('$title: has no style attribute', async (example) => {
		expect((await draw(example)).querySelector('[style]')).toBeNull();
	});
});
