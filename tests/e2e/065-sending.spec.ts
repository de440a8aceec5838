import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { startApp, type AppServer } from '../support/app-server.ts';
import { officerAt } from '../support/desk.ts';
import { fillDate, lettersOf, redeemLetter, untilOffline, watch, type Letter } from '../support/parent.ts';

/**
 * What a family says to the council: kept through a kill, sent in a dead spot, there once and with a receipt when the connection is
 * back, and read by an officer word for word.
 */
let server: AppServer;
let letters: Letter[];
test.beforeAll(async () => {
	server = await startApp({ env: { DEMO: '1' } });
	letters = lettersOf(server.printed());
	await expect.poll(() => server.printed()).toContain('Council staff sign in at');
});
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
});

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Saved on this phone' });
const open = async (page: Page, path: string, name: string | RegExp) => {
	await page.goto(server.origin + path);
	await expect(heading(page, name)).toBeVisible();
};
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test('a message: begun from a fact, changed, sent in a dead spot, there once with a receipt, answered', async ({
	browser
}) => {
	// A phone and a desk.
	test.setTimeout(150_000);
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	const page = await context.newPage();
	await redeemLetter(
		page,
		server.origin,
		letters.find(({ child }) => child === 'Amira')!
	);
	await untilOffline(page);

	await open(page, '/app/people', 'Your people');
	await page.getByRole('link', { name: 'Write a message' }).first().click();
	await expect(heading(page, 'Write a message')).toBeFocused();
	await page.getByRole('button', { name: 'When will the advice come?' }).click();
	const box = page.getByLabel('Your message');
	await expect(box).toBeFocused();
	await expect(box).toHaveValue(/TW-4R71[\s\S]*When will it come\?/);
	await box.press('ControlOrMeta+End');
	await box.pressSequentially(' Nasreen');
	await expect(saved(page)).toBeVisible();

	// Kept as it was typed: the page is gone in the middle, and the words stand there.
	await page.reload();
	await expect(page.getByLabel('Your message')).toHaveValue(/ Nasreen$/);

	await context.setOffline(true);
	await page.getByRole('button', { name: 'Send it' }).click();
	await expect(heading(page, 'Messages')).toBeVisible();
	const mine = page.getByRole('listitem').filter({ hasText: ' Nasreen' });
	await expect(mine).toBeFocused();
	await expect(mine.getByText('Waiting to send', { exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: '1 thing is waiting to send' })).toBeVisible();
	await open(page, '/app/messages/write', 'Write a message');
	await expect(page.getByLabel('Your message')).toHaveValue('');

	await context.setOffline(false);
	await open(page, '/app/messages', 'Messages');
	await expect(mine.getByText('Received', { exact: true })).toBeVisible({ timeout: 30_000 });
	await expect(mine).toHaveCount(1);
	await mine.getByText('Receipt number').click();
	const receipt = await mine.locator('bdi[translate="no"]').innerText();
	expect(receipt).toMatch(/^[0-9A-Z-]{6,}$/);

	const desk = await officerAt(browser, server.origin, 'TW-4R71');
	await expect(desk.getByText('Nasreen', { exact: false }).first()).toBeVisible();
	await desk.getByLabel('Your answer').first().fill('It is due next week. Priya');
	await desk.getByRole('button', { name: 'Send the answer' }).first().click();
	await expect(page.getByText('It is due next week. Priya')).toBeVisible({ timeout: 30_000 });
	await expect(mine.getByText('Answered', { exact: true })).toBeVisible();
	expect(faults).toEqual([]);
	await desk.context().close();
	await context.close();
});

test('without a council: the words are kept, nothing offers to send them, and there is paper', async ({
	page
}) => {
	await page.goto(`${server.origin}/app/start/dates`);
	await page.getByLabel('I asked for an assessment').check();
	await fillDate(page, 'When was it?', daysAgo(60));
	await page.getByLabel('Your child’s first name or nickname').fill('Robin');
	await page.getByRole('button', { name: 'Show my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);

	await open(page, '/app/views/assessment/about', 'What is Robin like?');
	await page.getByRole('textbox', { name: 'Your words' }).fill('Robin loves trains.');
	await page.getByRole('button', { name: 'Save and leave' }).click();
	await expect(page.getByText('You have words for 1 of 8')).toBeVisible();
	await page.getByRole('link', { name: 'Check your words' }).click();
	await expect(page.getByText('Robin loves trains.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'To send it, use your letter' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Send it' })).toHaveCount(0);
	const file = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a text file' }).click();
	const download = await file;
	expect(download.suggestedFilename()).toMatch(/^alongside-words-\d{4}-\d\d-\d\d\.txt$/);
	expect(readFileSync((await download.path())!, 'utf8')).toContain('Robin loves trains.');

	await open(page, '/app/messages/write', 'Write a message');
	await page.getByLabel('Your message').fill('Please ring me.');
	await expect(saved(page)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Send it' })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Copy the words' })).toBeEnabled();
});

