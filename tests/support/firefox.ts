import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

/** Firefox ESR over WebDriver BiDi, with a profile that outlives the browser process. */
export type Firefox = {
	page: Page;
	/** SIGKILL to the browser, as a phone does when memory is short. */
	kill: () => Promise<void>;
	reopen: () => Promise<Page>;
	quit: () => Promise<void>;
};

export async function startFirefox(): Promise<Firefox> {
	const profile = mkdtempSync(join(tmpdir(), 'alongside-firefox-'));
	const open = async (): Promise<Browser> =>
		puppeteer.launch({
			browser: 'firefox',
			executablePath: '/usr/bin/firefox-esr',
			headless: true,
			userDataDir: profile,
			env: { ...process.env, TZ: 'Europe/London', HOME: profile },
			extraPrefsFirefox: { 'intl.accept_languages': 'en-GB', 'browser.shell.checkDefaultBrowser': false }
		});
	let browser = await open();
	const firefox: Firefox = {
		page: await browser.newPage(),
		kill: async () => {
			const child = browser.process();
			const gone = new Promise((resolve) => child?.once('exit', resolve));
			child?.kill('SIGKILL');
			await gone;
		},
		reopen: async () => {
			browser = await open();
			firefox.page = await browser.newPage();
			return firefox.page;
		},
		quit: async () => {
			await browser.close().catch(() => undefined);
			rmSync(profile, { recursive: true, force: true });
		}
	};
	return firefox;
}
