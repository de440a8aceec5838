import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyFolder, startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline, watch } from '../support/parent.ts';

/**
 * Issue 2, "Done when": enter the printed code, see the child; stop the server and kill the browser; reopen on the
 * Timeline: all there. A real profile on disk, a real SIGKILL, a server that is really gone.
 */
let server: AppServer;
const profile = mkdtempSync(join(tmpdir(), 'alongside-chromium-'));

const open = (): Promise<BrowserContext> =>
	chromium.launchPersistentContext(profile, {
		...test.info().project.use.launchOptions,
		viewport: { width: 360, height: 800 },
		locale: 'en-GB',
		timezoneId: 'Europe/London'
	});

/** Every process of this profile at once, as a phone ends an app. */
function killBrowser(): void {
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`))
				process.kill(Number(pid), 'SIGKILL');
		} catch {
			// gone between the listing and the look
		}
	}
}

test.beforeAll(async () => void (server = await startApp({ dataDir: emptyFolder(), env: { DEMO: '1' } })));
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
	rmSync(profile, { recursive: true, force: true });
});

test('a code, the child, no server, a killed browser: the Timeline is all there', async () => {
	const letter = lettersOf(server.printed())[0]!;
	let context = await open();
	let page = context.pages()[0] ?? (await context.newPage());
	await redeemLetter(page, server.origin, letter);
	await expect(page.getByText(letter.child).first()).toBeVisible();
	await page.getByRole('link', { name: 'Timeline' }).click();
	// Home has lists too: what is compared below must be the Timeline's.
	await page.waitForURL(`${server.origin}/app/timeline`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('timeline');
	const firstStep = () => page.getByRole('main').getByRole('listitem').first();
	await expect(firstStep()).toBeVisible();
	const before = await page.getByRole('main').innerText();
	await untilOffline(page);

	await server.stop();
	killBrowser();
	await context.close().catch(() => undefined);

	context = await open();
	const { faults } = watch(context);
	page = context.pages()[0] ?? (await context.newPage());
	await page.goto(`${server.origin}/app/timeline`);
	await expect(page.getByText(letter.child).first()).toBeVisible();
	await expect(firstStep()).toBeVisible();
	const after = await page.getByRole('main').innerText();
	// The same facts; only what is said about the connection may differ.
	const facts = (text: string) =>
		text.split('\n').filter((line) => /\d{1,2} \w+/.test(line) && !/internet|saved|checked/i.test(line));
	expect(facts(after)).toEqual(expect.arrayContaining(facts(before).slice(0, 5)));

	// A deep link that this phone has never visited.
	await page.goto(`${server.origin}/app/people`);
	await expect(page.getByRole('heading', { level: 1, name: 'Your people' })).toBeVisible();
	await page.goto(`${server.origin}/help/law`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	expect(faults).toEqual([]);
	await context.close();
});
