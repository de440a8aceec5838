import fc from 'fast-check';
import { expect } from 'vitest';
import { PlainMemory, type Unguarded } from './plain-memory.ts';
import type { Guarding } from './push-server.ts';
import { play, stories } from './push-story.ts';
import type { WorldParts } from './push-world.ts';

/**
 * What the protocol rests on (sync-and-security §6.2), each taken away from outside: by a memory that lies, by one that does not lock, or by
 * phones that write what none of ours does. No shipped code knows of it.
 */
const lying = (guarding: Guarding) => (): WorldParts => ({ guarding });
const without = (what: Unguarded) => (): WorldParts => ({ memory: new PlainMemory(what) });

export const WITHOUT: Record<string, () => WorldParts> = {
	'the comparison of what stands under an id (hash)': lying((store, { hash }) => ({
		...store,
		settled: async (mid) => {
			const before = await store.settled(mid);
			return before && { ...before, hash };
		}
	})),
	'the memory of what was settled': lying((store) => ({ ...store, settled: async () => null })),
	'the order of numbers (gap)': lying((store, { seq }) => ({
		...store,
		lastSeq: async () => Math.max(await store.lastSeq(), seq - 1)
	})),
	'the notice of a copied phone (device_fork)': lying((store, { seq }) => ({
		...store,
		lastSeq: async () => Math.min(await store.lastSeq(), seq - 1)
	})),
	'the look at what others changed meanwhile (version)': lying((store) => ({
		...store,
		changedByOthers: async () => new Set<string>()
	})),
	'the one moment at which an answer is read (snapshot)': without({ torn: true }),
	'the lock on a scope': without({ unlocked: true }),
	'the news of another life of the database (epoch)': without({ oneLife: true }),
	'the root types of a draft': () => ({ nested: true })
};
const SAID = /^Error: .+(stands for|twice|overtook|comes to rest|are gone|differs|was said to be|is gone)/;

/** Plays up to `within` stories and expects one of them to end badly, for a reason that the model names. Returns after how many. */
export async function expectFailure(
	parts: () => WorldParts,
	{ within, seed }: { within: number; seed: number }
): Promise<number> {
	const found = await fc.check(
		fc.asyncProperty(stories, (story) => play(story, parts())),
		{ numRuns: within, seed, endOnFailure: true }
	);
	expect(found.failed).toBe(true);
	expect(String(found.errorInstance)).toMatch(SAID);
	return found.numRuns;
}
