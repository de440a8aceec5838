import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeEvents, makeRoster, makeSen2 } from './make-files.ts';

const CASES = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'scale-'));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
	await makeRoster(at('roster.csv'), CASES);
	await makeEvents(at('events.csv'), CASES);
	await makeSen2(at('sen2.xml'), CASES);
	await makeRoster(at('warm-roster.csv'), 500);
	await makeEvents(at('warm-events.csv'), 500);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Run = {
	kind: string;
	exitCode: number;
	rows: { accepted: number; read: number };
	seconds: number;
	peak: number;
};

/** In a council of its own, so that the cases measured are new. */
const WARM = ['cases', 'case-events'].map((kind) => [
	kind,
	at(kind === 'cases' ? 'warm-roster.csv' : 'warm-events.csv'),
	'--council',
	'E99000009'
]);

async function run(imports: string[][]): Promise<{ idle: number; highest: number; runs: Run[] }> {
	const env = { ...process.env, DATA_DIR: at('data') };
	const script = 'tests/server/importers/peak-of.ts';
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[script, JSON.stringify(imports), JSON.stringify(WARM)],
		{
			env,
			maxBuffer: 1e9
		}
	);
	return JSON.parse(stdout) as { idle: number; highest: number; runs: Run[] };
}

/** Issue 2 §7: at most 1 GiB in all and 250 MB above the idle server. Seconds are a goal, so they are printed, not held. */
it(
	'20,000 cases of eight events each, and a return of as many persons, in bounded memory',
	{ timeout: 1_800_000 },
	async () => {
		// Makes the data folder; its making is not what is measured.
		await run([]);
		const council = ['--council', 'E99000001', '--json'];
		const { idle, highest, runs } = await run([
			['cases', at('roster.csv'), ...council],
			['case-events', at('events.csv'), ...council],
			['sen2', at('sen2.xml'), ...council]
		]);
		for (const { kind, seconds, peak } of runs) {
			console.log(
				`${kind}: ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB (idle ${idle.toFixed(0)} MB)`
			);
		}
		expect(runs.map(({ exitCode, rows }) => [exitCode, rows.read, rows.accepted])).toEqual([
			[0, CASES, CASES],
			[0, CASES * 8, CASES * 8],
			[0, CASES, CASES]
		]);
		expect(highest).toBeLessThan(1024);
		for (const { peak } of runs) expect(peak - idle).toBeLessThan(250);
	}
);
