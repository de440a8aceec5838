import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { startApp, type AppServer } from '../../tests/support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline } from '../../tests/support/parent.ts';
import { VirtualPasskeys } from '../../tests/support/virtual-passkeys.ts';
import { lockNow, setPin, typePin } from '../../tests/support/lock.ts';

const PIN = '482915';

/** In the page: milliseconds from the tap that unlocks to the frame in which the week stands. */
function timeUnlock() {
	const marks = globalThis as unknown as { unlocked?: Promise<number> };
	marks.unlocked = new Promise((resolve) => {
		addEventListener(
			'click',
			() => {
				const began = performance.now();
				const look = () => {
					if (/Week \d+/.test(document.querySelector('h1')?.textContent ?? ''))
						requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
					else requestAnimationFrame(look);
				};
				look();
			},
			{ capture: true, once: true }
		);
	});
}

/** Locked, the server gone: one tap's way to Home, in milliseconds. */
async function unlock(page: Page, tap: { name: string; fill: boolean }): Promise<number> {
	if (tap.fill) await page.getByLabel('Your numbers', { exact: true }).fill(PIN);
	await page.evaluate(timeUnlock);
	await page.getByRole('button', { name: tap.name, exact: true }).click();
	return page.evaluate(() => (globalThis as unknown as { unlocked: Promise<number> }).unlocked);
}

/** So many facts more in the demo's first case, as a council's own file brings them to a running server. */
function bringFacts(app: AppServer, count: number): void {
	const on = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
	const rows = Array.from(
		{ length: count },
		(_, n) => `TW-4R71,setting.consulted,${on},setting=School ${n},BENCH-${n},`
	);
	const file = join(app.dataDir, 'bench-case-events.csv');
	const head = 'case_ref,event_type,event_date,detail,source_ref,note';
	writeFileSync(file, [head, ...rows, ''].join('\n'));
	const env = { ...process.env, DATA_DIR: app.dataDir };
	execFileSync('node', ['scripts/import.ts', 'case-events', file], { env });
}

/** Times of `rounds` unlocks without a server, by numbers or by touch, after the app was opened anew and locked by hand. */
export async function unlockTimes(
	context: BrowserContext,
	way: 'numbers' | 'touch',
	{ rounds, cpu, facts = 0 }: { rounds: number; cpu: number; facts?: number }
): Promise<number[]> {
	const app = await startApp({ env: { DEMO: '1' } });
	if (facts > 0) bringFacts(app, facts);
	const page = await context.newPage();
	const letter = lettersOf(app.printed()).find(({ child }) => child === 'Amira')!;
	await redeemLetter(page, app.origin, letter);
	if (way === 'numbers') await setPin(page, app.origin, PIN);
	else {
		await VirtualPasskeys.on(page);
		await page.goto(`${app.origin}/app/lock`);
		await page.getByLabel('Touch or face').check();
		await page.getByRole('button', { name: 'Carry on' }).click();
		await page.getByRole('heading', { name: 'The lock is on' }).waitFor();
	}
	await untilOffline(page);
	await app.stop();
	// A page that is opened anew is locked; a touch is asked for at once, numbers are typed.
	await page.goto(`${app.origin}/app`);
	if (way === 'numbers') await typePin(page, PIN);
	await page.getByRole('heading', { level: 1 }).filter({ hasText: /Week/ }).waitFor();
	const devtools = await context.newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
	const tap =
		way === 'numbers' ? { name: 'Open', fill: true } : { name: 'Use your touch or face', fill: false };
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		await lockNow(page);
		times.push(await unlock(page, tap));
	}
	await page.close();
	app.remove();
	return times;
}
