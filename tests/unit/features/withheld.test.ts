import { describe, expect, it } from 'vitest';
import { tooLongSilent, withoutCouncil } from '#features/open-case/withheld.ts';

const DAY = 86_400_000;
const lastPullAt = '2026-10-01T10:00:00.000Z';
const after = (days: number) => ({ lastPullAt, now: Date.parse(lastPullAt) + days * DAY });

describe('the long silence on a phone without a lock', () => {
	it('begins after the council’s days, never with a lock, without an account or before the first news', () => {
		const facts = { set: false, offlineDays: 30 };
		expect(tooLongSilent(facts, after(30))).toBe(false);
		expect(tooLongSilent(facts, after(30.01))).toBe(true);
		expect(tooLongSilent({ set: false, offlineDays: 14 }, after(15))).toBe(true);
		expect(tooLongSilent({ set: true, offlineDays: 30 }, after(99))).toBe(false);
		expect(tooLongSilent({ set: false, offlineDays: null }, after(99))).toBe(false);
		expect(tooLongSilent(facts, { lastPullAt: null, now: Date.parse(lastPullAt) })).toBe(false);
		expect(tooLongSilent(undefined, after(99))).toBe(false);
	});

	it('puts away what the council told of the child, and nothing else', () => {
		const id = '0b9d8a9e-8f0f-4f0c-9a53-0d3c53d0a001';
		const scopes = [`case:${id}:shared`, `case:${id}:own:${id}`, `user:${id}`, 'ref:E08000025:people'];
		const rows = scopes.map((scope) => ({ scope, t: 'event', id: 'e', ver: 1, sv: 1, v: {} }));
		expect(withoutCouncil(rows).map((row) => row.scope)).toEqual(scopes.slice(1));
	});
});
