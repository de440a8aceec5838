import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, watch } from '../support/parent.ts';

/** An officer's day, without a script: a list of what waits, an answer that outlives the session, files to keep, and a case that goes to a colleague. */
let server: AppServer;
test.beforeAll(async () => {
	server = await startApp({ env: { DEMO: '1' } });
	await expect.poll(() => server.printed()).toContain('Council staff sign in at');
});
test.afterAll(async () => {
	await server.stop();
	server.remove();
});

async function desk(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 1280, height: 900 }
	});
	const page = await context.newPage();
	await signIn(page);
	return page;
}
async function signIn(page: Page): Promise<void> {
	await page.goto(`${server.origin}/sign-in`);
	await page.getByRole('link', { name: 'Sign in as staff' }).click();
	await page.getByRole('button', { name: /Priya Deol/ }).click();
	await page.waitForURL(`${server.origin}/staff`);
}

test('a case goes to a colleague: off the one list, on the other, and said on the case', async ({
	browser
}) => {
	const page = await desk(browser);
	const { faults } = watch(page.context());
	await page.getByLabel('Whose cases').selectOption({ label: 'Priya Deol (me)' });
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	const links = page.getByRole('rowheader').getByRole('link');
	const ref = (await links.first().innerText()).trim();
	await links.first().click();
	await page.getByText('Hand over to another officer').click();
	await page.getByLabel('Hand over to', { exact: true }).selectOption({ index: 1 });
	const name = (await page.locator('select[name=to] option:checked').innerText()).split(',')[0]!.trim();
	await page.getByRole('button', { name: 'Hand over', exact: true }).click();
	await expect(page.getByText('Done. The case has a new officer from today.')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
	await page.goto(`${server.origin}/staff`);
	await page.getByLabel('Whose cases').selectOption({ label: 'Priya Deol (me)' });
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	await expect(page.getByRole('rowheader').filter({ hasText: ref })).toHaveCount(0);
	await page.getByLabel('Whose cases').selectOption({ label: name });
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	await expect(page.getByRole('rowheader').filter({ hasText: ref })).toHaveCount(1);
	expect(faults).toEqual([]);
});

test('@long an answer typed past the end of the session is not lost, goes out once, and a thread can be kept as a file', async ({
	browser
}) => {
	// A phone, a desk and a second window of it.
	test.setTimeout(180_000);
	const phone = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
	const letter = lettersOf(server.printed()).find(({ child }) => child === 'Amira')!;
	await redeemLetter(phone, server.origin, letter);
	await phone.goto(`${server.origin}/app/messages/write`);
	await phone.getByLabel('Your message').fill('Who has the report?');
	await phone.getByRole('button', { name: 'Send it' }).click();
	await expect(phone.getByText('Received', { exact: false }).first()).toBeVisible();

	const page = await desk(browser);
	await page.getByLabel('Only with a message without an answer').check();
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	await page.getByRole('rowheader').getByRole('link').first().click();
	const words = 'Dr Hale has it.\nIt comes on Monday & <soon>.';
	await page.getByLabel('Your answer').fill(words);
	// Half an hour goes by: the session has ended, and the browser does not know.
	const context = page.context();
	await context.clearCookies({ name: 'staff' });
	await page.getByRole('button', { name: 'Send the answer' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your answer is not sent yet');
	await expect(page.getByLabel('Your answer')).toHaveValue(words);
	await expect(page.getByText('Who has the report?')).toHaveCount(0);
	const second = context.waitForEvent('page');
	await page.getByRole('link', { name: 'Sign in again' }).click();
	const other = await second;
	// The council's own sign-in still knows her.
	await other.goto(`${server.origin}/sign-in`);
	await other.getByRole('link', { name: 'Sign in as staff' }).click();
	await other.waitForURL(`${server.origin}/staff`);
	await other.close();
	await page.getByRole('button', { name: 'Send the answer' }).click();
	await expect(page.getByText('Done. Your answer is sent.')).toBeVisible();
	await expect(page.getByText('It comes on Monday & <soon>.')).toHaveCount(1);

	const file = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Save all as a text file' }).click();
	const text = readFileSync((await (await file).path())!, 'utf8');
	for (const said of ['Who has the report?', words, 'SHA-256', 'Receipt']) expect(text).toContain(said);
});
