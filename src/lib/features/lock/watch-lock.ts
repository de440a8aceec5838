import { watchIdle, type Times } from '#browser/idle.ts';
import { tabChannel } from '#browser/tabs.ts';
import { COVERED, coverWhenAway } from '#browser/visibility.ts';

/** A word to another tab and back takes a few milliseconds; a browser that is busy is given this long. */
const ANSWER_MS = 200;
/** How soon a tab asks again while another one is looked at, where it would lock at once. */
const AGAIN_MS = 10_000;
const hidden = () => document.visibilityState === 'hidden';

/**
 * While it is open and a lock is set: covers the page when it is left, locks when it was left too long. A lock closes every tab, so
 * a tab that is out of sight asks first whether another one is looked at; that one has its own time. Returns the way to stop.
 */
export function watchLock(times: Times, lock: () => Promise<void>): () => void {
	const tabs = tabChannel<'anybody' | 'here'>('alongside-looking');
	let falling = false;
	let over = false;
	let answered = false;
	let stopIdle = () => {};
	const stopCover = coverWhenAway(() => falling);
	const stopListening = tabs.listen((word) => {
		if (word === 'here') answered = true;
		else if (!hidden() && !falling) tabs.post('here');
	});

	async function anotherIsLookedAt(): Promise<boolean> {
		answered = false;
		tabs.post('anybody');
		await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
		return answered;
	}

	async function due() {
		falling = true;
		document.documentElement.setAttribute(COVERED, '');
		// Somebody who comes back meanwhile comes back to a page whose time was up.
		if (hidden() && (await anotherIsLookedAt()) && hidden()) {
			falling = false;
			return watch({ ...times, hiddenMs: Math.max(times.hiddenMs, AGAIN_MS) });
		}
		if (over) return;
		// The cover is taken away when the lock screen stands, or when locking failed and the rows are still open.
		await lock().catch(() => {
			falling = false;
			stopCover();
		});
	}

	function watch(by: Times) {
		if (!over) stopIdle = watchIdle(by, () => void due());
	}
	watch(times);
	return () => {
		over = true;
		stopIdle();
		stopCover();
		stopListening();
		tabs.close();
	};
}
