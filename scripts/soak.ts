import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { vitest } from './gates/counts.ts';

/**
 * The model of sync for as long as asked: `npm run soak -- --runs 200000` plays so many stories, in as many processes as there are cores.
 * `--rounds 50` runs all model and fault tests fifty times: new stories, requests, files and moments to kill at each time. What fails prints the
 * seed that repeats it, and the first failure ends the soak with exit code 1.
 */
const MODEL = 'tests/unit/sync/push-model.test.ts';
const FILES = [
	// Any story a case may tell, and the laws of counting.
	'tests/property',
	'tests/unit/domain/journey/any-story.test.ts',
	// A phone and a server between which everything goes wrong, with a made-up server and with the real one.
	'tests/unit/sync/pull-model.test.ts',
	MODEL,
	'tests/unit/sync/real-server.test.ts',
	'tests/server/sync/push-model.test.ts',
	'tests/server/sync/default-deny.test.ts',
	// Writers that race on PostgreSQL, a database that is killed while it writes, files nobody would send.
	'tests/server/sync/race.long.test.ts',
	'tests/server/db/durability.test.ts',
	'tests/server/importers/fuzz.test.ts'
];
const PROJECTS = ['domain', 'unit', 'server', 'long'];
const OUT = 'test-results/soak';
/** Stories with one seed: about a minute of one core. */
const WITH_ONE_SEED = 10_000;
const newSeed = () => Math.floor(Math.random() * 2 ** 31);

type Asked = { runs: number; rounds: number; processes: number };
function readAsked(): Asked {
	const whole = { type: 'string' } as const;
	try {
		const { values } = parseArgs({ options: { runs: whole, rounds: whole, processes: whole } });
		const runs = Number(values.runs ?? (values.rounds === undefined ? 200_000 : 0));
		const rounds = Number(values.rounds ?? 0);
		const processes = Number(values.processes ?? availableParallelism());
		const right = [runs, rounds, processes].every((n) => Number.isInteger(n) && n >= 0) && processes > 0;
		if (right && runs + rounds > 0) return { runs, rounds, processes };
	} catch {
		// Said below, as for a number that is none.
	}
	console.error('usage: npm run soak -- [--runs STORIES | --rounds TIMES] [--processes N]');
	process.exit(2);
}

type Run = { report: string; files: string[]; projects: string[]; env: Record<string, string> };
/** Prints what went wrong and ends everything; otherwise the number of checks and of seconds. */
async function once(name: string, { report, files, projects, env }: Run): Promise<[number, string]> {
	const began = performance.now();
	const args = [
		...['run', ...projects.flatMap((one) => ['--project', one])],
		...['--reporter=dot', '--reporter=json', `--outputFile.json=${OUT}/${report}.json`, ...files]
	];
	const child = spawn('vitest', args, {
		env: { ...process.env, ...env, NO_COLOR: '1' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	const keep = (chunk: Buffer) => (text += chunk.toString());
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
	const { count, failed } = vitest(report)(text, (file) => readFileSync(`${OUT}/${file}`, 'utf8'));
	const seconds = ((performance.now() - began) / 1000).toFixed(0);
	// No check at all is a failure too: a soak that tests nothing must not look well.
	if (code === 0 && failed === 0 && count > 0) return [count, seconds];
	console.log(text.split('\n').slice(-120).join('\n'));
	console.error(`✗ ${name}: ${count} passed, ${failed} failed in ${seconds} s`);
	process.exit(1);
}

async function playStories({ runs, processes }: Asked): Promise<void> {
	let [left, played, part] = [runs, 0, 0];
	const worker = async () => {
		while (left > 0) {
			const take = Math.min(WITH_ONE_SEED, left);
			left -= take;
			const seed = String(process.env.MODEL_SEED ?? newSeed());
			const name = `${take} stories of seed ${seed}`;
			const env = { MODEL_RUNS: String(take), MODEL_SEED: seed };
			const run = { report: `stories-${++part}`, files: [MODEL], projects: ['unit'], env };
			const [, seconds] = await once(name, run);
			played += take;
			console.log(`✓ ${name} in ${seconds} s; ${played} of ${runs} played`);
		}
	};
	await Promise.all(Array.from({ length: processes }, worker));
	console.log(`${played} stories passed, 0 failed`);
}

async function playRounds({ rounds }: Asked): Promise<void> {
	let checks = 0;
	for (let round = 1; round <= rounds; round++) {
		const env = { MODEL_SEED: String(process.env.MODEL_SEED ?? newSeed()) };
		const name = `round ${round} of ${rounds}, seed ${env.MODEL_SEED}`;
		const [count, seconds] = await once(name, {
			report: String(round),
			files: FILES,
			projects: PROJECTS,
			env
		});
		checks += count;
		console.log(`✓ ${name}: ${count} checks in ${seconds} s`);
	}
	if (rounds > 0) console.log(`${checks} passed, 0 failed`);
}

const asked = readAsked();
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
if (asked.runs > 0) await playStories(asked);
await playRounds(asked);
