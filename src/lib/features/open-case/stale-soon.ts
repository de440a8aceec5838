import type { LockFacts } from '#store/phone-lock.ts';

const DAY_MS = 86_400_000;
/** A week is long enough to pass somewhere with a connection; where the council set few days, half of them. */
const WARN_DAYS = 7;

/**
 * A moment (epoch ms) of the last whole day on which a locked phone still opens by its lock, when that is near; today on the very last.
 * Null when it is far, or never comes: without a lock, without an account, or before the first news.
 */
export function staleSoon(
	facts: Pick<LockFacts, 'set' | 'offlineDays'> | undefined,
	{ lastPullAt, now }: { lastPullAt: string | null; now: number }
): number | null {
	if (!facts?.set || facts.offlineDays === null || lastPullAt === null) return null;
	const ends = Date.parse(lastPullAt) + facts.offlineDays * DAY_MS;
	return ends - now <= Math.min(WARN_DAYS, facts.offlineDays / 2) * DAY_MS
		? Math.max(now, ends - DAY_MS)
		: null;
}
