import { scopeKind } from '#contract/scope.ts';
import type { OpenRow } from '#store/family-store.ts';
import type { LockFacts } from '#store/phone-lock.ts';

const DAY_MS = 86_400_000;

/**
 * The rule of the long silence (store/lock/facts.ts) on a phone without a lock: there is nothing to lock, so the council's record is
 * put away until the council is heard again. What the family typed, and the telephone lines, stay.
 */
export function tooLongSilent(
	facts: Pick<LockFacts, 'set' | 'offlineDays'> | undefined,
	{ lastPullAt, now }: { lastPullAt: string | null; now: number }
): boolean {
	if (!facts || facts.set || facts.offlineDays === null || lastPullAt === null) return false;
	return now - Date.parse(lastPullAt) > facts.offlineDays * DAY_MS;
}

export const withoutCouncil = (rows: readonly OpenRow[]): OpenRow[] =>
	rows.filter((row) => scopeKind(row.scope) !== 'case-shared');