/** The page dies as when a phone needs its memory: nothing of it runs any more, not even what a page does when it is left. */
async function killed(page: Page): Promise<Page> {
	const context = page.context();
	const gone = new Promise<void>((resolve) => page.once('crash', () => resolve()));
	const session = await context.newCDPSession(page);
	session.send('Page.crash').catch(() => undefined);
	await gone;
	await page.close();
	return context.newPage();
}

test('@long views on two evenings, a kill between, sent in airplane mode, received once', async ({
	browser
}) => {
	// Three pages and a desk, one after the other.
	test.setTimeout(240_000);
	const letter = letters.find(({ child }) => child === 'Zofia')!;
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	let page = await context.newPage();
	await redeemLetter(page, server.origin, letter);
	await untilOffline(page);
	await context.setOffline(true);

	// The first evening, without a connection from the first word on.
	await open(page, '/app/views?form=annual-review', 'Your views');
	await page.locator('.card.sun').getByRole('link').first().click();
	await expect(page.getByRole('main').getByText('Question 1 of 8')).toBeVisible();
	await page.getByRole('textbox', { name: 'Your words' }).fill('She loves her rabbit.\nShe hates bells.');
	await page.getByRole('button', { name: 'Next question' }).click();
	await expect(page.getByRole('main').getByText('Question 2 of 8')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	await page.getByRole('button', { name: 'Skip this one' }).click();
	await expect(page.getByRole('main').getByText('Question 3 of 8')).toBeVisible();
	await page
		.getByRole('textbox', { name: 'Your words' })
		.pressSequentially('Mondays are hard', { delay: 20 });
	await expect(saved(page)).toBeVisible();
	page = await killed(page);

	// The second evening: every word that was called saved is there.
	await open(page, '/app/views', 'Your views');
	await expect(page.getByText('You have words for 2 of 8')).toBeVisible();
	await expect(page.getByText('You skipped this. That is OK.')).toBeVisible();
	await page.getByRole('link', { name: /^3\. / }).click();
	await expect(page.getByRole('textbox', { name: 'Your words' })).toHaveValue('Mondays are hard');
	await page.getByRole('textbox', { name: 'Your words' }).press('ControlOrMeta+End');
	await page.getByRole('textbox', { name: 'Your words' }).pressSequentially(', and so are bells.');
	await page.getByRole('button', { name: 'Save and leave' }).click();
	await page.getByRole('link', { name: 'Check your words' }).click();
	await expect(page.getByText('Mondays are hard, and so are bells.')).toBeVisible();
	await page.getByRole('button', { name: 'Send it' }).click();
	await expect(heading(page, 'Waiting to send')).toBeVisible();
	const address = new URL(page.url()).pathname;
	expect(address).toMatch(/^\/app\/views\/sent\/[0-9a-f-]{36}$/);
	page = await killed(page);

	// Opened again: it still waits, and goes when the connection is back.
	await open(page, address, 'Waiting to send');
	await context.setOffline(false);
	await page.reload();
	await expect(heading(page, 'The council has your words')).toBeVisible({ timeout: 30_000 });
	const receipt = await page.locator('.no bdi').innerText();
	await expect(page.getByText('Mondays are hard, and so are bells.')).toBeVisible();

	const desk = await officerAt(browser, server.origin, 'TW-9C43');
	const received = desk.getByRole('listitem').filter({ hasText: receipt });
	await expect(received).toHaveCount(1);
	await received.getByRole('link').click();
	await expect(desk.getByText('She loves her rabbit.')).toBeVisible();
	await expect(desk.getByText('Mondays are hard, and so are bells.').first()).toBeVisible();

	// An update brings the first one up to date and leaves it as it was.
	await page.getByRole('link', { name: 'Send an update' }).click();
	await page.getByRole('link', { name: /^2\. / }).click();
	await page.getByRole('textbox', { name: 'Your words' }).fill('The reading corner.');
	await page.getByRole('button', { name: 'Save and leave' }).click();
	await page.getByRole('link', { name: 'Check your words' }).click();
	await page.getByRole('button', { name: 'Send an update' }).click();
	await expect(heading(page, 'The council has your words')).toBeVisible({ timeout: 30_000 });
	await page.goto(server.origin + address);
	await expect(page.locator('.no bdi')).toHaveText(receipt);
	await expect(page.getByText('The reading corner.')).toHaveCount(0);
	expect(faults).toEqual([]);
	await desk.context().close();
	await context.close();
});
