import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lockNow, lockScreen, setPin, typePin } from '../support/lock.ts';
import { VirtualPasskeys } from '../support/virtual-passkeys.ts';
import { fillDate, lettersOf, redeemLetter, untilOffline, watch } from '../support/parent.ts';

/** The lock as a family without an account meets it: set, locked, killed, offline, wrong, right; and several people on a phone. */
let server: AppServer;
test.beforeAll(async () => void (server = await startApp()));
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
});

const PIN = '482915';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

async function typeDates(page: Page, child: string, days: number): Promise<void> {
	await page.goto(`${server.origin}/app/start/dates`);
	await page.getByLabel('I asked for an assessment').check();
	await fillDate(page, 'When was it?', daysAgo(days));
	await page.getByLabel('Your child’s first name or nickname').fill(child);
	await page.getByRole('button', { name: 'Show my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);
	await expect(page.getByText(child).first()).toBeVisible();
}
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** All a person could read on the page or in its source, attributes included. */
const everything = (page: Page) => page.evaluate(() => document.documentElement.outerHTML);

test.describe('a phone on disk', () => {
	const profile = mkdtempSync(join(tmpdir(), 'alongside-lock-'));
	test.afterAll(() => rmSync(profile, { recursive: true, force: true }));
	const open = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, {
			...test.info().project.use.launchOptions,
			viewport: { width: 360, height: 800 },
			locale: 'en-GB',
			timezoneId: 'Europe/London'
		});
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

	test('locked, killed, without a connection: the ladder, then the deep link', async () => {
		const own = await startApp();
		let context = await open();
		let page = context.pages()[0] ?? (await context.newPage());
		await page.goto(`${own.origin}/app/start/dates`);
		await page.getByLabel('I asked for an assessment').check();
		await fillDate(page, 'When was it?', daysAgo(60));
		await page.getByLabel('Your child’s first name or nickname').fill('Robin');
		await page.getByRole('button', { name: 'Show my dates' }).click();
		await expect(page.getByText('Robin').first()).toBeVisible();
		expect(await setPin(page, own.origin, PIN)).toMatch(/[0-9A-Z-]{24,}/);
		await untilOffline(page);
		await lockNow(page);
		expect(await everything(page)).not.toContain('Robin');
		await own.stop();
		own.remove();
		killBrowser();
		await context.close().catch(() => undefined);

		context = await open();
		const { faults } = watch(context);
		page = context.pages()[0] ?? (await context.newPage());
		await page.clock.install();
		await page.goto(`${own.origin}/app/timeline`);
		await expect(lockScreen(page)).toBeVisible();
		expect(await everything(page)).not.toMatch(/Robin|assessment|timeline/);
		for (const wrong of ['111112', '111113', '111114']) {
			await typePin(page, wrong);
			await expect(page.getByText('Those numbers are not right.')).toBeVisible();
			await expect(page.getByText('One more wrong try')).toBeHidden();
		}
		await typePin(page, '111115');
		await expect(page.getByText('One more wrong try, and you have to wait.')).toBeVisible();
		await typePin(page, '111116');
		await expect(page.getByText(/You can try again at \d{1,2}:\d{2}/)).toBeVisible();
		await expect(page.getByLabel('Your numbers', { exact: true })).toBeHidden();
		// Opening it again gains nothing.
		await page.reload();
		await expect(page.getByText(/You can try again at \d{1,2}:\d{2}/)).toBeVisible();
		await page.clock.fastForward(31_000);
		await typePin(page, PIN);
		await expect(heading(page)).toHaveText('Robin’s timeline');
		await expect(page.getByText('The council got the request').first()).toBeVisible();
		expect(faults).toEqual([]);
		await context.close();
	});
});

test('@long locks by itself, and the focus comes back to where it was', async ({ page, context }) => {
	const { faults } = watch(context);
	await page.clock.install();
	await typeDates(page, 'Robin', 60);
	await setPin(page, server.origin, PIN);
	await page.goto(`${server.origin}/app/more`);
	const link = page.getByRole('main').getByRole('link', { name: /My dates/ });
	await typePinIfLocked(page);
	await link.focus();
	await page.clock.fastForward(5 * 60_000 + 1000);
	await expect(lockScreen(page)).toBeVisible();
	expect(await everything(page)).not.toContain('Robin');
	await typePin(page, PIN);
	await expect(link).toBeFocused();
	expect(faults).toEqual([]);
});

/** A new page of a locked phone asks first. */
async function typePinIfLocked(page: Page): Promise<void> {
	await expect(lockScreen(page)).toBeVisible();
	await typePin(page, PIN);
	await expect(lockScreen(page)).toBeHidden();
}

test('@long a forgotten PIN: the spare key opens it, new numbers are chosen, the old ones are gone', async ({
	page
}) => {
	await typeDates(page, 'Robin', 60);
	const code = await setPin(page, server.origin, PIN);
	await lockNow(page);
	await page.getByRole('button', { name: 'I forgot my numbers' }).click();
	await page.getByLabel('Your code of 24 letters and numbers').fill('0000 0000');
	await page.getByRole('button', { name: 'Open with the code' }).click();
	await expect(page.getByText('That code is not right.')).toBeVisible();
	await page.getByLabel('Your code of 24 letters and numbers').fill(code!);
	await page.getByRole('button', { name: 'Open with the code' }).click();
	await page.waitForURL(`${server.origin}/app/lock?new`);
	await expect(page.getByText('Choose a new way to open it now')).toBeVisible();
	await page.getByRole('button', { name: 'Carry on' }).click();
	await page.getByLabel('New numbers', { exact: true }).fill('730264');
	await page.getByLabel('The same numbers again', { exact: true }).fill('730264');
	await page.getByRole('button', { name: 'Carry on' }).click();
	await expect(page.getByRole('heading', { name: 'The lock is on' })).toBeVisible();
	await lockNow(page);
	await typePin(page, PIN);
	await expect(page.getByText('Those numbers are not right.')).toBeVisible();
	await typePin(page, '730264');
	await expect(lockScreen(page)).toBeHidden();
});

test('@long numbers that others guess first are refused, with the reason', async ({ page }) => {
	await typeDates(page, 'Robin', 60);
	await page.goto(`${server.origin}/app/lock`);
	await page.getByRole('button', { name: 'Carry on' }).click();
	for (const [typed, why] of [
		['12345', 'Type at least 6 numbers.'],
		['123456', 'These numbers follow each other.'],
		['777777', 'This says the same thing again and again.'],
		['48a915', 'Use numbers only.']
	] as const) {
		await page.getByLabel('New numbers', { exact: true }).fill(typed);
		await page.getByLabel('The same numbers again', { exact: true }).fill(typed);
		await page.getByRole('button', { name: 'Carry on' }).click();
		await expect(page.getByRole('alert').filter({ hasText: why })).toBeVisible();
	}
	await page.goto(`${server.origin}/app/settings`);
	await expect(page.getByText('There is no lock on this app yet.')).toBeVisible();
});

test('@long two people on one phone: each opens their own, and the lock names neither', async ({ page }) => {
	await typeDates(page, 'Robin', 60);
	await setPin(page, server.origin, PIN);
	await page.goto(`${server.origin}/app/settings`);
	await typePinIfLocked(page);
	await page.getByLabel('Several people use this phone').check();
	await lockNow(page);
	await page.getByRole('button', { name: 'Somebody else' }).click();
	expect(await everything(page)).not.toContain('Robin');
	await page.getByRole('button', { name: 'Someone new' }).click();
	await expect(lockScreen(page)).toBeHidden();
	await typeDates(page, 'Sasha', 30);
	expect(await everything(page)).not.toContain('Robin');
	await page.goto(`${server.origin}/app/lock/who`);
	await page.getByRole('button', { name: 'Person 1' }).click();
	await expect(lockScreen(page)).toBeVisible();
	expect(await everything(page)).not.toMatch(/Robin|Sasha/);
	await typePin(page, PIN);
	await expect(page.getByText('Robin').first()).toBeVisible();
	expect(await everything(page)).not.toContain('Sasha');
});

test('@long a locked phone is emptied without a connection, after two questions', async ({
	page,
	context
}) => {
	await typeDates(page, 'Robin', 60);
	await setPin(page, server.origin, PIN);
	await untilOffline(page);
	await lockNow(page);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'I forgot my numbers' }).click();
	await page.getByRole('button', { name: 'Remove everything' }).click();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(lockScreen(page)).toBeVisible();
	await page.getByRole('button', { name: 'Remove everything' }).click();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('button', { name: 'Yes, remove it all' }).click();
	await expect(lockScreen(page)).toBeHidden();
	await page.reload();
	await expect(heading(page)).toBeVisible();
	await expect(lockScreen(page)).toBeHidden();
	const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
	expect(left.filter((name) => name?.startsWith('alongside-'))).toEqual([]);
});

