import type { FamilyStore } from './family-store.ts';
import type { FirstLook } from './first-look.ts';
import { createSignal } from './signal.ts';

type Ready = FamilyStore & { ready: Promise<void> };

/**
 * A store that answers from the first look until the real one is open, and is the real one from then on. Whatever writes or
 * copies waits for the real one, so nothing is ever said to be kept before it is.
 *
 * @param later resolves with the real store once its code is here; a rejection reaches whoever waits to write
 */
export function createEarlyStore(look: FirstLook, later: Promise<Ready>): FamilyStore {
	const signal = createSignal();
	let real: Ready | null = null;
	const opened = later.then(async (store) => {
		await store.ready;
		real = store;
		store.subscribe(signal.emit);
		signal.emit();
		return store;
	});
	opened.catch(() => undefined);
	return {
		state: () => real?.state() ?? 'open',
		subscribe: signal.subscribe,
		rows: () => real?.rows() ?? look.rows,
		profile: () => (real ? real.profile() : look.profile),
		lastPull: () => (real ? real.lastPull() : look.lastPull),
		begin: async () => (await opened).begin(),
		health: async () => (await opened).health(),
		put: async (rows) => (await opened).put(rows),
		remove: async (rows) => (await opened).remove(rows),
		exportAll: async () => (await opened).exportAll(),
		removeEverything: async () => (await opened).removeEverything()
	};
}
