import { describe, expect, it } from 'vitest';
import { watchIdle } from '#browser/idle.ts';
import { coverWhenAway, COVERED } from '#browser/visibility.ts';

/** A page in hand: events, whether it can be seen, and its two clocks. */
function aPage() {
	const attributes = new Set<string>();
	const view = Object.assign(new EventTarget(), { performance: { now: () => page.steady } });
	const page = Object.assign(new EventTarget(), {
		steady: 0,
		visibilityState: 'visible' as DocumentVisibilityState,
		defaultView: view,
		activeElement: null,
		body: null,
		documentElement: {
			hasAttribute: (name: string) => attributes.has(name),
			setAttribute: (name: string) => void attributes.add(name),
			removeAttribute: (name: string) => void attributes.delete(name)
		},
		show(state: DocumentVisibilityState) {
			page.visibilityState = state;
			page.dispatchEvent(new Event('visibilitychange'));
		}
	});
	return { page, view, covered: () => attributes.has(COVERED), document: page as unknown as Document };
}

function aClock(page: { steady: number }) {
	let now = 1_000_000;
	let planned: { at: number; work: () => void } | null = null;
	return {
		clock: {
			now: () => now,
			after(ms: number, work: () => void) {
				const mine = { at: now + ms, work };
				planned = mine;
				return () => void (planned === mine && (planned = null));
			}
		},
		/** Time passes and timers fire. */
		pass(ms: number) {
			const until = now + ms;
			while (planned && planned.at <= until) {
				const { at, work } = planned;
				page.steady += at - now;
				now = at;
				planned = null;
				work();
			}
			page.steady += until - now;
			now = until;
		},
		/** The phone sleeps: the wall clock goes on, timers and the page's own clock do not. */
		sleep(ms: number) {
			now += ms;
			if (planned) planned.at += ms;
		},
		setBack(ms: number) {
			now -= ms;
		}
	};
}

const MINUTE = 60_000;
function watched(times = { idleMs: 5 * MINUTE, hiddenMs: MINUTE }) {
	const made = aPage();
	const time = aClock(made.page);
	let due = 0;
	const stop = watchIdle(times, () => void due++, { clock: time.clock, page: made.document });
	return { ...made, ...time, stop, due: () => due };
}

describe('a page left alone', () => {
	it('is due after the idle time, once', () => {
		const { pass, due } = watched();
		pass(5 * MINUTE - 1);
		expect(due()).toBe(0);
		pass(1);
		pass(20 * MINUTE);
		expect(due()).toBe(1);
	});

	it('is not, while a person touches, types or scrolls', () => {
		const { page, pass, due } = watched();
		for (const sign of ['pointerdown', 'keydown', 'scroll']) {
			pass(4 * MINUTE);
			page.dispatchEvent(new Event(sign));
		}
		pass(5 * MINUTE - 1);
		expect(due()).toBe(0);
		pass(1);
		expect(due()).toBe(1);
	});

	it('is due a minute after it went out of sight, and not when it came back in time', () => {
		const { page, pass, due } = watched();
		page.show('hidden');
		pass(MINUTE - 1);
		page.show('visible');
		pass(2 * MINUTE);
		expect(due()).toBe(0);
		page.show('hidden');
		pass(MINUTE);
		expect(due()).toBe(1);
	});

	it('is due at once when hidden, where that was chosen', () => {
		const { page, due } = watched({ idleMs: MINUTE, hiddenMs: 0 });
		page.show('hidden');
		expect(due()).toBe(1);
	});

	it('is due at the first touch or sight after a sleep, before any timer', () => {
		const first = watched();
		first.sleep(5 * MINUTE);
		first.page.dispatchEvent(new Event('pointerdown'));
		expect(first.due()).toBe(1);
		const second = watched();
		second.page.show('hidden');
		second.sleep(MINUTE);
		second.page.show('visible');
		expect(second.due()).toBe(1);
	});

	it('does not wait longer because somebody set the clock back', () => {
		const { page, pass, setBack, due } = watched();
		pass(4 * MINUTE);
		setBack(60 * MINUTE);
		pass(MINUTE);
		page.dispatchEvent(new Event('keydown'));
		expect(due()).toBe(1);
	});

	it('is let go of', () => {
		const { page, pass, stop, due } = watched();
		stop();
		page.show('hidden');
		pass(60 * MINUTE);
		expect(due()).toBe(0);
	});
});

describe('the cover', () => {
	it('falls in the same moment as the page is left, and lifts at the return', () => {
		const { page, view, covered, document } = aPage();
		const stop = coverWhenAway(() => false, { page: document, phone: true });
		page.show('hidden');
		expect(covered()).toBe(true);
		page.show('visible');
		expect(covered()).toBe(false);
		for (const [away, back] of [
			['blur', 'focus'],
			['pagehide', 'pageshow']
		] as const) {
			view.dispatchEvent(new Event(away));
			expect(covered(), away).toBe(true);
			view.dispatchEvent(new Event(back));
			expect(covered(), back).toBe(false);
		}
		page.show('hidden');
		stop();
		expect(covered()).toBe(false);
	});

	it('stays while a lock is about to fall, and leaves a window on a desk alone', () => {
		const { page, view, covered, document } = aPage();
		let falling = true;
		coverWhenAway(() => falling, { page: document, phone: false });
		view.dispatchEvent(new Event('blur'));
		expect(covered()).toBe(false);
		page.show('hidden');
		page.show('visible');
		expect(covered()).toBe(true);
		falling = false;
		view.dispatchEvent(new Event('focus'));
		expect(covered()).toBe(false);
	});
});