test('the field to type in stands before anything else is fetched, and help opens without it', async ({
	page,
	context
}) => {
	await typeDates(page, 'Robin', 60);
	await setPin(page, server.origin, PIN);
	await untilOffline(page);
	const fresh = await context.newPage();
	await fresh.addInitScript(() => {
		const stood = new MutationObserver(() => {
			if (!document.querySelector('#secret')) return;
			stood.disconnect();
			performance.mark('field-stands');
		});
		stood.observe(document, { subtree: true, childList: true });
	});
	await fresh.goto(`${server.origin}/app`);
	await fresh.waitForFunction(() => performance.getEntriesByName('field-stands').length === 1);
	const files = await fresh.evaluate(() => {
		const moment = performance.getEntriesByName('field-stands')[0]!.startTime;
		return performance
			.getEntriesByType('resource')
			.filter(({ name, startTime }) => /\/_app\/.*\.js$/.test(name) && startTime <= moment)
			.map(({ name }) => name);
	});
	const bytes = files.reduce(
		(sum, url) =>
			sum + gzipSync(readFileSync(join('build/client', new URL(url).pathname)), { level: 9 }).length,
		0
	);
	console.log(
		`lock screen until the PIN field: ${(bytes / 1000).toFixed(2)} kB gzip in ${files.length} files`
	);
	expect(files.length).toBeGreaterThan(5);
	// Blueprint §7 and docs/decisions/0014.
	expect(bytes).toBeLessThanOrEqual(60_000);
	await fresh.getByRole('link', { name: 'Help pages' }).click();
	await expect(fresh).toHaveURL(`${server.origin}/help`);
	await expect(heading(fresh)).toBeVisible();
	await fresh.goBack();
	await expect(lockScreen(fresh)).toBeVisible();
});

