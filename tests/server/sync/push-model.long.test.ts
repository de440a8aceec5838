import fc from 'fast-check';
import { expect, it } from 'vitest';
import { onPGlite, onPostgres } from '../../support/database.ts';
import { SqlMemory } from '../../support/sql-memory.ts';
import { play, stories } from '../../unit/sync/push-story.ts';

/** The stories of the model on the server's own memory, in numbers: these are floors, and fewer is a failure. Another seed each day. */
const RUNS = { PGlite: 5_000, PostgreSQL: 1_000 };
const SEED = Number(process.env.MODEL_SEED ?? Math.floor(Date.now() / 86_400_000));
const PART = Number(process.env.MODEL_PART ?? 1);

it.each([
	['PGlite', () => onPGlite(true)],
	['PostgreSQL', onPostgres]
] as const)('on %s the model holds', async (engine, open) => {
	const runs = Math.ceil(RUNS[engine] * PART);
	const database = await open();
	let played = 0;
	await fc.assert(
		fc.asyncProperty(stories, async (story) => {
			await play(story, { memory: new SqlMemory(database) });
			played++;
		}),
		{ numRuns: runs, seed: SEED }
	);
	await database.close();
	console.log(`${played} stories on ${engine}, seed ${SEED}`);
	expect(played).toBe(runs);
});
