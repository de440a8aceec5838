import { expect, test, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { fillDate, lettersOf, redeemLetter, untilOffline, watch } from '../support/parent.ts';
import { sideways } from '../support/screens.ts';

/**
 * What a family writes down for itself: a call in three taps, days out of school, a note about a date. Without a server from beginning to
 * end, kept through a reload, on paper, and nothing of it on its way to the council.
 */
let server: AppServer;
test.beforeAll(async () => void (server = await startApp({ env: { DEMO: '1' } })));
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
/** A telephone would take the page away; a computer under test has none. */
const withoutTelephone = (page: Page) =>
	page.addInitScript(() => {
		addEventListener('click', (event) => {
			if ((event.target as Element | null)?.closest?.('a[href^="tel:"]')) event.preventDefault();
		});
	});
/** A code is good for one phone. */
const letter = async (page: Page, isMeant: (child: string) => boolean) =>
	redeemLetter(
		page,
		server.origin,
		lettersOf(server.printed()).find(({ child }) => isMeant(child))!
	);
const kept = (page: Page) =>
	page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage, at: location.href }));

test('a call: rung, asked about after a reload, written down, on the list, in no address and in no outbox', async ({
	page,
	context
}) => {
	const { faults } = watch(context);
	const said: string[] = [];
	page.on('request', (request) => said.push(request.url() + (request.postData() ?? '')));
	await withoutTelephone(page);
	await letter(page, (child) => child === 'Amira');
	await untilOffline(page);
	await context.setOffline(true);

	await open(page, '/app/people', 'Your people');
	const call = page.getByRole('link', { name: /^Call / }).first();
	const name = (await call.innerText()).replace('Call ', '').trim();
	await call.click();
	const card = page.getByRole('heading', { name: `You rang ${name}` });
	await expect(card).toBeVisible();
	// The telephone took the page away, and it comes back from nothing.
	await page.reload();
	await expect(card).toBeVisible();
	expect(await kept(page)).not.toContain(name);

	await page.getByRole('link', { name: 'Write it down' }).click();
	await expect(heading(page, 'Write it down')).toBeFocused();
	await expect(page.getByLabel('Who you spoke to')).toHaveValue(name);
	await page.getByLabel('What was said').fill('The advice comes on Friday.');
	await expect(saved(page)).toBeVisible();
	expect(await kept(page)).not.toContain(name);

	// Killed before Save: the words stand on the list, as begun, and on their page.
	await page.reload();
	await expect(page.getByLabel('What was said')).toHaveValue('The advice comes on Friday.');
	await open(page, '/app/log', 'Notes, calls and diary');
	await expect(page.getByText('You have begun this.')).toBeVisible();
	await page.getByRole('link', { name: /^Go on writing/ }).click();
	await expect(page.getByLabel('Who you spoke to')).toHaveValue(name);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(heading(page, 'Notes, calls and diary')).toBeVisible();
	const line = page.getByRole('listitem').filter({ hasText: 'The advice comes on Friday.' });
	await expect(line).toHaveCount(1);
	await expect(line).toContainText(`Phone call: ${name}`);
	await expect(page.getByText('You have begun this.')).toHaveCount(0);

	await context.setOffline(false);
	await open(page, '/app/waiting', 'Waiting to send');
	await expect(page.getByRole('heading', { name: 'Nothing is waiting' })).toBeVisible();
	expect(said.filter((text) => text.includes('Friday') || text.includes(encodeURIComponent(name)))).toEqual(
		[]
	);
	expect(faults).toEqual([]);
});

