import type { Workbox } from 'workbox-window';

export const WORKER_URL = '/service-worker.js';
/** A second reload within ten seconds would be a loop: something keeps failing, and the person must be able to read. */
const LOOP_MS = 10_000;
const RELOADED = 'alongside-reloaded';

/**
 * none: this browser has no worker (or none is wanted); ready: this page opens without a connection; waiting: a newer
 * version is on the phone and waits for a tap.
 */
export type WorkerState = 'none' | 'ready' | 'waiting';

export type WorkerControl = {
	state(): WorkerState;
	subscribe(changed: () => void): () => void;
	/** The person tapped "update": the waiting worker takes over and this page reloads, once. */
	update(): void;
};

/** Opened once, the app may stay open for days, and a browser looks for a newer worker only when a page is loaded. */
const LOOK_MS = 3_600_000;

/** Calls `look` when the page is looked at again, once an hour at most. */
export function whenSeenAgain(
	look: () => void,
	page: Pick<Document, 'visibilityState' | 'addEventListener'> = document,
	now: () => number = Date.now
): void {
	let looked = now();
	page.addEventListener('visibilitychange', () => {
		if (page.visibilityState === 'hidden' || now() - looked < LOOK_MS) return;
		looked = now();
		look();
	});
}

type Policy = { createScriptURL(url: string): unknown };
type PolicyFactory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };
let policy: Policy | null = null;

/** The only script URL that the page may turn into running code is our own worker's. */
export function trustedWorkerUrl(
	factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
): string {
	if (!factory) return WORKER_URL;
	policy ??= factory.createPolicy('alongside-worker', {
		createScriptURL(url) {
			if (url !== WORKER_URL) throw new TypeError('Only our own worker');
			return url;
		}
	});
	// TrustedScriptURL is not in every lib.dom; the browser takes the object where the type says string.
	return policy.createScriptURL(WORKER_URL) as string;
}

/** Reloads unless this page did so a moment ago. Returns false when it would be a loop. */
export function reloadOnce(
	page: { sessionStorage: Pick<Storage, 'getItem' | 'setItem'>; location: { reload(): void } } = window,
	now = Date.now()
): boolean {
	if (now - Number(page.sessionStorage.getItem(RELOADED) ?? 0) < LOOP_MS) return false;
	page.sessionStorage.setItem(RELOADED, String(now));
	page.location.reload();
	return true;
}

/**
 * Registers the worker. `build` is Kit's version: the worker asks each page for it before it clears an older build's files.
 * An update never comes by itself: it waits until `update()`.
 */
export function registerWorker(build: string, reload: () => void = () => void reloadOnce()): WorkerControl {
	const listeners = new Set<() => void>();
	let state: WorkerState = 'none';
	let workbox: Workbox | null = null;
	let tapped = false;
	const become = (next: WorkerState) => {
		state = next;
		for (const listener of [...listeners]) listener();
	};

	async function start() {
		const container = navigator.serviceWorker;
		if (!container) return;
		container.addEventListener('message', (event) => {
			const { type } = (event.data ?? {}) as { type?: string };
			if (type === 'WHICH_BUILD') event.ports[0]?.postMessage(build);
		});
		container.startMessages();
		const { Workbox } = await import('workbox-window');
		workbox = new Workbox(trustedWorkerUrl(), { scope: '/', updateViaCache: 'none' });
		workbox.addEventListener('waiting', () => become('waiting'));
		// Only the page whose person tapped reloads; others keep their open forms, whose files survive.
		workbox.addEventListener('controlling', () => (tapped ? reload() : undefined));
		const registration = await workbox.register({ immediate: true });
		if (registration?.waiting) become('waiting');
		// Quiet without a connection.
		whenSeenAgain(() => void workbox?.update().catch(() => undefined));
		await container.ready;
		if (state === 'none') become('ready');
		(await container.ready).active?.postMessage({ type: 'PAGE_READY', urls: loadedParts() });
	}
	// No worker (private window, blocked, an old browser): the app works, it only needs a connection to open.
	void start().catch(() => undefined);

	return {
		state: () => state,
		subscribe(changed) {
			const entry = () => changed();
			listeners.add(entry);
			return () => listeners.delete(entry);
		},
		update() {
			tapped = true;
			workbox?.messageSkipWaiting();
		}
	};
}

/** Paths of the hashed files this page has loaded; the worker keeps those of a chosen language. */
const loadedParts = (): string[] =>
	performance
		.getEntriesByType('resource')
		.map(({ name }) => new URL(name, location.href))
		.filter((url) => url.origin === location.origin && url.pathname.startsWith('/_app/immutable/'))
		.map((url) => url.pathname);
