import { expect, test, type Browser, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { readdirSync, readFileSync } from 'node:fs';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, watch } from '../support/parent.ts';
import { sideways } from '../support/screens.ts';

/** Council staff at the demo's own provider: a second step or nothing, one council's cases, and keeping somebody out. */
let server: AppServer;
test.beforeAll(async () => {
	server = await startApp({ env: { DEMO: '1' } });
	// The provider is started beside the server, which is there before it.
	await expect.poll(() => server.printed()).toContain('Council staff sign in at');
});
test.afterAll(async () => {
	await server.stop();
	server.remove();
});

/** No page for staff needs a script, so they are tried without. */
const desk = async (browser: Browser): Promise<Page> => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 1280, height: 900 }
	});
	return context.newPage();
};
async function signIn(page: Page, name: RegExp): Promise<void> {
	await page.goto(`${server.origin}/staff`);
	await page.waitForURL(`${server.origin}/sign-in`);
	await page.getByRole('link', { name: 'Sign in as staff' }).click();
	await page.getByRole('button', { name }).click();
}

test('an officer with a second step sees the cases, and what the family was told', async ({ browser }) => {
	const page = await desk(browser);
	const { faults } = watch(page.context());
	await signIn(page, /Priya Deol/);
	await page.waitForURL(`${server.origin}/staff`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cases');
	await expect(page.getByText('Signed in as Priya Deol')).toBeVisible();
	await page.getByLabel('Find a case').fill('TW-4R71');
	await page.getByRole('button', { name: 'Find' }).click();
	await page.getByRole('link', { name: 'TW-4R71' }).click();
	await expect(page.getByText('Amira Mirza')).toBeVisible();
	await expect(page.getByText('The council got the request to assess')).toBeVisible();
	await expect(page.getByText('The family can see that you looked at this case.')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: 'Nasreen Mirza' })).toContainText(
		'Not signed in yet'
	);

	const cookie = (await page.context().cookies(server.origin)).find(({ name }) => name === 'staff')!;
	expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
	expect(
		await page.locator('script').evaluateAll((all) => all.map((one) => one.getAttribute('src')))
	).toEqual(['/early.js']);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByText('You are signed out here.')).toBeVisible();
	await page.goto(`${server.origin}/staff/cases/TW-4R71`);
	await expect(page).toHaveURL(`${server.origin}/sign-in`);
	expect(faults).toEqual([]);
});

test('an officer without a second step is refused with a plain page, and has no session', async ({
	browser
}) => {
	const page = await desk(browser);
	const statuses: number[] = [];
	page.on('response', (answer) => {
		if (answer.url().includes('/sign-in/staff/callback')) statuses.push(answer.status());
	});
	await signIn(page, /Sam Whitlock/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are not signed in');
	await expect(page.getByText('We need a second step')).toBeVisible();
	expect(statuses).toEqual([403]);
	expect((await page.context().cookies(server.origin)).map(({ name }) => name)).not.toContain('staff');
	expect(await page.content()).not.toMatch(/Error:|node_modules|\bamr\b|\.ts:/);
});

test('@long a person who says no over there is told plainly', async ({ browser }) => {
	const page = await desk(browser);
	await signIn(page, /I do not want to sign in/);
	await expect(page.getByText('The sign-in was stopped on the other page.')).toBeVisible();
});

test('a refused answer has a status of its own and tells nothing', async ({ request }) => {
	for (const [path, status] of [
		['/sign-in/staff/callback?code=a&state=b', 400],
		['/sign-in/staff/callback?error=server_error&error_description=secret-words', 400],
		['/sign-in/nowhere', 404],
		['/sign-in/nowhere/callback?code=a&state=b', 404]
	] as const) {
		const answer = await request.get(server.origin + path);
		expect([path, answer.status()]).toEqual([path, status]);
		const html = await answer.text();
		expect(html).toContain('You are not signed in');
		expect(html).not.toMatch(/secret-words|Error:|node_modules/);
		expect(answer.headers()['cache-control']).toBe('no-store');
		expect(answer.headers()['set-cookie'] ?? '').not.toMatch(/staff=|(^|\W)s=/);
	}
});

test('@long a suspended parent’s phone drops the case by itself, and gets it back', async ({ browser }) => {
	// Two browsers side by side.
	test.setTimeout(180_000);
	const letter = lettersOf(server.printed()).find(({ child }) => child === 'Amira')!;
	const phone = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
	await redeemLetter(phone, server.origin, letter);
	await expect(phone.getByText('Amira').first()).toBeVisible();

	const page = await desk(browser);
	await signIn(page, /Priya Deol/);
	await page.goto(`${server.origin}/staff/cases/TW-4R71`);
	const person = page.getByRole('listitem').filter({ hasText: 'Parent or guardian' }).first();
	await person.getByText('for now').click();
	await person.getByLabel('A court order').first().check();
	await person.getByRole('button', { name: 'Keep out' }).click();
	await expect(page.getByText('Done. This person is kept out now.')).toBeVisible();
	await expect(phone.getByText('Amira')).toHaveCount(0);

	await person.getByText('in again', { exact: false }).first().click();
	// A phone that lost its only case shows how to begin; what comes back is what counts, and it comes without a tap.
	const back = phone.waitForResponse(
		async (answer) => answer.url().endsWith('/api/sync/pull') && (await answer.text()).includes('Amira')
	);
	await person.getByRole('button', { name: 'Let in again' }).click();
	await expect(page.getByText('Done. This person is let in again.')).toBeVisible();
	await back;
});

test('@long another site’s form changes nothing', async ({ browser, request }) => {
	const page = await desk(browser);
	await signIn(page, /Priya Deol/);
	await page.waitForURL(`${server.origin}/staff`);
	const cookie = (await page.context().cookies(server.origin))
		.map(({ name, value }) => `${name}=${value}`)
		.join('; ');
	for (const path of ['/staff?/leave', '/staff/council', '/staff/cases/TW-4R71?/suspend']) {
		const answer = await request.post(server.origin + path, {
			headers: { cookie, origin: 'https://elsewhere.example' },
			form: { person: crypto.randomUUID(), reason: 'court-order', council: 'X99000001' }
		});
		expect([path, answer.status()]).toEqual([path, 403]);
	}
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cases');
});

test('@long staff pages hold up to axe, at phone width too', async ({ browser }) => {
	// Five pages, each looked at twice.
	test.setTimeout(180_000);
	const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
	const page = await context.newPage();
	const { faults } = watch(context);
	await signIn(page, /Priya Deol/);
	await page.waitForURL(`${server.origin}/staff`);
	for (const path of [
		'/staff',
		'/staff/cases/TW-4R71',
		'/staff/cases/none',
		'/sign-in',
		'/sign-in/nowhere'
	]) {
		await page.goto(server.origin + path);
		for (const more of await page.locator('summary').all()) await more.click();
		const { violations } = await new AxeBuilder({ page })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
			.analyze();
		expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
		expect([path, await sideways(page)]).toEqual([path, 0]);
		expect(await page.title()).toMatch(/ – Alongside$/);
	}
	expect(faults).toEqual([]);
});

test('the build holds no sign-in provider', () => {
	const built = readdirSync('build', { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.m?js$/.test(name)
	);
	expect(built.length).toBeGreaterThan(50);
	const found = built.filter((name) =>
		/oidc-provider|demo-provider|Invented council sign-in/.test(readFileSync(`build/${name}`, 'utf8'))
	);
	expect(found).toEqual([]);
});
