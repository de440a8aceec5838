import { expect, test, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { officerAt } from '../support/desk.ts';
import { fillDate, lettersOf, redeemLetter, untilOffline, watch, type Letter } from '../support/parent.ts';

/** Told once, shown in a dead spot and on one page of paper; a child's own voice in pictures, to the officer's desk. */
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
const open = async (page: Page, path: string, name: string | RegExp) => {
	await page.goto(server.origin + path);
	await expect(heading(page, name)).toBeVisible();
};
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test('without a council: told once, still there after a reload in a dead spot, shown, and one page of paper', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	const page = await context.newPage();
	await page.goto(`${server.origin}/app/start/dates`);
	await page.getByLabel('I asked for an assessment').check();
	await fillDate(page, 'When was it?', daysAgo(60));
	await page.getByLabel('Your child’s first name or nickname').fill('Robin');
	await page.getByRole('button', { name: 'Show my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);
	await untilOffline(page);
	await context.setOffline(true);

	await open(page, '/app/profile', 'Tell it once');
	const long = 'Say my name first. Wait for ten seconds. Then ask again with fewer words.\n'.repeat(6).trim();
	for (const label of ['What matters to me', 'How to help me', 'What upsets me', 'How I talk to you'])
		await page.getByLabel(label).fill(long);
	await page.getByLabel('My health needs').fill('A blue inhaler.');
	await page.getByLabel('My health needs').blur();
	await expect(page.locator('#section-health-kept')).toHaveText('Saved on this phone');

	await open(page, '/app/profile/show', 'Robin');
	await expect(page.getByText('A blue inhaler.')).toBeVisible();
	await page.getByRole('button', { name: 'Taxi' }).click();
	await expect(page.getByText('A blue inhaler.')).toHaveCount(0);
	await page.getByRole('button', { name: 'Everything' }).click();
	const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
	expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

	// A form offers it, and puts it there only when asked.
	await context.setOffline(false);
	await open(page, '/app/profile/share', 'Share some of it');
	await expect(page.getByText('A blue inhaler.')).toHaveCount(0);
	await page.getByLabel('My health needs').check();
	await expect(page.getByText('A blue inhaler.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'To send it, use your letter' })).toBeVisible();
	expect(faults).toEqual([]);
	await context.close();
});

test('@long a child says it in pictures, and a profile goes in part: in a dead spot, received, read by the officer', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	const page = await context.newPage();
	await redeemLetter(
		page,
		server.origin,
		letters.find(({ child }) => child === 'Amira')!
	);
	await untilOffline(page);
	await context.setOffline(true);

	await open(page, '/app/views/child-voice/feel', 'How do you feel most days?');
	await expect(page.getByRole('heading', { name: 'Who sees this' })).toBeVisible();
	await page.getByRole('checkbox', { name: 'Happy' }).check();
	await page.getByRole('checkbox', { name: 'Tired' }).check();
	await page.getByRole('button', { name: 'Next question' }).click();
	await expect(heading(page, 'What helps you?')).toBeFocused();
	await page.getByRole('checkbox', { name: 'Headphones' }).check();
	await page.getByLabel('Your own words').fill('The red ones.');
	await page.getByRole('button', { name: 'Save and leave' }).click();
	await expect(page.getByText('You have words for 2 of 6')).toBeVisible();
	await page.getByRole('link', { name: 'Check your words' }).click();
	await expect(page.getByText('Headphones')).toBeVisible();
	await expect(page.getByText('The red ones.')).toBeVisible();
	await page.getByRole('button', { name: 'Send it' }).click();
	await expect(heading(page, 'Waiting to send')).toBeVisible();
	const voice = new URL(page.url()).pathname;

	await open(page, '/app/profile', 'Tell it once');
	await page.getByLabel('What matters to me').fill('My rabbit, Clover.');
	await page.getByLabel('My health needs').fill('Never told to the council.');
	await page.getByLabel('My health needs').blur();
	await expect(page.locator('#section-health-kept')).toHaveText('Saved on this phone');
	await page.getByRole('link', { name: 'Share some of it' }).click();
	await expect(heading(page, 'Share some of it')).toBeFocused();
	await page.getByLabel('What matters to me').check();
	await page.getByRole('button', { name: 'Send it' }).click();
	await expect(heading(page, 'Waiting to send')).toBeVisible();
	const profile = new URL(page.url()).pathname;

	await context.setOffline(false);
	const receipts: string[] = [];
	for (const path of [voice, profile]) {
		await page.goto(server.origin + path);
		await expect(heading(page, 'The council has your words')).toBeVisible({ timeout: 30_000 });
		receipts.push(await page.locator('.no bdi').innerText());
	}
	const desk = await officerAt(browser, server.origin, 'TW-4R71');
	const received = desk.getByRole('listitem').filter({ hasText: receipts[0]! });
	await expect(received.getByText('The child’s own voice')).toBeVisible();
	await received.getByRole('link').click();
	await expect(desk.getByText('The red ones.', { exact: false }).first()).toBeVisible();
	await desk.goBack();
	await desk.getByRole('listitem').filter({ hasText: receipts[1]! }).getByRole('link').click();
	await expect(desk.getByText('My rabbit, Clover.').first()).toBeVisible();
	expect(await desk.locator('body').innerText()).not.toContain('Never told to the council.');
	expect(faults).toEqual([]);
	await desk.context().close();
	await context.close();
});
