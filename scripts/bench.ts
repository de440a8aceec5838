import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { startApp, type AppServer } from '../tests/support/app-server.ts';
import { lettersOf, redeemLetter, untilOffline, type Letter } from '../tests/support/parent.ts';
import { lawFor } from '../src/lib/domain/law/law-for.ts';
import { readCase } from '../src/lib/domain/case/read-case.ts';

/**
 * `npm run bench`: measures side by side in one run and writes docs/benchmarks.md. Milliseconds are goals; a ratio within one
 * run is what counts. Candidates are interleaved, the minimum counts, and a run whose halves differ by 25 % is void (blueprint §7).
 */
const ROUNDS = 6;
/** Chromium's own "Slow 4G": 1.6 Mbit/s down, 0.75 up, 150 ms. */
const SLOW_4G = {
	offline: false,
	latency: 150,
	downloadThroughput: (1.6e6 / 8) * 0.9,
	uploadThroughput: (0.75e6 / 8) * 0.9
};
const CPU_SLOWDOWN = 4;

type Row = { name: string; times: number[]; goal: string };

/** A fixed piece of work, so that tables from two machines can be laid side by side. */
function calibrate(): number {
	const began = performance.now();
	let x = 1;
	for (let i = 1; i < 30_000_000; i++) x = (x * 1664525 + i) % 4294967296;
	if (x === -1) throw new Error('unreachable');
	return performance.now() - began;
}

const browser = (profile: string): Promise<BrowserContext> =>
	chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
		viewport: { width: 360, height: 800 },
		locale: 'en-GB',
		timezoneId: 'Europe/London'
	});

async function slowPage(context: BrowserContext, network: boolean): Promise<Page> {
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
	if (network) {
		await cdp.send('Network.enable');
		await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
	}
	return page;
}

const folder = () => mkdtempSync(join(tmpdir(), 'alongside-bench-'));

/** Left in the page at the moment when a person could read on; a poll from outside would add up to half a second of its own. */
const READY = 'bench-ready';
async function timed(page: Page, url: string, heading: RegExp): Promise<number> {
	await page.addInitScript(
		([ready, source]) => {
			const wanted = new RegExp(source!);
			const stood = new MutationObserver(() => {
				if (!wanted.test(document.querySelector('h1')?.textContent ?? '')) return;
				stood.disconnect();
				// After the frame that shows it.
				requestAnimationFrame(() => setTimeout(() => performance.mark(ready!)));
			});
			stood.observe(document, { subtree: true, childList: true, characterData: true });
		},
		[READY, heading.source]
	);
	await page.goto(url, { waitUntil: 'commit' });
	await page.waitForFunction((ready) => performance.getEntriesByName(ready).length === 1, READY, {
		timeout: 60_000
	});
	// From the start of the navigation, the worker's own start included.
	return page.evaluate((ready) => performance.getEntriesByName(ready)[0]!.startTime, READY);
}

const FIRST_SCREEN = /Choose what is easy for you/;
const SAVED_WEEK = /Week \d+/;

/** A phone that has never been here: until the first screen can be used. */
async function firstScreen(origin: string): Promise<number> {
	const profile = folder();
	const context = await browser(profile);
	const took = await timed(await slowPage(context, true), `${origin}/app`, FIRST_SCREEN);
	await context.close();
	rmSync(profile, { recursive: true, force: true });
	return took;
}

/** The same Home with nothing of the app on the phone yet: every file comes over the slow line, the rows are saved already. */
async function firstHome(profile: string, origin: string): Promise<number> {
	const context = await browser(profile);
	const page = await slowPage(context, true);
	const cdp = await context.newCDPSession(page);
	await cdp.send('Network.clearBrowserCache');
	await cdp.send('Storage.clearDataForOrigin', {
		origin,
		storageTypes: 'service_workers,cache_storage,shader_cache'
	});
	const took = await timed(page, `${origin}/app`, SAVED_WEEK);
	await page.waitForLoadState('networkidle');
	await cdp.send('Network.emulateNetworkConditions', { ...SLOW_4G, latency: 0, downloadThroughput: -1 });
	await untilOffline(page);
	await context.close();
	return took;
}

