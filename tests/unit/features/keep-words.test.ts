import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE_MS, keepWords, LONGEST_MS, type KeepState } from '#features/open-case/keep-words.ts';

/** A kill may take what was typed in the last two seconds and no more; "saved" is said only once it is true. */
let box = '';
let kept: string[];
let said: KeepState[];
let hold: Promise<void> | undefined;
let broken = false;
beforeEach(() => {
	vi.useFakeTimers();
	[box, kept, said, hold, broken] = ['', [], [], undefined, false];
});
afterEach(() => vi.useRealTimers());

function keeper() {
	return keepWords(
		async () => {
			const words = box;
			await hold;
			if (broken) throw new Error('full');
			kept.push(words);
		},
		(state) => said.push(state)
	);
}
async function type(letters: string, words: ReturnType<typeof keepWords>, every: number) {
	for (const letter of letters) {
		box += letter;
		words.changed();
		await vi.advanceTimersByTimeAsync(every);
	}
}

describe('words while they are typed', () => {
	it('are written once the hand rests', async () => {
		await type('hello', keeper(), 100);
		expect(kept).toEqual([]);
		await vi.advanceTimersByTimeAsync(IDLE_MS);
		expect(kept).toEqual(['hello']);
		expect(said.at(-1)).toBe('kept');
	});

	it('are written in the middle too, so that a kill takes less than two seconds', async () => {
		const words = keeper();
		let longest = 0;
		for (let at = 0; at < 100; at++) {
			await type('x', words, 100);
			longest = Math.max(longest, box.length - (kept.at(-1)?.length ?? 0));
		}
		expect(longest * 100).toBeLessThanOrEqual(LONGEST_MS + 100);
		expect(LONGEST_MS + 100).toBeLessThan(2000);
	});

	it('are not called kept while a later letter is not', async () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		hold = promise;
		const words = keeper();
		await type('ab', words, 0);
		const first = words.flush();
		await type('c', words, 0);
		resolve();
		await first;
		expect(said).not.toContain('kept');
		await words.flush();
		expect(kept).toEqual(['ab', 'abc']);
		expect(said.at(-1)).toBe('kept');
	});

	it('that could not be kept are said to be so, and tried again', async () => {
		broken = true;
		const words = keeper();
		await type('a', words, 0);
		expect(await words.flush()).toBe(false);
		expect(said.at(-1)).toBe('failed');
		broken = false;
		expect(await words.flush()).toBe(true);
		expect(kept).toEqual(['a']);
	});

	it('are written when the field goes away, and nothing is written twice', async () => {
		const words = keeper();
		await type('a', words, 0);
		words.stop();
		await vi.advanceTimersByTimeAsync(5000);
		expect(kept).toEqual(['a']);
	});
});
