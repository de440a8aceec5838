import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { fillDate, lettersOf, redeemLetter, untilOffline, watch } from '../support/parent.ts';
import { VirtualPasskeys } from '../support/virtual-passkeys.ts';

/**
 * Views written on two phones of one person, both without a connection at times: begun on one, gone on with on the other, written on both
 * at once; every word is on both, and what was written on both says so.
 */
let server: AppServer;
test.beforeAll(async () => {
	server = await startApp({ env: { DEMO: '1' } });
});
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
});

type Phone = { context: BrowserContext; page: Page; keys: VirtualPasskeys; faults: string[] };
async function phone(browser: Browser): Promise<Phone> {
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	const page = await context.newPage();
	return { context, page, faults, keys: await VirtualPasskeys.on(page) };
}
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const answer = (page: Page) => page.getByRole('textbox', { name: 'Your words' });
const QUESTION = '/app/views/assessment/going-well';
async function open(page: Page, path: string): Promise<void> {
	await page.goto(server.origin + path);
	await expect(heading(page, /./)).toBeVisible();
}
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Saved on this phone' });
const elsewhere = (page: Page) => page.getByText('You can go on with this on your other phones too.');

test('@long begun on one phone, gone on with on the other, and no word of either is lost', async ({
	browser
}) => {
	// Two phones, one after the other and at once.
	test.setTimeout(180_000);
	const [a, b] = [await phone(browser), await phone(browser)];
	const letter = lettersOf(server.printed()).find(({ child }) => child === 'Amira')!;
	await a.page.goto(`${server.origin}/app/start/letter#${letter.code}`);
	await fillDate(a.page, 'Your child’s date of birth', letter.bornOn);
	await a.page.getByRole('button', { name: 'Open my dates' }).click();
	await a.page.getByRole('button', { name: 'Make a passkey' }).click();
	await a.page.getByRole('button', { name: 'Open my dates' }).click();
	await a.page.waitForURL(`${server.origin}/app`);
	await untilOffline(a.page);

	await open(a.page, QUESTION);
	await answer(a.page).fill('She loves the swings.');
	await expect(saved(a.page)).toBeVisible();
	await expect(elsewhere(a.page)).toBeVisible({ timeout: 30_000 });
	// A draft is nothing that anybody sent.
	await open(a.page, '/app/waiting');
	await expect(a.page.getByText('She loves the swings.')).toHaveCount(0);

	await a.keys.copyTo(b.keys);
	await b.page.goto(`${server.origin}/app/sign-in`);
	await b.page.getByRole('button', { name: 'Use touch, face or code' }).click();
	await b.page.waitForURL(`${server.origin}/app`);
	await untilOffline(b.page);
	await open(b.page, '/app/views?form=assessment');
	await expect(b.page.getByText('You have words for 1 of 8')).toBeVisible({ timeout: 30_000 });

	// Both at once, and neither has a connection.
	await open(a.page, QUESTION);
	await open(b.page, QUESTION);
	await expect(answer(b.page)).toHaveValue('She loves the swings.');
	await a.context.setOffline(true);
	await b.context.setOffline(true);
	await answer(a.page).press('ControlOrMeta+End');
	await answer(a.page).pressSequentially(' And her sister 😀');
	await answer(b.page).press('ControlOrMeta+Home');
	await answer(b.page).pressSequentially('At home: ');
	for (const { page } of [a, b]) await expect(saved(page)).toBeVisible();
	await expect(a.page.getByText('Your other phones get this when there is internet.')).toBeVisible();

	await a.context.setOffline(false);
	await expect(elsewhere(a.page)).toBeVisible({ timeout: 30_000 });
	await b.context.setOffline(false);
	const both = 'At home: She loves the swings. And her sister 😀';
	await expect(answer(b.page)).toHaveValue(both, { timeout: 30_000 });
	await expect(b.page.getByText('You wrote here on two phones.', { exact: false })).toBeVisible();
	await expect(answer(a.page)).toHaveValue(both, { timeout: 30_000 });
	await b.page.getByRole('button', { name: 'I have read it' }).click();
	await expect(b.page.getByText('You wrote here on two phones.', { exact: false })).toHaveCount(0);

	// Sent from one, it is sent on the other.
	await open(b.page, '/app/views/assessment/check');
	await expect(b.page.getByText(both)).toBeVisible();
	await b.page.getByRole('button', { name: 'Send it' }).click();
	await expect(b.page.getByText('Receipt number')).toBeVisible({ timeout: 30_000 });
	await open(a.page, '/app/views?form=assessment');
	await expect(a.page.getByRole('link', { name: 'Read what you sent' })).toBeVisible({ timeout: 30_000 });
	for (const { faults } of [a, b]) expect(faults).toEqual([]);
	for (const { context } of [a, b]) await context.close();
});