/** The browser starts again without a server: until the saved week stands. */
async function offlineStart(profile: string, origin: string): Promise<number> {
	const context = await browser(profile);
	const took = await timed(await slowPage(context, false), `${origin}/app`, SAVED_WEEK);
	await context.close();
	return took;
}

async function savedProfile(server: AppServer, letter: Letter): Promise<string> {
	const profile = folder();
	const context = await browser(profile);
	const page = await context.newPage();
	await redeemLetter(page, server.origin, letter);
	await untilOffline(page);
	await page.goto(`${server.origin}/app`);
	await page.getByRole('heading', { level: 1 }).filter({ hasText: /Week/ }).waitFor();
	await context.close();
	return profile;
}

/** One engine run over a persona's case: what every opening of the app pays once. */
function lawTimes(): number[] {
	const example = readCase(JSON.parse(readFileSync('docs/samples/deadlines.json', 'utf8')));
	if (!example.ok) throw new Error(example.problems.join('\n'));
	const run = () => {
		const began = performance.now();
		for (let i = 0; i < 50; i++) lawFor(example.case);
		return (performance.now() - began) / 50;
	};
	run();
	return Array.from({ length: ROUNDS }, run);
}

const min = (times: number[]) => Math.min(...times);
function isVoid({ times }: Row): boolean {
	const half = Math.floor(times.length / 2);
	const [a, b] = [min(times.slice(0, half)), min(times.slice(half))];
	return Math.abs(a - b) / Math.min(a, b) > 0.25;
}

if (process.argv.includes('--help')) {
	console.log('npm run bench: measures the built app and writes docs/benchmarks.md');
	process.exit(0);
}
const calibration = min(Array.from({ length: 5 }, calibrate));
const app = await startApp({ env: { DEMO: '1' } });
const profile = await savedProfile(app, lettersOf(app.printed())[0]!);
await app.stop();
const again = () => startApp({ env: { DEMO: '1' }, dataDir: app.dataDir, port: app.port });

const screen: Row = { name: 'first visit: the first screen, slow 4G, CPU ×4', times: [], goal: '–' };
const home: Row = { name: 'first visit: Home with saved rows, slow 4G, CPU ×4', times: [], goal: '–' };
const offline: Row = {
	name: 'offline cold start: the same Home, CPU ×4',
	times: [],
	goal: '≤ 1/3 of the first visit to Home'
};
for (let round = 0; round < ROUNDS; round++) {
	const live = await again();
	screen.times.push(await firstScreen(app.origin));
	home.times.push(await firstHome(profile, app.origin));
	await live.stop();
	offline.times.push(await offlineStart(profile, app.origin));
}
app.remove();
rmSync(profile, { recursive: true, force: true });

const law: Row = { name: 'the rules over one case, Node, no throttle', times: lawTimes(), goal: '–' };
const ratio = min(offline.times) / min(home.times);
const lines = [screen, home, offline, law].map(
	(row) =>
		`| ${row.name} | ${min(row.times).toFixed(1)} | ${(min(row.times) / calibration).toFixed(2)} | ${min(row.times).toFixed(0)}–${Math.max(...row.times).toFixed(0)} | ${row.goal}${isVoid(row) ? ' (void: halves differ)' : ''} |`
);
const table = `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, ${ROUNDS} interleaved
rounds, minimum. One calibration unit is ${calibration.toFixed(0)} ms here. Compare ratios within one table, not milliseconds between two.

| what | ms | units | spread | goal |
|---|---|---|---|---|
${lines.join('\n')}

**Offline cold start ÷ first visit to the same Home: ${ratio.toFixed(2)}** (goal: at most 0.33).

Bytes, memory and counts are gates, not benchmarks: \`npm run gate -- journeys\` prints the bytes, \`npm run gate -- faults load\` the memory and the
pull during an import.
`;
writeFileSync('docs/benchmarks.md', table);
console.log(table);
const voided = [screen, home, offline].some(isVoid);
if (voided)
	console.error(
		'The run is void: its halves differ by more than 25 %. Let the machine rest and run it again.'
	);
process.exit(voided ? 2 : ratio <= 1 / 3 ? 0 : 1);
