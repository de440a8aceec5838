import type { BrowserContext, Page } from '@playwright/test';

/** What a parent does in the app, so that the journeys read as journeys. Words are the screens' own, in English. */
export type Letter = { code: string; bornOn: string; child: string };

/** The demo prints one line a letter: `CODE   Child's name, born YYYY-MM-DD (letter to …)`. */
export function lettersOf(printed: string): Letter[] {
	const line = /^\s*([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=])\s+(.+?), born (\d{4}-\d{2}-\d{2})/;
	return printed.split('\n').flatMap((text) => {
		const [, code, child, bornOn] = line.exec(text) ?? [];
		return code && child && bornOn ? [{ code, child: child.split(' ')[0]!, bornOn }] : [];
	});
}

export async function fillDate(page: Page, group: string, day: string): Promise<void> {
	const [year = '', month = '', date = ''] = day.split('-');
	const field = page.getByRole('group', { name: group });
	await field.getByLabel('Day', { exact: true }).fill(String(Number(date)));
	await field.getByLabel('Month', { exact: true }).fill(String(Number(month)));
	await field.getByLabel('Year', { exact: true }).fill(year);
}

/** Opens the letter's link, as its QR does, and taps once. */
export async function redeemLetter(page: Page, origin: string, letter: Letter): Promise<void> {
	await page.goto(`${origin}/app/start/letter#${letter.code}`);
	await fillDate(page, 'Your child’s date of birth', letter.bornOn);
	await page.getByRole('button', { name: 'Open my dates' }).click();
	await page.waitForURL(`${origin}/app`);
	await page
		.getByRole('heading', { level: 1 })
		.filter({ hasText: /\d|plan|appeal|no to/i })
		.waitFor();
}

/** The worker is installed and in charge: from now on the server may go away. */
export async function untilOffline(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		if (registration.active?.state !== 'activated')
			await new Promise<void>((resolve) =>
				registration.active?.addEventListener('statechange', () => resolve(), { once: true })
			);
		if (!navigator.serviceWorker.controller)
			await new Promise<void>((resolve) =>
				navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
			);
	});
}

/** Keeps what must never happen on any page: policy violations, script errors, console errors. */
export function watch(context: BrowserContext): { faults: string[] } {
	const faults: string[] = [];
	const page = (one: Page) => {
		one.on('pageerror', (error) => faults.push(`script: ${error.message}`));
		one.on('console', (message) => {
			// The browser says this itself for a request that found no server: expected when it is stopped on purpose.
			if (
				message.type() === 'error' &&
				!/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(message.text())
			)
				faults.push(`console: ${message.text()}`);
			if (message.type() === 'warning' && /policy/i.test(message.text()))
				faults.push(`warning: ${message.text()}`);
		});
	};
	context.pages().forEach(page);
	context.on('page', page);
	return { faults };
}
