import { expect, it } from 'vitest';
import { provedLately } from '#features/open-case/proved.ts';
import type { LockFacts } from '#store/phone-lock.ts';

it('a copy of everything asks for the lock once more, five minutes after it was opened', () => {
	const facts = (set: boolean) => ({ set }) as LockFacts;
	const now = 1_800_000_000_000;
	const ago = (minutes: number) => now - minutes * 60_000;
	expect(provedLately({ lockFacts: facts(true), provedAt: ago(4) }, now)).toBe(true);
	expect(provedLately({ lockFacts: facts(true), provedAt: ago(6) }, now)).toBe(false);
	expect(provedLately({ lockFacts: facts(true), provedAt: 0 }, now)).toBe(false);
	expect(provedLately({ lockFacts: facts(false), provedAt: 0 }, now)).toBe(true);
});
