import { expect, it } from 'vitest';
import { expectFailure, WITHOUT } from './guards.ts';

/** Each guard taken away from five sets of stories: the model finds it in each, within 2,000. */
const WITHIN = 2_000;
const SEEDS = 5;

it.each(Object.entries(WITHOUT))('without %s the model fails, whatever the seed', async (name, parts) => {
	const after: number[] = [];
	for (let seed = 1; seed <= SEEDS; seed++) after.push(await expectFailure(parts, { within: WITHIN, seed }));
	console.log(`without ${name}: found after ${after.join(', ')} stories`);
	expect(Math.max(...after)).toBeLessThanOrEqual(WITHIN);
});
