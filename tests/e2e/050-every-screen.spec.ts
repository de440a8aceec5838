import { expect, test, type Page } from '@playwright/test';
import urduSettings from '../../src/lib/i18n/locales/ur/settings.json' with { type: 'json' };
import { startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline, watch } from '../support/parent.ts';
import {
	EVERY,
	FAMILY_SCREENS,
	faultsOf,
	PAIRWISE,
	PUBLIC_SCREENS,
	readAs,
	sayLook,
	settled,
	sideways,
	type Look
} from '../support/screens.ts';

/**
 * Every screen × theme × language × network: axe 0, one h1, right language and direction, no raw key, no policy violation.
 * `npm test` walks nine pairwise looks that share the screens out, so that each is seen with a connection and without; the long
 * tier walks all of them.
 */
let server: AppServer;
let page: Page;
let faults: string[];
let key: string;

test.beforeAll(async ({ browser }) => {
	server = await startApp({ env: { DEMO: '1' } });
	const context = await browser.newContext();
	({ faults } = watch(context));
	page = await context.newPage();
	await redeemLetter(page, server.origin, lettersOf(server.printed())[0]!);
	await untilOffline(page);
	// Each language once with a connection, and Urdu kept whole as Settings offers it, before the connection goes.
	for (const look of PAIRWISE.slice(0, 3)) {
		await readAs(page, look);
		for (const screen of ['/app', '/app/timeline']) {
			await page.goto(server.origin + screen);
			await settled(page);
		}
	}
	await readAs(page, { ...PAIRWISE[0]!, lang: 'ur' });
	await page.goto(server.origin + '/app/settings');
	await page.getByRole('button', { name: urduSettings.packButton }).click();
	await page.getByText(urduSettings.packReady).waitFor();
	await page.goto(server.origin + '/app/timeline');
	key = (await page.locator('a[href*="/app/milestone/"]').first().getAttribute('href'))!.split('/').at(-1)!;
	await readAs(page, PAIRWISE[0]!);
});

test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
});

const address = (screen: string) => server.origin + screen.replace('{key}', key);
const publicAddress = (screen: string, look: Look) =>
	server.origin + (look.lang === 'ur' ? `/ur${screen === '/' ? '' : screen}` : screen);

/** Without a connection means: the server is really gone. It does not come back in this file. */
async function goOffline(): Promise<void> {
	await server.stop();
	expect(
		await fetch(`${server.origin}/healthz`).then(
			() => 'up',
			() => 'gone'
		)
	).toBe('gone');
}

async function walk(look: Look, screens: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	if (look.net === 'offline') await goOffline();
	await readAs(page, look);
	for (const screen of screens) {
		faults.length = 0;
		await page.goto(address(screen));
		await settled(page);
		found.push(
			...(await faultsOf(page, look)).concat(faults).map((fault) => `${screen} (${sayLook(look)}): ${fault}`)
		);
	}
	return found;
}

// The longest words and the tallest letters: plain English is shorter than its own pseudo-language.
for (const [name, look] of [
	['in the longest words', PAIRWISE[2]!],
	['@long in the tallest letters', PAIRWISE[4]!]
] as const)
	test(`every screen holds at 320 px and with text at 200 %, ${name}`, async () => {
		// Some 50 pages; a second each on two busy cores.
		test.setTimeout(240_000);
		const found: string[] = [];
		for (const [width, text] of [
			[320, undefined],
			[360, 'xxl']
		] as const) {
			await page.setViewportSize({ width, height: 800 });
			await readAs(page, look, text);
			for (const screen of FAMILY_SCREENS) {
				await page.goto(address(screen));
				await settled(page);
				const by = await sideways(page);
				if (by > 0)
					found.push(
						`${screen} (${sayLook(look)}) at ${width} px, ${text ?? 'normal'} text: ${by} px sideways`
					);
			}
		}
		await page.setViewportSize({ width: 360, height: 800 });
		expect(found).toEqual([]);
	});

test('public screens, rendered by the server', async () => {
	const found: string[] = [];
	for (const look of PAIRWISE.filter(({ net, lang }) => net === 'online' && lang !== 'en-XA')) {
		await readAs(page, look);
		for (const screen of PUBLIC_SCREENS) {
			faults.length = 0;
			await page.goto(publicAddress(screen, look));
			await settled(page);
			found.push(
				...(await faultsOf(page, look))
					.concat(faults)
					.map((fault) => `${screen} (${sayLook(look)}): ${fault}`)
			);
		}
	}
	expect(found).toEqual([]);
});

test('keyboard alone reaches every control, and focus goes to the heading', async () => {
	await readAs(page, PAIRWISE[0]!);
	await page.goto(address('/app'));
	await settled(page);
	await page.getByRole('link', { name: 'People', exact: true }).press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Your people' })).toBeFocused();
	const controls = await page.locator('a[href]:visible, button:visible, summary:visible').count();
	const reached = new Set<string>();
	await page
		.locator('body')
		.evaluate(
			(body) => (body.setAttribute('tabindex', '-1'), body.focus(), body.removeAttribute('tabindex'))
		);
	for (let press = 0; press < controls + 4; press++) {
		await page.keyboard.press('Tab');
		reached.add(
			await page.evaluate(() => {
				const active = document.activeElement as HTMLElement;
				const box = active.getBoundingClientRect();
				return `${active.tagName} ${active.textContent?.trim()} ${Math.round(box.top + scrollY)}`;
			})
		);
	}
	expect(reached.size).toBeGreaterThanOrEqual(controls);
});

// Online first: the server does not come back.
for (const net of ['online', 'offline'] as const) {
	PAIRWISE.filter((look) => look.net === net).forEach((look, turn, looks) =>
		test(`its part of the screens: ${sayLook(look)}`, async () => {
			const part = FAMILY_SCREENS.filter((_, at) => at % looks.length === turn);
			expect(await walk(look, part)).toEqual([]);
		})
	);

	test(`@long every screen in every look, ${net}`, async () => {
		test.setTimeout(20 * 60_000);
		const found: string[] = [];
		for (const look of EVERY.filter((one) => one.net === net))
			found.push(...(await walk(look, FAMILY_SCREENS)));
		expect(found).toEqual([]);
	});
}