test('a note about a date stands on that date’s page, and a fact that looks wrong begins a message', async ({
	page
}) => {
	await letter(page, (child) => child !== 'Amira');
	await open(page, '/app/timeline', /./);
	const date = (await page.locator('a[href*="/app/milestone/"]').first().getAttribute('href'))!;
	await open(page, date, /./);
	await page.getByRole('link', { name: 'Write a note about this' }).click();
	await expect(heading(page, 'Write it down')).toBeVisible();
	await page.getByLabel('Your note').fill('They said it was posted.');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(heading(page, 'Notes, calls and diary')).toBeVisible();
	await open(page, date, /./);
	await expect(page.getByRole('heading', { name: 'Your notes about this' })).toBeVisible();
	await expect(page.getByText('They said it was posted.')).toBeVisible();

	const wrong = page.getByRole('link', { name: /^This looks wrong/ }).first();
	const what = (await wrong.locator('.vh').innerText()).replace(/^: /, '').split(',')[0]!;
	await wrong.click();
	await expect(heading(page, 'Write a message')).toBeVisible();
	await expect(page.getByLabel('Your message')).toHaveValue(
		new RegExp(`${what}[\\s\\S]*This looks wrong to me\\.`)
	);
	expect(page.url()).not.toMatch(/%20|\+/);
	await expect(page.getByRole('button', { name: 'Send it' })).toBeVisible();
});

test('@long without a council: days out of school are counted, shown by kind, printed oldest first, deleted only when sure', async ({
	page,
	context
}) => {
	const { faults } = watch(context);
	// A day of a school year that is well under way, whenever this runs.
	await page.clock.setFixedTime(new Date('2026-11-25T10:00:00Z'));
	await page.goto(`${server.origin}/app/start/dates`);
	await page.getByLabel('I asked for an assessment').check();
	await fillDate(page, 'When was it?', '2026-09-28');
	await page.getByLabel('Your child’s first name or nickname').fill('Robin');
	await page.getByRole('button', { name: 'Show my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);
	await untilOffline(page);
	await server.stop();

	await open(page, '/app/more', 'More');
	await page.getByRole('link', { name: /^Notes, calls and diary/ }).click();
	await expect(page.getByRole('heading', { name: 'Nothing written down yet' })).toBeVisible();
	await page.getByRole('link', { name: 'Write something down' }).click();
	await page.getByLabel('What is it?').selectOption({ label: 'Out of school' });
	// Thursday to Tuesday.
	await fillDate(page, 'The first day', '2026-11-12');
	await fillDate(page, 'The last day', '2026-11-17');
	await page.getByLabel('Why, and what the school said').fill('They had no staff for Robin.');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('4 school days out of school are written down.').first()).toBeVisible();

	await page.getByRole('link', { name: 'Write something down' }).click();
	await page.getByLabel('Your note').fill('Rang the helpline');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByRole('link', { name: 'Note', exact: true }).click();
	await expect(page.getByText('They had no staff for Robin.').first()).toBeHidden();
	await page.getByRole('link', { name: 'All', exact: true }).click();
	for (const width of [320, 360]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await sideways(page)).toBe(0);
	}

	await page.emulateMedia({ media: 'print' });
	const paper = page.locator('.on-paper');
	await expect(paper).toBeVisible();
	await expect(paper.getByRole('heading', { name: 'What we wrote down about Robin' })).toBeVisible();
	const printed = await paper.innerText();
	expect(printed.indexOf('no staff')).toBeLessThan(printed.indexOf('helpline'));
	await expect(page.locator('main').getByRole('button')).toHaveCount(0);
	await page.emulateMedia({ media: 'screen' });

	const line = page.getByRole('listitem').filter({ hasText: 'Rang the helpline' });
	await line.getByRole('button', { name: /^Delete/ }).click();
	await page.keyboard.press('Escape');
	await expect(line).toHaveCount(1);
	await line.getByRole('button', { name: /^Delete/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await expect(line).toHaveCount(0);
	await page.reload();
	await expect(page.getByText('They had no staff for Robin.').first()).toBeVisible();

	// What a family typed itself is theirs to change: nobody is asked to mend it.
	await open(page, '/app/timeline', /Robin/);
	await expect(page.getByRole('link', { name: /^This looks wrong/ })).toHaveCount(0);
	expect(faults).toEqual([]);
});
