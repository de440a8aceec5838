import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { mergeDraft, type Piece } from '#server/sync/merge-draft.ts';
import { ACTIONS_IN_A_STORY, play, stories } from './push-story.ts';

// The same merge without its thread, which has tests of its own: waiting for that would be most of a story's time, and no seed repeats it.
vi.mock('#server/sync/merge-apart.ts', () => ({
	mergeApart: (piece: Piece) => Promise.resolve(mergeDraft(Y, piece))
}));

/**
 * Two to five phones of two or three people against the real `accept`, through the real push and pull of the phone, while everything that
 * can happen to a request, a phone and a server does (sync-and-security §6.1). The same stories each time; `MODEL_SEED` for others (the soak
 * draws one), `MODEL_RUNS` for more. fast-check prints the seed of what fails. `push-guards.test.ts` shows that it fails when a guard of the
 * protocol is taken away.
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 3_000);
const SEED = Number(process.env.MODEL_SEED ?? 31);

it(
	'whatever happens, what a family writes arrives once, in order, or waits for a person',
	{ timeout: Math.max(600_000, RUNS * 1000) },
	async () => {
		let played = 0;
		await fc.assert(
			fc.asyncProperty(stories, async (story) => {
				await play(story);
				played++;
			}),
			{ numRuns: RUNS, seed: SEED }
		);
		expect([played, ACTIONS_IN_A_STORY]).toEqual([RUNS, 60]);
	}
);
