import { expect, test, type Browser, type Page } from '@playwright/test';
import { startDemoProvider, type DemoProvider } from '../../scripts/demo-provider/start.ts';
import { freePort, startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, watch } from '../support/parent.ts';

/** A family adds another account as a way in, comes in with it on a second phone, and a stranger is sent to their letter. */
const SECRET = 'a-client-secret-for-tests-of-forty-chars';
let server: AppServer;
let idp: DemoProvider;
test.beforeAll(async () => {
	const port = await freePort();
	const person = (id: string, name: string) => ({ id, name, groups: [], mfa: false });
	idp = await startDemoProvider({
		port: 0,
		people: [person('pat', 'Pat Parent'), person('sam', 'Sam Stranger')],
		clients: [
			{
				client_id: 'family',
				client_secret: SECRET,
				redirect_uris: [`http://localhost:${port}/sign-in/council/callback`]
			}
		]
	});
	server = await startApp({
		port,
		env: {
			DEMO: '1',
			OIDC_FAMILY_ISSUER: idp.issuer,
			OIDC_FAMILY_CLIENT_ID: 'family',
			OIDC_FAMILY_CLIENT_SECRET: SECRET,
			OIDC_FAMILY_NAME: 'Testshire'
		}
	});
});
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
	await idp.stop();
});

async function phone(browser: Browser): Promise<{ page: Page; faults: string[] }> {
	const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
	const { faults } = watch(context);
	return { page: await context.newPage(), faults };
}
async function throughProvider(page: Page, who: string): Promise<void> {
	await page.getByRole('button', { name: 'Go to Testshire' }).click();
	await page.waitForURL(`${idp.issuer}/choose/**`);
	await page.getByRole('button', { name: who }).click();
}

test('@long added after a letter, another account opens the dates on a second phone', async ({ browser }) => {
	test.setTimeout(180_000);
	const letter = lettersOf(server.printed())[0]!;
	const first = await phone(browser);
	await redeemLetter(first.page, server.origin, letter);
	await first.page.goto(`${server.origin}/app/devices`);
	await throughProvider(first.page, 'Pat Parent');
	await first.page.waitForURL(/\/app\/sign-in/);
	await expect(first.page.getByText('You can use this way to sign in from now on.')).toBeVisible();
	// Nothing of it stays in the address.
	await expect(first.page).toHaveURL(`${server.origin}/app/sign-in`);

	const second = await phone(browser);
	await second.page.goto(`${server.origin}/app/sign-in`);
	await throughProvider(second.page, 'Pat Parent');
	await second.page.waitForURL(`${server.origin}/app`);
	await expect(second.page.getByText(letter.child).first()).toBeVisible();
	expect([...first.faults, ...second.faults]).toEqual([]);
});

test('@long an account that nobody added is sent to its letter', async ({ browser }) => {
	const { page } = await phone(browser);
	await page.goto(`${server.origin}/app/sign-in`);
	await throughProvider(page, 'Sam Stranger');
	await expect(page.getByText('We do not know this sign-in yet.')).toBeVisible();
	const cookies = await page.context().cookies(server.origin);
	expect(cookies.map(({ name }) => name)).not.toContain('s');
});
