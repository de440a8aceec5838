import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { fillDate, lettersOf, untilOffline, watch, type Letter } from '../support/parent.ts';
import { VirtualPasskeys } from '../support/virtual-passkeys.ts';

/**
 * A letter, a passkey, out and in again; a second phone by the same passkey; the list; the second phone taken off it, which
 * wipes itself. Then the same person by a mailed code, from a mail server that is really there.
 */
let server: AppServer;
let mail: MailServer;
let letters: Letter[];
test.beforeAll(async () => {
	mail = await startMailServer();
	server = await startApp({
		env: { DEMO: '1', MAIL_URL: mail.url, MAIL_FROM: 'Alongside <no-reply@example.org>' }
	});
	letters = lettersOf(server.printed());
});
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
	await mail.stop();
});

type Phone = {
	context: BrowserContext;
	page: Page;
	keys: VirtualPasskeys;
	posted: string[];
	faults: string[];
};

async function phone(browser: Browser): Promise<Phone> {
	const context = await browser.newContext();
	const { faults } = watch(context);
	const page = await context.newPage();
	const posted: string[] = [];
	page.on('request', (request) => {
		if (/\/api\/passkey\//.test(request.url())) posted.push(request.postData() ?? '');
	});
	return { context, page, keys: await VirtualPasskeys.on(page), posted, faults };
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** A letter on a phone that can keep a passkey: the offer comes before Home. */
async function byLetter({ page }: Phone, letter: Letter): Promise<void> {
	await page.goto(`${server.origin}/app/start/letter#${letter.code}`);
	await fillDate(page, 'Your child’s date of birth', letter.bornOn);
	await page.getByRole('button', { name: 'Open my dates' }).click();
	await expect(heading(page, 'Keep this phone signed in')).toBeVisible();
}

async function keepSignedIn({ page }: Phone): Promise<void> {
	await page.getByRole('button', { name: 'Make a passkey' }).click();
	await expect(page.getByText('You can sign in with this phone from now on.')).toBeVisible();
	await page.getByRole('button', { name: 'Open my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);
}

async function signIn({ page }: Phone): Promise<void> {
	await page.goto(`${server.origin}/app/sign-in`);
	await page.getByRole('button', { name: 'Use touch, face or code' }).click();
	await page.waitForURL(`${server.origin}/app`);
}

async function signOut(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Sign out of this phone' }).click();
	const asked = page.getByRole('dialog', { name: 'Sign out of this phone?' });
	await expect(asked.getByText('Anyone who can open this phone can still read it.')).toBeVisible();
	await asked.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(`${server.origin}/app`);
}

const databases = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name!).sort());

test('letter, passkey, out, in, a second phone, and off the list', async ({ browser }) => {
	const letter = letters[0]!;
	const mine = await phone(browser);
	await byLetter(mine, letter);
	await keepSignedIn(mine);
	await expect(mine.page.getByText(letter.child).first()).toBeVisible();
	const [kept] = await mine.keys.all();
	expect(kept).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });

	// Out: what is saved stays, and the phone says how news comes back. In: one touch, no name.
	await mine.page.goto(`${server.origin}/app/devices`);
	await signOut(mine.page);
	expect(await mine.page.evaluate(async () => (await fetch('/api/session')).json())).toMatchObject({
		session: null
	});
	await expect(mine.page.getByText(letter.child).first()).toBeVisible();
	await expect(mine.page.getByText('This phone is signed out')).toBeVisible();
	await mine.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
	await mine.page.getByRole('button', { name: 'Use touch, face or code' }).click();
	await mine.page.waitForURL(`${server.origin}/app`);
	await expect(mine.page.getByRole('main').getByRole('link', { name: 'Sign in' })).toHaveCount(0);

	// A second phone that the platform copied the passkey to.
	const other = await phone(browser);
	await mine.keys.copyTo(other.keys);
	await signIn(other);
	await expect(other.page.getByText(letter.child).first()).toBeVisible();
	await untilOffline(other.page);
	expect((await databases(other.page)).length).toBeGreaterThan(1);

	// The list, a name, and off it.
	await mine.page.goto(`${server.origin}/app/devices`);
	await expect(mine.page.getByText('(This phone)')).toBeVisible();
	await mine.page.getByRole('button', { name: 'Change the name of', exact: false }).last().click();
	await mine.page.getByLabel('Name', { exact: true }).fill('Old tablet');
	await mine.page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(mine.page.getByText('The name is changed.')).toBeVisible();
	await mine.page.getByRole('button', { name: /Take .*Old tablet.* off the list/ }).click();
	await mine.page.getByRole('button', { name: 'Yes, take it off' }).click();
	await expect(mine.page.getByText('It is off your list.')).toBeVisible();

	// It hears at once, by the poke, and wipes itself.
	await expect(heading(other.page, 'This phone was taken off your list')).toBeVisible();
	await expect(other.page.getByText(letter.child)).toHaveCount(0);
	// Of the registry nothing may stay but its empty shell.
	expect((await databases(other.page)).filter((name) => name !== 'alongside')).toEqual([]);
	const left = await other.page.evaluate(async () => ({
		caches: await caches.keys(),
		workers: (await navigator.serviceWorker.getRegistrations()).length
	}));
	expect(left).toEqual({ caches: [], workers: 0 });
	expect(await other.context.cookies()).toEqual([]);
	// The one that took it off goes on.
	await mine.page.goto(`${server.origin}/app`);
	await expect(mine.page.getByText(letter.child).first()).toBeVisible();

	for (const one of [mine, other]) {
		expect(one.posted.length).toBeGreaterThan(0);
		for (const body of one.posted) expect(body).not.toMatch(/prf|clientExtensionResults/i);
		expect(one.faults).toEqual([]);
		await one.context.close();
	}
});

