import { describe, expect, it } from 'vitest';
import { bearable, fit, FLOOR, START, stretch, stretchNew } from '#store/keys/argon.ts';

describe('stretching a PIN', () => {
	it('is Argon2id: the published answer of RFC 9106’s reference code', async () => {
		// phc-winner-argon2 test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt".
		const salt = new TextEncoder().encode('somesalt');
		const bytes = await stretch('password', { memory: 65536, passes: 2, salt });
		expect(Buffer.from(bytes!).toString('hex')).toBe(
			'09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'
		);
	});

	it('keeps an effort that took half a second to one and a half', () => {
		for (const ms of [500, 900, 1500]) expect(fit(START, ms)).toEqual(START);
	});

	it('asks a fast phone for more passes, within bounds', () => {
		expect(fit(START, 250)).toEqual({ memory: START.memory, passes: 12 });
		expect(fit(START, 375)).toEqual({ memory: START.memory, passes: 8 });
		expect(fit(START, 1).passes).toBe(12);
	});

	it('asks a slow phone for less memory, never under 19 MiB and two passes', () => {
		const { memory, passes } = fit(START, 2000);
		expect({ memory, passes }).toEqual({ memory: 32768, passes: 3 });
		for (const ms of [4000, 20_000, 1e6]) expect(fit(START, ms)).toEqual(FLOOR);
	});

	it('chooses on this machine an effort that its own bounds let through', async () => {
		const { used } = await stretchNew('274915');
		expect(bearable(used)).toBe(true);
		expect(used.memory).toBeGreaterThanOrEqual(FLOOR.memory);
		expect(used.passes).toBeGreaterThanOrEqual(FLOOR.passes);
		expect(used.salt).toHaveLength(16);
	});

	it('refuses numbers that a changed byte made absurd', () => {
		for (const effort of [
			{ memory: 2 ** 31, passes: 3 },
			{ memory: 65536, passes: 1e9 },
			{ memory: Number.NaN, passes: 3 },
			{ memory: 4, passes: 3 },
			{ memory: 65536, passes: 0 }
		])
			expect(bearable(effort)).toBe(false);
	});
});
