import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anotherBuild } from '../support/another-build.ts';
import { startApp, type AppServer } from '../support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline, watch, type Letter } from '../support/parent.ts';

/**
 * Releases as one phone meets them, one after the other: a broken one, a whole one, the kill switch. Real builds of this very
 * code, told apart by one heading; two of them take a minute, hence the long tier.
 */
test.describe.configure({ mode: 'serial' });
const NEWER = 'Your people, newer';
const CHUNKS = 'build/client/_app/immutable/chunks';
let server: AppServer;
let context: BrowserContext;
let page: Page;
let letter: Letter;
let faults: string[];
let dirs: { newer: string; broken: string; killing: string };

/** In the copy alone: a heading in a part that is fetched lazily. */
function renamePeople(dir: string): void {
	const file = join(dir, 'src/lib/i18n/locales/en/people.json');
	const words = JSON.parse(readFileSync(file, 'utf8')) as { title: string };
	writeFileSync(file, JSON.stringify({ ...words, title: NEWER }));
}

/** The same release with one file missing. Names that both builds have would come from the first one's kept files. */
function breakOne(dir: string): string {
	const broken = mkdtempSync(join(tmpdir(), 'alongside-broken-'));
	cpSync(dir, broken, { recursive: true, verbatimSymlinks: true });
	const before = readdirSync(CHUNKS);
	const lost = readdirSync(join(dir, CHUNKS)).find((name) => name.endsWith('.js') && !before.includes(name))!;
	for (const end of ['', '.br', '.gz']) rmSync(join(broken, CHUNKS, lost + end), { force: true });
	return broken;
}

test.beforeAll(async ({ browser }) => {
	test.setTimeout(900_000);
	const newer = await anotherBuild('newer', { edit: renamePeople });
	const killing = await anotherBuild('killing', { env: { KILL_WORKER: '1' } });
	dirs = { newer, broken: breakOne(newer), killing };
	server = await startApp({ env: { DEMO: '1' } });
	context = await browser.newContext();
	({ faults } = watch(context));
	page = await context.newPage();
	letter = lettersOf(server.printed())[0]!;
	await redeemLetter(page, server.origin, letter);
	await untilOffline(page);
});
test.afterAll(async () => {
	await context?.close();
	await server?.kill();
	server?.remove();
	for (const dir of Object.values(dirs ?? {})) rmSync(dir, { recursive: true, force: true });
});

/** The same address and data, from another build. */
async function release(cwd: string): Promise<void> {
	await server.stop();
	server = await startApp({ port: server.port, dataDir: server.dataDir, cwd });
}

const shells = (): Promise<string[]> =>
	page.evaluate(async () =>
		(await caches.keys()).filter((name) => name.startsWith('alongside-shell-') && !name.endsWith('order'))
	);
const heading = (one: Page, name: string) => one.getByRole('heading', { level: 1, name, exact: true });
const holds = (one: Page) => expect(one.getByRole('banner').getByText(letter.child).first()).toBeVisible();

test('@long a version that cannot be fetched whole is not installed, and the one in place stays', async () => {
	test.setTimeout(240_000);
	const held = await shells();
	expect(held).toHaveLength(1);
	await release(dirs.broken);
	const ended = await page.evaluate(async () => {
		const registration = (await navigator.serviceWorker.getRegistration())!;
		const found = new Promise<ServiceWorker>((resolve) =>
			registration.addEventListener('updatefound', () => resolve(registration.installing!))
		);
		await registration.update();
		const worker = await found;
		if (worker.state === 'installing')
			await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
		return { worker: worker.state, waiting: registration.waiting !== null };
	});
	expect(ended).toEqual({ worker: 'redundant', waiting: false });
	// The version in place is whole: a part that was never opened is there without the server.
	await server.stop();
	await page.goto(`${server.origin}/app/people`);
	await expect(heading(page, 'Your people')).toBeVisible();
	await holds(page);
	expect(await shells()).toEqual(expect.arrayContaining(held));
});

test('@long a newer version waits for a tap; the other tab keeps its own; nothing is lost', async () => {
	test.setTimeout(240_000);
	const other = await context.newPage();
	await other.goto(`${server.origin}/app`);
	await holds(other);
	const [held] = await shells();
	await release(dirs.newer);
	await page.reload();
	const offer = page.getByRole('button', { name: 'Use it now' });
	await expect(offer).toBeVisible({ timeout: 60_000 });
	// Both lie on the phone; the one that was there is in charge, also of pages opened now.
	expect(await shells()).toEqual([held, 'alongside-shell-newer']);
	await page.goto(`${server.origin}/app/people`);
	await expect(heading(page, 'Your people')).toBeVisible();
	await expect(offer).toBeVisible();

	let loads = 0;
	page.on('load', () => loads++);
	await offer.click();
	await expect(heading(page, NEWER)).toBeVisible();
	await holds(page);
	await expect(offer).toBeHidden();
	expect(loads).toBe(1);

	// The other tab was not reloaded, and finds the part of its own build that it had not fetched yet.
	await other.getByRole('link', { name: 'People', exact: true }).click();
	await expect(heading(other, 'Your people')).toBeVisible();
	await holds(other);
	expect(await shells()).toContain(held);
	// A phone without that cache gets it from the server, which keeps a build's files for a month.
	const older = readdirSync(CHUNKS).find(
		(name) => name.endsWith('.js') && !readdirSync(join(dirs.newer, CHUNKS)).includes(name)
	);
	const answer = await fetch(`${server.origin}/_app/immutable/chunks/${older}`);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript']);

	await other.close();
	await page.reload();
	await expect.poll(shells).toEqual(['alongside-shell-newer']);
	expect(faults).toEqual([]);
});

test('@long the kill switch takes the worker and its files off the phone, and nothing of the family', async () => {
	test.setTimeout(240_000);
	await release(dirs.killing);
	const left = () =>
		page.evaluate(async () => ({
			caches: await caches.keys(),
			workers: (await navigator.serviceWorker.getRegistrations()).length
		}));
	// This page is the last thing that the old worker serves; it looks for a newer one, as every page does.
	await page.reload();
	await expect.poll(left, { timeout: 60_000 }).toEqual({ caches: [], workers: 0 });
	await page.goto(`${server.origin}/app/timeline`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(letter.child);
	await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
	await expect.poll(left).toEqual({ caches: [], workers: 0 });
	await server.stop();
	// Without worker and server nothing opens: it is really gone.
	await expect(page.goto(`${server.origin}/app`)).rejects.toThrow('ERR_CONNECTION_REFUSED');
});
