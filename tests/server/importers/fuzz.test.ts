import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import type { Database } from '#server/db/open-database.ts';
import { bring, empty, everything, fileOf, judge } from './support.ts';

const SAMPLES = {
	cases: readFileSync('docs/samples/cases.csv'),
	'case-events': readFileSync('docs/samples/case-events.csv'),
	people: readFileSync('docs/samples/people.csv'),
	sen2: readFileSync('docs/samples/sen2.xml')
};
type Kind = keyof typeof SAMPLES;
const kind = fc.constantFrom(...(Object.keys(SAMPLES) as Kind[]));

/** One harm done to a file: bytes replaced, taken away, put in, doubled, or cut off. */
const harm = fc.oneof(
	fc.record({ what: fc.constant('put' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 8 }) }),
	fc.record({
		what: fc.constant('put' as const),
		at: fc.nat(),
		bytes: fc
			.constantFrom('"', ',', '\n', '\0', ';', '=', '\ufeff', '<', '&x;', '</Person>')
			.map((text) => new Uint8Array(Buffer.from(text)))
	}),
	fc.record({
		what: fc.constantFrom('take' as const, 'double' as const, 'cut' as const),
		at: fc.nat(),
		bytes: fc.uint8Array({ maxLength: 40 })
	})
);

function harmed(
	sample: Buffer,
	harms: { what: 'put' | 'take' | 'double' | 'cut'; at: number; bytes: Uint8Array }[]
): Buffer {
	let bytes = sample;
	for (const { what, at, bytes: given } of harms) {
		const place = at % (bytes.length + 1);
		const piece = bytes.subarray(place, place + given.length);
		if (what === 'cut') bytes = bytes.subarray(0, place);
		else if (what === 'put') bytes = Buffer.concat([bytes.subarray(0, place), given, bytes.subarray(place)]);
		else if (what === 'take')
			bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + given.length)]);
		else
			bytes = Buffer.concat([bytes.subarray(0, place), piece, piece, bytes.subarray(place + given.length)]);
	}
	return bytes;
}

/** What holds of every report, whatever the file. */
function holds({ report, exitCode }: Awaited<ReturnType<typeof judge>>): void {
	const { read, accepted, refused, unchanged } = report.rows;
	expect([0, 1, 2]).toContain(exitCode);
	if (exitCode === 0) expect(read).toBeGreaterThan(0);
	if (exitCode !== 2) expect(read).toBe(accepted + refused + unchanged);
	if (exitCode === 1) expect(refused).toBeGreaterThan(0);
	if (exitCode === 2) expect(report.created).toEqual({});
	if (exitCode !== 0) expect(report.problems.length).toBeGreaterThan(0);
	for (const problem of report.problems)
		expect(problem.problem.length * problem.mend.length).toBeGreaterThan(0);
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

describe('no file brings an import down', () => {
	it('arbitrary bytes', async () => {
		await fc.assert(
			fc.asyncProperty(kind, fc.uint8Array({ maxLength: 400 }), async (kind, bytes) =>
				holds(await judge(kind, fileOf('any', bytes)))
			),
			{ numRuns: RUNS }
		);
	});

	it('samples with harm done to them', async () => {
		await fc.assert(
			fc.asyncProperty(kind, fc.array(harm, { minLength: 1, maxLength: 4 }), async (kind, harms) =>
				holds(await judge(kind, fileOf('harmed', harmed(SAMPLES[kind], harms))))
			),
			{ numRuns: RUNS }
		);
	});
});

describe('what cannot be taken leaves no trace', () => {
	let database: Database;
	beforeAll(async () => {
		database = await testDatabase();
	});
	afterAll(() => database.close());
	beforeEach(() => empty(database));

	it('a harmed file is written whole or not at all', async () => {
		await fc.assert(
			fc.asyncProperty(kind, fc.array(harm, { minLength: 1, maxLength: 3 }), async (kind, harms) => {
				const before = await everything(database);
				const done = await bring(database, kind, fileOf('harmed', harmed(SAMPLES[kind], harms)));
				holds(done);
				if (done.exitCode !== 0) expect(await everything(database)).toBe(before);
			}),
			{ numRuns: Math.ceil(RUNS / 10) }
		);
	});
});
