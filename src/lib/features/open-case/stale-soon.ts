import type { LockFacts } from '#store/phone-lock.ts';

const DAY_MS = 86_400_000;
/** A week is long enough to pass somewhere with a connection; where the council set few days, half of them. */
const WARN_DAYS = 7;

/**
 * The moment (epoch ms) from which a locked phone opens only by signing in, when it is near; null when it is far, or never comes:
 * without a lock, without an account, or before the first news.
 */
export function staleSoon(
	facts: Pick<LockFacts, 'set' | 'offlineDays'> | undefined,
	{ lastPullAt, now }: { lastPullAt: string | null; now: number }
): number | null {
	if (!facts?.set || facts.offlineDays === null || lastPullAt === null) return null;
	const ends = Date.parse(lastPullAt) + facts.offlineDays * DAY_MS;
	return ends - now <= Math.min(WARN_DAYS, facts.offlineDays / 2) * DAY_MS ? ends : null;
}
