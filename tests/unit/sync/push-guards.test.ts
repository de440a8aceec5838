import { expect, it } from 'vitest';
import { expectFailure, WITHOUT } from './guards.ts';
import { PlainMemory } from './plain-memory.ts';
import { edit, endsWell } from './push-story.ts';
import { World, writeNote, type ModelPhone } from './push-world.ts';

/**
 * The model of `push-model.test.ts` must find something that does not hold when a guard of the protocol is taken away. Without this it
 * would prove little. Several seeds: `push-guards.long.test.ts`.
 */
const WITHIN = 2_000;

it.each(Object.entries(WITHOUT))('without %s the model fails', { timeout: 300_000 }, async (_name, parts) => {
	await expectFailure(parts, { within: WITHIN, seed: 1 });
});

it.each([
	['handed out again', 0],
	['never handed out again', 1_000_000]
])('versions that a restore has %s', async (_name, jump) => {
	const world = await World.of(3, 3, { memory: new PlainMemory({ jump }) });
	const [writer, reader, third] = world.phones as [ModelPhone, ModelPhone, ModelPhone];
	await writeNote(writer, 1);
	const note = world.notes[0]!;
	await writer.lap();
	const life = await world.server.backup();
	for (let times = 0; times < 2; times++) {
		await edit(writer, note);
		await writer.lap();
	}
	await reader.lap();
	await world.server.restore(life);
	// What the third writes now has a version that the reader believes to have read.
	await third.lap();
	await edit(third, note);
	await third.lap();
	await edit(reader, note);
	if (jump === 0) await expect(endsWell(world)).rejects.toThrow('nobody who did it had seen them');
	else await endsWell(world);
});
