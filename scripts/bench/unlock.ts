import type { BrowserContext, Page } from 'playwright';
import { startApp } from '../../tests/support/app-server.ts';
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

/** Times of `rounds` unlocks without a server, by numbers or by touch, after the app was opened anew and locked by hand. */
export async function unlockTimes(
	context: BrowserContext,
	way: 'numbers' | 'touch',
	{ rounds, cpu }: { rounds: number; cpu: number }
): Promise<number[]> {
	const app = await startApp({ env: { DEMO: '1' } });
	const page = await context.newPage();
	await redeemLetter(page, app.origin, lettersOf(app.printed())[0]!);
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