test.describe('with the council’s account', () => {
	let council: AppServer;
	test.beforeAll(async () => void (council = await startApp({ env: { DEMO: '1' } })));
	test.afterAll(async () => {
		await council.kill().catch(() => undefined);
		council.remove();
	});

	test('@long forgotten numbers: a fresh sign-in opens it, and no code was ever needed', async ({ page }) => {
		const letter = lettersOf(council.printed())[0]!;
		await redeemLetter(page, council.origin, letter);
		expect(await setPin(page, council.origin, PIN)).toBeNull();
		await lockNow(page);
		expect(await everything(page)).not.toContain(letter.child);
		await page.getByRole('button', { name: 'I forgot my numbers' }).click();
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(`${council.origin}/app/lock`);
		await page.goto(`${council.origin}/app`);
		await typePinIfLocked(page);
		await expect(page.getByText(letter.child).first()).toBeVisible();
	});

	test('a touch opens it, at once and without a connection', async ({ page, context }) => {
		const { faults } = watch(context);
		const letter = lettersOf(council.printed())[1]!;
		await redeemLetter(page, council.origin, letter);
		await VirtualPasskeys.on(page);
		await page.goto(`${council.origin}/app/lock`);
		await page.getByLabel('Touch or face').check();
		await page.getByRole('button', { name: 'Carry on' }).click();
		await expect(page.getByRole('heading', { name: 'The lock is on' })).toBeVisible();
		await untilOffline(page);
		await lockNow(page);
		expect(await everything(page)).not.toContain(letter.child);
		// Locked by hand: nobody is asked before they ask.
		await page.getByRole('button', { name: 'Use your touch or face' }).click();
		await expect(lockScreen(page)).toBeHidden();
		await context.setOffline(true);
		await page.goto(`${council.origin}/app/timeline`);
		await expect(heading(page)).toContainText(letter.child);
		expect(faults).toEqual([]);
	});
});
