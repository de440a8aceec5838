import { Locked } from './errors.ts';
import type { FamilyStore } from './family-store.ts';
import type { FileStore } from './files.ts';
import { firstLook, type FirstLook } from './first-look.ts';
import type { LockHost } from './lock/create-lock.ts';
import { createSignal } from './signal.ts';

type Ready = FamilyStore & { ready: Promise<void> };
type Looked = FirstLook | 'locked' | null;

export type EarlyParts = {
	look: FirstLook | 'locked';
	lock: LockHost;
	/** Fetches the real store, once, when it is wanted; a rejection reaches whoever waits to write. */
	later: () => Promise<Ready>;
	indexedDB?: IDBFactory;
};

/**
 * A store that answers from the first look until the real one is open, and is the real one from then on. Whatever writes or
 * copies waits for the real one, so nothing is ever said to be kept before it is. A locked phone shows nothing, and looks again
 * through the keys' thread once it is opened.
 */
export function createEarlyStore({
	look,
	lock,
	later,
	indexedDB
}: EarlyParts): FamilyStore & { load(): Promise<void> } {
	const signal = createSignal();
	let seen: Looked = look;
	let real: Ready | null = null;
	let opening: Promise<Ready> | null = null;

	function opened(): Promise<Ready> {
		opening ??= later().then(async (store) => {
			await store.ready;
			real = store;
			// A lock forgets what the real store holds; nothing of it may stay here.
			seen = null;
			store.subscribe(signal.emit);
			detach();
			signal.emit();
			return store;
		});
		opening.catch(() => undefined);
		return opening;
	}

	const detach = lock.attach({
		settle: async () => undefined,
		async changed() {
			if (real) return;
			seen = await firstLook(lock, indexedDB);
			// Anything unusual is for the real store to judge.
			if (!seen) void opened();
			signal.emit();
		}
	});

	const view = () => (seen && seen !== 'locked' ? seen : null);
	async function writer(): Promise<Ready> {
		if (!real && seen === 'locked') throw new Locked();
		return opened();
	}
	/** One for all: this file comes before the first card, and nobody adds a photo before that. */
	const filesLater =
		(name: keyof FileStore) =>
		async (...of: never[]) =>
			((await writer()).files[name] as (...of: never[]) => unknown)(...of);
	return {
		load: async () => void (await opened()),
		lock,
		state: () => real?.state() ?? (seen === 'locked' ? 'locked' : seen ? 'open' : 'opening'),
		subscribe: signal.subscribe,
		outbox: {
			items: () => real?.outbox.items() ?? NOTHING_SENT,
			add: async (mutation) => (await writer()).outbox.add(mutation),
			cancel: async (mid) => (await writer()).outbox.cancel(mid),
			discard: async (mid) => (await writer()).outbox.discard(mid)
		},
		files: new Proxy({} as FileStore, {
			get: (_, name: keyof FileStore) =>
				name === 'uploads' ? () => real?.files.uploads() ?? NO_ROWS : filesLater(name)
		}),
		rows: () => real?.rows() ?? view()?.rows ?? NO_ROWS,
		granted: () => real?.granted() ?? NO_ROWS,
		profile: () => (real ? real.profile() : (view()?.profile ?? null)),
		lastPull: () => (real ? real.lastPull() : (view()?.lastPull ?? null)),
		begin: async () => (await writer()).begin(),
		health: async () => (await opened()).health(),
		put: async (rows) => (await writer()).put(rows),
		remove: async (rows) => (await writer()).remove(rows),
		exportAll: async () => (await writer()).exportAll(),
		removeEverything: async (whose) => (await opened()).removeEverything(whose)
	};
}

const NO_ROWS: readonly never[] = [];
const NOTHING_SENT: readonly never[] = [];
