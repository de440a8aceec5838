import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoff } from '#sync/backoff.ts';

it('waits between nothing and the cap: one second at first, doubling, five minutes at most', () => {
	expect(backoff(1, () => 0.999999)).toBe(1_000);
	expect(backoff(4, () => 0.999999)).toBe(8_000);
	expect(backoff(40, () => 0.999999)).toBe(300_000);
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 2_000 }),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(n, r) => {
				const ms = backoff(n, () => r);
				return ms >= 0 && ms <= 300_000 && ms <= Math.max(1_000, 1_000 * 2 ** (n - 1));
			}
		)
	);
});
