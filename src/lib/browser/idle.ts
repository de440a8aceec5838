import { systemClock, type Clock } from './now.ts';

/** How long nobody may touch the page, and how long it may be out of sight, in milliseconds. 0 hidden: at once. */
export type Times = { idleMs: number; hiddenMs: number };

/** What a person does to a page. `scroll` is caught on its way down: it does not bubble. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchstart'] as const;
/** Moving a finger fires a hundred times a second; one note a second is exact enough for minutes. */
const NOTE_MS = 1000;

/**
 * Calls `due` once when the page was left alone too long. Timers stop while a phone sleeps, so the clock is compared again
 * at every return, before anything of the page is looked at; a clock set back does not make the wait longer.
 */
export function watchIdle(
	times: Times,
	due: () => void,
	{ clock = systemClock, page = document }: { clock?: Clock; page?: Document } = {}
): () => void {
	const view = page.defaultView;
	const steady = () => view?.performance.now() ?? 0;
	const moment = () => ({ wall: clock.now(), steady: steady() });
	const since = (then: { wall: number; steady: number }) =>
		Math.max(clock.now() - then.wall, steady() - then.steady);
	let touched = moment();
	let left: ReturnType<typeof moment> | null = null;
	let cancel = () => {};
	let over = false;

	function finish() {
		if (over) return;
		stop();
		due();
	}

	/** True once time is up. Plans the next look otherwise. */
	function look(): boolean {
		const rest = Math.min(
			times.idleMs - since(touched),
			left ? times.hiddenMs - since(left) : Number.POSITIVE_INFINITY
		);
		if (rest <= 0) {
			finish();
			return true;
		}
		cancel();
		cancel = clock.after(rest, look);
		return false;
	}

	function touch() {
		if (since(touched) < NOTE_MS) return;
		// The first touch after a sleep may come before any timer: time that is up is up.
		if (!look()) touched = moment();
	}

	function seen() {
		if (page.visibilityState === 'hidden') left ??= moment();
		if (look()) return;
		if (page.visibilityState === 'visible') left = null;
	}

	function stop() {
		over = true;
		cancel();
		for (const sign of SIGNS) page.removeEventListener(sign, touch, true);
		page.removeEventListener('visibilitychange', seen);
		view?.removeEventListener('pageshow', seen);
		view?.removeEventListener('focus', seen);
	}

	for (const sign of SIGNS) page.addEventListener(sign, touch, { capture: true, passive: true });
	page.addEventListener('visibilitychange', seen);
	view?.addEventListener('pageshow', seen);
	view?.addEventListener('focus', seen);
	seen();
	return stop;
}
