import { expect, test, type Locator, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline } from '../support/parent.ts';
import { settled, sideways } from '../support/screens.ts';

/** Looks that no theme of ours makes: a person's own few colours, and paper. What must hold, not what it looks like. */
let server: AppServer;
let page: Page;

test.beforeAll(async ({ browser }) => {
	server = await startApp({ env: { DEMO: '1' } });
	page = await (await browser.newContext()).newPage();
	await redeemLetter(page, server.origin, lettersOf(server.printed())[0]!);
	await untilOffline(page);
});
test.afterAll(async () => {
	await page.context().close();
	await server.kill();
	server.remove();
});

/** Shows a screen and waits until what the test looks at stands on it: saved rows are opened after the first drawing. */
const show = async (path: string, stands: string) => {
	await page.goto(server.origin + path);
	await settled(page);
	await expect(page.locator(stands).first()).toBeVisible();
};

/** What is left of a mark when colours are the person's own: its line, its shape, its words. */
const leftOf = (mark: Locator): Promise<string[]> =>
	mark.evaluateAll((all) =>
		all.map((element) => {
			const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element);
			const shape = element.querySelector('path')?.getAttribute('d') ?? '';
			return [borderTopWidth, borderTopStyle, borderTopColor, shape].join(' ');
		})
	);

test.describe('the person’s own colours', () => {
	test.beforeAll(() => page.emulateMedia({ forcedColors: 'active' }));
	test.afterAll(() => page.emulateMedia({ forcedColors: 'none' }));

	test('every state of the Timeline and every week of the ribbon is still told apart', async () => {
		await show('/app/timeline', '.track > .ahead');
		const of = async (state: string) => new Set(await leftOf(page.locator(`.track > .${state} > .dot`)));
		const marks = await Promise.all(['done', 'now', 'late', 'ahead'].map(of));
		const all = marks.flatMap((set) => [...set]);
		expect(all.length).toBeGreaterThanOrEqual(3);
		expect(new Set(all).size).toBe(all.length);
		for (const mark of all) expect(mark).not.toMatch(/^0px| none /);
		const colours = await page.locator('.weeks i').evaluateAll((weeks) =>
			weeks.map((week) => {
				const { backgroundColor, outlineStyle } = getComputedStyle(week);
				return `${backgroundColor} ${outlineStyle}`;
			})
		);
		// Weeks gone, this week, weeks to come.
		expect(new Set(colours).size).toBe(3);
	});

	test('cards, chips and controls keep an edge, and what waits for you another one', async () => {
		await show('/app', '.card.sun');
		const edge = (name: string) =>
			page
				.locator(name)
				.first()
				.evaluate((element) => {
					const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element);
					return [borderTopWidth, borderTopStyle, borderTopColor].join(' ');
				});
		const card = await edge('.card:not(.sun)');
		expect(card).toMatch(/^1px solid/);
		expect(await edge('.card.sun')).toMatch(/^4px solid/);
		expect(await edge('.chip')).toMatch(/^1px solid/);
		expect(await edge('.btn:not(.alt)')).not.toBe(await edge('.btn.alt'));
		expect(await edge('.tabs a[aria-current]')).not.toBe(await edge('.tabs a:not([aria-current])'));
	});
});

test.describe('on paper', () => {
	/** A4 less the browser's margins, in CSS pixels. */
	const PAPER = { width: 718, height: 1047 };
	test.beforeAll(async () => {
		await page.emulateMedia({ media: 'print' });
		await page.setViewportSize(PAPER);
	});
	test.afterAll(async () => {
		await page.emulateMedia({ media: 'screen' });
		await page.setViewportSize({ width: 360, height: 800 });
	});

	test('the Timeline is whole: no controls, everything unfolded, nothing beyond the edge', async () => {
		await show('/app/timeline', 'main details');
		await expect(page.getByRole('navigation')).toHaveCount(0);
		await expect(page.locator('main').getByRole('button')).toHaveCount(0);
		await expect(page.getByText(/^Printed on /)).toBeVisible();
		const folded = page.locator('main details');
		expect(await folded.count()).toBeGreaterThan(2);
		for (const one of await folded.all()) await expect(one.locator('.inside').first()).toBeVisible();
		expect(await sideways(page)).toBe(0);
		const cut = await page.locator('main *').evaluateAll((all) =>
			all
				.filter((element) => {
					const { overflowX, overflowY } = getComputedStyle(element);
					const hides = [overflowX, overflowY].some((how) => how !== 'visible' && how !== 'auto');
					return hides && !element.closest('.vh') && element.scrollHeight > element.clientHeight + 1;
				})
				.map((element) => element.outerHTML.slice(0, 80))
		);
		expect(cut).toEqual([]);
		// Ink on paper, whatever the theme of the screen.
		expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).color)).toBe('rgb(0, 0, 0)');
		const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
		const pages = Number(/\/Type \/Pages\b[^>]*?\/Count (\d+)/s.exec(pdf)?.[1] ?? 0);
		expect(pages).toBeGreaterThanOrEqual(1);
		expect(pages).toBeLessThanOrEqual(6);
	});

	test('numbers to call are there to be read', async () => {
		await show('/app/people', 'a[href^="tel:"]');
		const shown = await page
			.locator('a[href^="tel:"]:visible')
			.evaluateAll((all) =>
				all.map((one) => (one as HTMLElement).innerText + getComputedStyle(one, '::after').content)
			);
		expect(shown.length).toBeGreaterThan(1);
		for (const text of shown) expect(text.replace(/\D/g, '').length).toBeGreaterThanOrEqual(10);
	});
});
