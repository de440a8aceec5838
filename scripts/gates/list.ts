import * as counts from './counts.ts';

export type Gate = {
	name: string;
	what: string;
	tier: 'test' | 'long';
	/**
	 * Two lanes for two cores. What needs the built app is in one lane, so that it builds once. 0 runs alone, before them: it compares two
	 * times of one run.
	 */
	lane: 0 | 1 | 2;
	run: string[];
	env?: Record<string, string>;
	/** Reads how many checks ran and failed, from the output or from a report file. */
	count: counts.Counter;
	/** Fewer checks than this fail the gate: a suite that lost its tests must not look green. */
	floor: number;
	/** Lines of output to show on failure. */
	tail: number;
};

const OUT = 'test-results/gates';
const vitest = (project: string, report: string) => [
	'vitest',
	'run',
	'--project',
	project,
	'--reporter=dot',
	'--reporter=json',
	`--outputFile.json=${OUT}/${report}.json`
];
const zone = (name: string, tz: string, lane: 1 | 2): Gate => ({
	name,
	what: `the rules, with the machine in ${tz}`,
	tier: 'test',
	lane,
	run: vitest('domain', name),
	env: { TZ: tz },
	count: counts.vitest(name),
	floor: 1000,
	tail: 80
});

const long = (
	name: string,
	lane: 1 | 2,
	floor: number,
	{ what, files }: { what: string; files: string[] }
): Gate => ({
	...{ name, what, tier: 'long', lane, floor, tail: 80 },
	run: [...vitest('long', name), ...files],
	count: counts.vitest(name)
});

/** Fast to slow within a lane. Floors are below today's counts, so that a test may be merged but not a suite lost. */
export const GATES: Gate[] = [
	{
		name: 'format',
		what: 'prettier',
		tier: 'test',
		lane: 1,
		run: ['prettier', '--check', '.'],
		count: counts.exitCode,
		floor: 1,
		tail: 30
	},
	{
		name: 'lint',
		what: 'eslint',
		tier: 'test',
		lane: 1,
		run: [
			'eslint',
			'-c',
			'.ci/eslint.config.js',
			'--max-warnings',
			'0',
			'--format',
			'json',
			'-o',
			`${OUT}/lint.json`,
			'.'
		],
		count: counts.eslint('lint'),
		floor: 900,
		tail: 60
	},
	{
		name: 'types',
		what: 'svelte-check; domain and contract without DOM or Node; the worker',
		tier: 'test',
		lane: 1,
		run: ['node', 'scripts/gates/types.ts'],
		count: counts.printed,
		floor: 2000,
		tail: 60
	},
	{
		name: 'words',
		what: 'translations, reading age, markup without literals, logical CSS',
		tier: 'test',
		lane: 1,
		run: ['node', 'scripts/check-words.ts'],
		count: counts.printed,
		floor: 70000,
		tail: 60
	},
	{
		name: 'architecture',
		what: 'rooms, READMEs, lengths, indexes, routes',
		tier: 'test',
		lane: 1,
		run: vitest('architecture', 'architecture'),
		count: counts.vitest('architecture'),
		floor: 80,
		tail: 60
	},
	zone('rules-london', 'Europe/London', 1),
	zone('rules-auckland', 'Pacific/Auckland', 1),
	zone('rules-la', 'America/Los_Angeles', 1),
	{
		name: 'unit',
		what: 'store, sync, words, features, worker',
		tier: 'test',
		lane: 1,
		run: vitest('unit', 'unit'),
		count: counts.vitest('unit'),
		floor: 490,
		tail: 80
	},
	{
		name: 'server',
		what: 'database, access, sync, importers, demo on PGlite',
		tier: 'test',
		lane: 1,
		run: vitest('server', 'server'),
		count: counts.vitest('server'),
		floor: 440,
		tail: 80
	},
	{
		name: 'component',
		what: 'every example of every component in Chromium, axe included',
		tier: 'test',
		lane: 1,
		run: vitest('component', 'component'),
		count: counts.vitest('component'),
		floor: 1000,
		tail: 80
	},
	{
		name: 'build',
		what: 'the app builds',
		tier: 'test',
		lane: 2,
		run: ['node', 'scripts/ensure.mjs', 'build'],
		count: counts.exitCode,
		floor: 1,
		tail: 60
	},
	{
		name: 'journeys',
		what: 'the built app in Chromium: journeys, offline, bytes, every screen',
		tier: 'test',
		lane: 2,
		run: ['playwright', 'test', '-c', 'tests/playwright.config.ts', '--grep-invert', '@long'],
		count: counts.playwright,
		floor: 48,
		tail: 120
	},
	{
		name: 'postgres',
		what: 'the server suite on PostgreSQL',
		tier: 'long',
		lane: 1,
		run: vitest('server', 'postgres'),
		env: { TEST_ENGINE: 'postgres' },
		count: counts.vitest('postgres'),
		floor: 440,
		tail: 80
	},
	{
		name: 'faults',
		what: 'kills, races, scale, fuzz',
		tier: 'long',
		lane: 1,
		run: [
			...vitest('long', 'faults'),
			'tests/server',
			'tests/unit/store',
			'--exclude',
			'tests/server/sync/push-model.long.test.ts'
		],
		env: { KILLS: '200' },
		count: counts.vitest('faults'),
		floor: 6,
		tail: 80
	},
	long('model', 2, 11, {
		what: 'the model of sync over PGlite 5,000 times and PostgreSQL 1,000; each guard taken away from five sets of stories',
		files: ['tests/server/sync/push-model.long.test.ts', 'tests/unit/sync']
	}),
	{
		name: 'seal',
		what: 'a pull into a browser with the seal and without it',
		tier: 'long',
		lane: 0,
		run: vitest('phone', 'seal'),
		count: counts.vitest('seal'),
		floor: 1,
		tail: 60
	},
	{
		name: 'build-long',
		what: 'the app builds',
		tier: 'long',
		lane: 2,
		run: ['node', 'scripts/ensure.mjs', 'build'],
		count: counts.exitCode,
		floor: 1,
		tail: 60
	},
	long('engines', 2, 2, { what: 'Firefox ESR and WebKitGTK without a server', files: ['tests/engines'] }),
	long('load', 2, 1, { what: 'a family pulls while a council imports', files: ['tests/load'] }),
	long('nodes', 2, 1, {
		what: 'two servers on one PostgreSQL for five minutes, killed and cut off in turn',
		files: ['tests/nodes']
	}),
	{
		name: 'matrix',
		what: 'every screen × theme × language × network; updates, staff, other providers, malformed requests, the phone read raw',
		tier: 'long',
		lane: 2,
		run: ['playwright', 'test', '-c', 'tests/playwright.config.ts', '--grep', '@long'],
		count: counts.playwright,
		floor: 18,
		tail: 120
	}
];