test('@long written together where they ask for it: offered to both, begun with nothing of one’s own, both texts there', async ({
	browser
}) => {
	// Two people on two phones.
	test.setTimeout(180_000);
	const letters = lettersOf(server.printed()).filter(({ child }) => child === 'Zofia');
	expect(letters).toHaveLength(2);
	const people: Page[] = [];
	for (const letter of letters) {
		const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
		const page = await context.newPage();
		await redeemLetter(page, server.origin, letter);
		await untilOffline(page);
		people.push(page);
	}
	const [mother, father] = people as [Page, Page];
	await open(mother, '/app/views/annual-review/hard');
	await answer(mother).fill('Only I should read this.');
	await expect(saved(mother)).toBeVisible();

	await open(mother, '/app/views?form=annual-review');
	await expect(mother.getByText('Council staff cannot.', { exact: false }).first()).toBeVisible();
	await mother.getByRole('button', { name: 'Write it together' }).click();
	await expect(mother.getByText('All parents and carers of this record', { exact: false })).toBeVisible();
	await open(mother, '/app/views/together-annual-review/hard');
	await expect(heading(mother, 'What is hard for Zofia right now?')).toBeVisible();
	await expect(answer(mother)).toHaveValue('');
	await answer(mother).fill('Mornings are hard.');
	await expect(mother.getByText('The others can read this too.')).toBeVisible({ timeout: 30_000 });

	await open(father, '/app/views');
	await father.getByRole('link', { name: /written together/ }).click({ timeout: 30_000 });
	await expect(father.getByText('You have words for 1 of 8')).toBeVisible();
	await open(father, '/app/views/together-annual-review/hard');
	await expect(answer(father)).toHaveValue('Mornings are hard.');
	for (const page of people) await page.context().setOffline(true);
	await answer(father).press('ControlOrMeta+End');
	await answer(father).pressSequentially(' So is the bus.');
	await answer(mother).press('ControlOrMeta+Home');
	await answer(mother).pressSequentially('For Zofia: ');
	for (const page of people) await expect(saved(page)).toBeVisible();
	for (const page of people) await page.context().setOffline(false);
	const both = 'For Zofia: Mornings are hard. So is the bus.';
	for (const page of people) await expect(answer(page)).toHaveValue(both, { timeout: 40_000 });
	await expect(people[0]!.getByText('That does not mean you agree.', { exact: false })).toBeVisible({
		timeout: 30_000
	});

	// What she wrote for herself stays hers.
	await open(father, '/app/views?form=annual-review');
	await expect(father.getByText('Only I should read this.')).toHaveCount(0);
	await open(mother, '/app/views/annual-review/hard');
	await expect(answer(mother)).toHaveValue('Only I should read this.');

	// Sent together, it does not stand for what she has not sent of her own.
	await open(mother, '/app/views/together-annual-review/check');
	await mother.getByRole('button', { name: 'Send it' }).click();
	await expect(mother.getByText('Receipt number')).toBeVisible({ timeout: 30_000 });
	await open(mother, '/app/views?form=annual-review');
	await expect(mother.getByText('You have words for 1 of 8')).toBeVisible();
	await expect(mother.getByText('Changed since you sent it')).toHaveCount(0);
	await open(mother, '/app/views?form=together-annual-review');
	await expect(mother.getByRole('link', { name: 'Read what you sent' })).toBeVisible();
	for (const page of people) await page.context().close();
});
