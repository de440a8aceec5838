import { expect, type Page } from '@playwright/test';

/** A lock as a family sets and opens it, in English. */

/** Sets a PIN in Settings. Without an account the code is shown and typed back; it is returned then. */
export async function setPin(page: Page, origin: string, pin: string): Promise<string | null> {
	await page.goto(`${origin}/app/settings`);
	await page.getByRole('link', { name: 'Set a lock' }).click();
	await page.getByRole('button', { name: 'Carry on' }).click();
	await page.getByLabel('New numbers', { exact: true }).fill(pin);
	await page.getByLabel('The same numbers again', { exact: true }).fill(pin);
	await page.getByRole('button', { name: 'Carry on' }).click();
	const spare = page.getByRole('heading', { name: 'Your spare key' });
	const done = page.getByRole('heading', { name: 'The lock is on' });
	await expect(spare.or(done)).toBeVisible();
	if (await done.isVisible()) return null;
	const code = (await page.locator('.words.code').innerText()).trim();
	await page.getByRole('button', { name: 'I have written it down' }).click();
	await page.getByLabel('The code of 24 letters and numbers').fill(code.toLowerCase());
	await page.getByRole('button', { name: 'Set a lock' }).click();
	await expect(done).toBeVisible();
	return code;
}

export const lockScreen = (page: Page) => page.getByRole('heading', { level: 1, name: 'Locked' });

export async function lockNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Lock', exact: true }).click();
	await expect(lockScreen(page)).toBeVisible();
}

export async function typePin(page: Page, pin: string): Promise<void> {
	await page.getByLabel('Your numbers', { exact: true }).fill(pin);
	await page.getByRole('button', { name: 'Open', exact: true }).click();
}
