import { askToPost } from '#browser/background-sync.ts';
import type { FamilyStore } from '#store/family-store.ts';
import type { Sync } from '#sync/status.ts';

type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
type Waiting = Pick<FamilyStore, 'outbox' | 'subscribe'>;

/**
 * Before a page goes away with something unsent, or while there is no network, the browser is asked to post it later. A page that is open sends by
 * itself, so nothing is asked for then.
 */
export function postLater(
	{ store, sync }: { store: Waiting; sync: Pick<Sync, 'status' | 'subscribe'> },
	ask: () => Promise<unknown> = askToPost,
	page: Page = document
): () => void {
	let asked = 0;
	function look() {
		const waiting = store.outbox.items().filter(({ state }) => state === 'waiting').length;
		const away = page.visibilityState === 'hidden' || sync.status().net === 'offline';
		// Once for what waits now: each change of the store comes by here.
		if (away && waiting > asked) void ask();
		asked = away ? waiting : 0;
	}
	page.addEventListener('visibilitychange', look);
	const leave = [store.subscribe(look), sync.subscribe(look)];
	look();
	return () => {
		page.removeEventListener('visibilitychange', look);
		for (const off of leave) off();
	};
}
