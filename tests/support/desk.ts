import type { Browser, Page } from '@playwright/test';

/** The demo's officer with a second step, at a case; without scripts, since staff pages need none. */
export async function officerAt(browser: Browser, origin: string, ref: string): Promise<Page> {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`${origin}/staff`);
	await page.getByRole('link', { name: 'Sign in as staff' }).click();
	await page.getByRole('button', { name: /Priya Deol/ }).click();
	await page.waitForURL(`${origin}/staff`);
	await page.goto(`${origin}/staff/cases/${ref}`);
	return page;
}