test('@long a code by email: the address first, then in again with it', async ({ browser }) => {
	const mine = await phone(browser);
	await byLetter(mine, letters[1]!);
	// A finger that does not match changes nothing, and the way on stays open.
	await mine.keys.refuse();
	await mine.page.getByRole('button', { name: 'Make a passkey' }).click();
	await expect(mine.page.getByRole('alert')).toContainText('Nothing has changed');
	await mine.page.getByRole('button', { name: 'Not now' }).click();
	await mine.page.waitForURL(`${server.origin}/app`);
	await mine.page.goto(`${server.origin}/app/devices`);
	const codeIn = async () => /Alongside is (\d{8})\./.exec((await mail.next('parent@example.org')).text)![1]!;
	await mine.page.getByLabel('Your email address').fill('parent@');
	await mine.page.getByRole('button', { name: 'Use this address' }).click();
	await expect(mine.page.getByText('Type your whole email address')).toBeVisible();
	await mine.page.getByLabel('Your email address').fill('parent@example.org');
	await mine.page.getByRole('button', { name: 'Use this address' }).click();
	await mine.page.getByLabel('The 8 numbers in the email').fill(await codeIn());
	await mine.page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(mine.page.getByText('You can sign in with a code by email from now on.')).toBeVisible();

	await signOut(mine.page);
	await mine.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
	await mine.page.getByLabel('Your email address').fill('parent@example.org');
	await mine.page.getByRole('button', { name: 'Send me a code' }).click();
	const code = await codeIn();
	await mine.page.getByLabel('The 8 numbers in the email').fill('00000000');
	await mine.page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(mine.page.getByRole('alert')).toContainText('Check it and try again');
	await mine.page.getByLabel('The 8 numbers in the email').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
	await mine.page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await mine.page.waitForURL(`${server.origin}/app`);
	await expect(mine.page.getByText(letters[1]!.child).first()).toBeVisible();
	expect(mine.faults).toEqual([]);
	await mine.context.close();
});

test('@long without a connection it says what still works', async ({ browser }) => {
	const mine = await phone(browser);
	await mine.page.goto(`${server.origin}/app`);
	await untilOffline(mine.page);
	await mine.context.setOffline(true);
	await mine.page.goto(`${server.origin}/app/sign-in`);
	await expect(mine.page.getByText('There is no internet now.')).toBeVisible();
	await mine.page.goto(`${server.origin}/app/devices`);
	await expect(mine.page.getByText('There is no internet now.')).toBeVisible();
	await mine.context.setOffline(false);
	await mine.page.goto(`${server.origin}/app/sign-in`);
	await expect(mine.page.getByRole('button', { name: 'Use touch, face or code' })).toBeVisible();
	await mine.context.close();
});
