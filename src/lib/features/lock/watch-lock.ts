import { watchIdle, type Times } from '#browser/idle.ts';
import { coverWhenAway } from '#browser/visibility.ts';

/** While it is open and a lock is set: covers the page when it is left, locks when it was left too long. Returns the way to stop. */
export function watchLock(times: Times, lock: () => Promise<void>): () => void {
	let falling = false;
	const stopCover = coverWhenAway(() => falling);
	const stopIdle = watchIdle(times, () => {
		falling = true;
		document.documentElement.setAttribute('data-covered', '');
		// The cover is taken away when the lock screen stands, or when locking failed and the rows are still open.
		lock().catch(() => {
			falling = false;
			stopCover();
		});
	});
	return () => {
		stopIdle();
		stopCover();
	};
}
