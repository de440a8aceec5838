import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Guarding } from './push-server.ts';
import { edit, endsWell, play, stories } from './push-story.ts';
import { World, writeNote, type ModelPhone } from './push-world.ts';

/**
 * What the protocol rests on, taken away one at a time by a memory that lies (sync-and-security §6.2): the model of `push-model.test.ts`
 * must then find something that does not hold. Without this it would prove little.
 */
const WITHIN = 2_000;

const WITHOUT: Record<string, Guarding> = {
	'the comparison of what stands under an id': (store, { hash }) => ({
		...store,
		settled: async (mid) => {
			const before = await store.settled(mid);
			return before && { ...before, hash };
		}
	}),
	'the memory of what was settled': (store) => ({ ...store, settled: async () => null }),
	'the order of numbers (gap)': (store, { seq }) => ({
		...store,
		lastSeq: async () => Math.max(await store.lastSeq(), seq - 1)
	}),
	'the notice of a copied phone (device_fork)': (store, { seq }) => ({
		...store,
		lastSeq: async () => Math.min(await store.lastSeq(), seq - 1)
	}),
	'the look at what others changed meanwhile': (store) => ({
		...store,
		changedByOthers: async () => new Set<string>()
	})
};

it.each(Object.entries(WITHOUT))('without %s the model fails', { timeout: 300_000 }, async (_name, lying) => {
	const found = await fc.check(
		fc.asyncProperty(stories, (story) => play(story, lying)),
		{ numRuns: WITHIN, seed: 1, endOnFailure: true }
	);
	expect(found.failed).toBe(true);
	expect(String(found.errorInstance)).toMatch(/^Error: .+(stands for|twice|overtook|comes to rest|are gone)/);
});

it.each([
	['handed out again', 0],
	['never handed out again', 1_000_000]
])('versions that a restore has %s', async (_name, jump) => {
	const world = new World(3, 3);
	world.server.jump = jump;
	const [writer, reader, third] = world.phones as [ModelPhone, ModelPhone, ModelPhone];
	await writeNote(writer, 1);
	const note = world.notes[0]!;
	await writer.lap();
	const life = world.server.backup();
	for (let times = 0; times < 2; times++) {
		await edit(writer, note);
		await writer.lap();
	}
	await reader.lap();
	world.server.restore(life);
	// What the third writes now has a version that the reader believes to have read.
	await third.lap();
	await edit(third, note);
	await third.lap();
	await edit(reader, note);
	if (jump === 0) await expect(endsWell(world)).rejects.toThrow('nobody who did it had seen them');
	else await endsWell(world);
});
