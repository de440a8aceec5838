import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#server/db/open-database.ts';
import { onPGlite, testDatabase } from '../../support/database.ts';
import { SqlMemory } from '../../support/sql-memory.ts';
import { ACTIONS_IN_A_STORY, edit, endsWell, play, stories } from '../../unit/sync/push-story.ts';
import { World, writeNote, type ModelPhone } from '../../unit/sync/push-world.ts';

/** The stories of `tests/unit/sync/push-model.test.ts` with the server's own memory and its own pull; `push-model.long.test.ts` plays 5,000. */
const RUNS = 25;
const SEED = Number(process.env.MODEL_SEED ?? 31);

let database: Database;
const quick = process.env.TEST_ENGINE === 'postgres' ? testDatabase : () => onPGlite(true);
beforeAll(async () => (database = await quick()));
afterAll(() => database.close());

it(`in ${RUNS} stories a database keeps what the model promises`, { timeout: 600_000 }, async () => {
	let played = 0;
	await fc.assert(
		fc.asyncProperty(stories, async (story) => {
			await play(story, { memory: new SqlMemory(database) });
			played++;
		}),
		{ numRuns: RUNS, seed: SEED }
	);
	expect([played, ACTIONS_IN_A_STORY]).toEqual([RUNS, 60]);
});

it('a copy that had no such scope yet hands out no version a second time', async () => {
	const world = await World.of(3, 3, { memory: new SqlMemory(database) });
	const [writer, reader, third] = world.phones as [ModelPhone, ModelPhone, ModelPhone];
	for (const phone of world.phones) await phone.lap();
	const life = await world.server.backup();
	for (let n = 0; n < 4; n++) await writeNote(reader, 1);
	await reader.lap();
	await writeNote(writer, 1);
	const note = world.notes.at(-1)!;
	await writer.lap();
	await reader.lap();
	await world.server.restore(life);
	// The writer offers again, and the third changes it, below the version that the reader has read.
	await writer.lap();
	await third.lap();
	await edit(third, note);
	await third.lap();
	await edit(reader, note);
	await endsWell(world);
});
