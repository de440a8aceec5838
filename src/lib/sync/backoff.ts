/** One second at first, doubling, never above five minutes (sync-and-security §2.5). */
const FIRST = 1_000;
const MOST = 5 * 60_000;

/**
 * Milliseconds to wait after so many failures in a row (1 = the first). Full jitter: a thousand phones that lost one server
 * do not come back in step. `random` gives [0, 1).
 */
export function backoff(failures: number, random: () => number): number {
	return Math.round(random() * Math.min(MOST, FIRST * 2 ** Math.max(0, failures - 1)));
}
