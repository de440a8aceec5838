import { defineConfig } from '@playwright/test';

/**
 * The built app in Debian's Chromium. One worker: the specs start and stop their own servers, and two cores are shared
 * with the other lane. `retries` stays 0: a flaky journey is a bug of today.
 */
export default defineConfig({
	testDir: 'e2e',
	outputDir: '../test-results/journeys',
	workers: 1,
	retries: 0,
	timeout: 90_000,
	expect: { timeout: 10_000 },
	reporter: [['list']],
	forbidOnly: true,
	use: {
		browserName: 'chromium',
		viewport: { width: 360, height: 800 },
		locale: 'en-GB',
		timezoneId: 'Europe/London',
		launchOptions: {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run'
			]
		}
	}
});
