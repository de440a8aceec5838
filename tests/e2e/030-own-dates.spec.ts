import { expect, test } from '@playwright/test';
import { startApp, type AppServer } from '../support/app-server.ts';
import { fillDate, untilOffline, watch } from '../support/parent.ts';

/** No account, no council: three questions give a timeline, and it stays without a connection. */
let server: AppServer;
test.beforeAll(async () => void (server = await startApp()));
test.afterAll(async () => {
	await server.kill().catch(() => undefined);
	server.remove();
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test('three questions, a timeline, no server, still a timeline', async ({ page, context }) => {
	const { faults } = watch(context);
	await page.goto(`${server.origin}/app/start/dates`);
	await page.getByLabel('I asked for an assessment').check();
	await fillDate(page, 'When was it?', daysAgo(60));
	await page.getByLabel('Your child’s first name or nickname').fill('Robin');
	await page.getByRole('button', { name: 'Show my dates' }).click();
	await page.waitForURL(`${server.origin}/app`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Week 9');
	// Home comes in parts; the focus waits for its heading.
	await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
	await expect(page.getByText('Robin').first()).toBeVisible();
	await untilOffline(page);
	await server.stop();

	await page.goto(`${server.origin}/app/timeline`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Robin');
	await page.reload();
	await expect(page.getByText('The council got the request').first()).toBeVisible();
	expect(faults).toEqual([]);
});
