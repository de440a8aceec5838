import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { vitest } from './gates/counts.ts';

/**
 * The model and fault tests for as long as asked: `npm run soak -- --runs 50`. Each run draws new stories, requests, files and
 * moments to kill at, and what fails prints the seed that repeats it. The first failure ends the soak with exit code 1.
 */
const FILES = [
	// Any story a case may tell, and the laws of counting.
	'tests/property',
	'tests/unit/domain/journey/any-story.test.ts',
	// A phone and a server between which everything goes wrong, with a made-up server and with the real one.
	'tests/unit/sync/pull-model.test.ts',
	'tests/unit/sync/push-model.test.ts',
	'tests/unit/sync/real-server.test.ts',
	'tests/server/sync/default-deny.test.ts',
	// Writers that race on PostgreSQL, a database that is killed while it writes, files nobody would send.
	'tests/server/sync/race.long.test.ts',
	'tests/server/db/durability.test.ts',
	'tests/server/importers/fuzz.test.ts'
];
const PROJECTS = ['domain', 'unit', 'server', 'long'];
const OUT = 'test-results/soak';

function readRuns(): number {
	try {
		const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' } } });
		const runs = Number(values.runs);
		if (Number.isInteger(runs) && runs > 0) return runs;
	} catch {
		// Said below, as for a number that is none.
	}
	console.error('usage: npm run soak -- --runs N    (N times all of it; 10 when not given)');
	process.exit(2);
}

function once(report: string): Promise<{ code: number; text: string }> {
	const args = [
		'run',
		...PROJECTS.flatMap((name) => ['--project', name]),
		'--reporter=dot',
		'--reporter=json',
		`--outputFile.json=${OUT}/${report}.json`,
		...FILES
	];
	const child = spawn('vitest', args, {
		env: { MODEL_SEED: String(Math.floor(Math.random() * 2 ** 31)), ...process.env, NO_COLOR: '1' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	const keep = (chunk: Buffer) => (text += chunk.toString());
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve({ code: code ?? 1, text }));
	});
}

const runs = readRuns();
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
let checks = 0;
for (let run = 1; run <= runs; run++) {
	const began = performance.now();
	const { code, text } = await once(String(run));
	const { count, failed } = vitest(String(run))(text, (file) => readFileSync(`${OUT}/${file}`, 'utf8'));
	const seconds = ((performance.now() - began) / 1000).toFixed(0);
	checks += count;
	// No check at all is a failure too: a soak that tests nothing must not look well.
	if (code === 0 && failed === 0 && count > 0) {
		console.log(`✓ run ${run} of ${runs}: ${count} checks in ${seconds} s`);
		continue;
	}
	console.log(text.split('\n').slice(-120).join('\n'));
	console.error(`✗ run ${run} of ${runs}: ${count} passed, ${failed} failed in ${seconds} s`);
	process.exit(1);
}
console.log(`${checks} passed, 0 failed`);
