import { build, files, prerendered, version } from '$service-worker';
import { PrecacheController } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { clearOlder, enterOrder, keepLanguage, LANGUAGES, shellCache, type World } from './builds.ts';
import { handling, networkThenShell, type Handling } from './handling.ts';
import { kill } from './kill.ts';
import { postWaiting, TAG } from './post-waiting.ts';
import { precacheList, SHELL } from './precache.ts';

declare const self: ServiceWorkerGlobalScope;

/** A page that does not answer in this time is asleep. */
const ANSWER_MS = 2_000;

const after = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null));

const world: World = {
	caches: self.caches,
	pages: () => self.clients.matchAll({ type: 'window', includeUncontrolled: true }),
	ask(page) {
		const { port1, port2 } = new MessageChannel();
		const answer = new Promise<string>((resolve) => {
			port1.onmessage = (event: MessageEvent<string>) => resolve(event.data);
		});
		page.postMessage({ type: 'WHICH_BUILD' }, [port2]);
		return Promise.race([answer, after(ANSWER_MS)]);
	}
};

function serve(): void {
	const list = precacheList({ build, files, prerendered, version });
	const named = new Set(list.filter(({ revision }) => revision !== null).map(({ url }) => url));
	const shell = new PrecacheController({ cacheName: shellCache(version) });
	shell.addToCacheList(list.map(({ url, revision }) => ({ url, revision })));

	// One file that cannot be had fails the whole install: the old version stays, whole, and the browser tries again later.
	self.addEventListener('install', (event) => {
		event.waitUntil(enterOrder(world, version).then(() => shell.install(event)));
	});
	self.addEventListener('activate', (event) => {
		event.waitUntil(
			shell.activate(event).then(async () => {
				// The page of the first visit too: what it loads from now on (a language, say) is there offline.
				await self.clients.claim();
				await clearOlder(world, version, build);
			})
		);
	});
	self.addEventListener('message', (event) => {
		const { type, urls } = (event.data ?? {}) as { type?: string; urls?: string[] };
		if (type === 'SKIP_WAITING') void self.skipWaiting();
		if (type === 'PAGE_READY') {
			event.waitUntil(
				clearOlder(world, version, build).then(() => keepLanguage(world, urls ?? [], (url) => fetch(url)))
			);
		}
	});

	// Asked for by a page that went away with something unsent; only where the browser has it.
	self.addEventListener('sync', (event) => {
		const { tag, waitUntil } = event as unknown as { tag: string } & ExtendableEvent;
		if (tag !== TAG) return;
		const work = postWaiting({
			indexedDB: self.indexedDB,
			post: (path, init) => fetch(path, init),
			seen: async () => {
				const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
				return pages.some((page) => (page as WindowClient).visibilityState === 'visible');
			},
			alone: (name, alone) =>
				self.navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? alone() : undefined))
		});
		waitUntil.call(event, work);
	});

	const is =
		(wanted: Handling) =>
		({ request }: { request: Request }) =>
			handling(request, self.location.origin, named) === wanted;
	const ours = (path: string) => shell.matchPrecache(path);
	registerRoute(is('shell'), async ({ request }) => (await ours(SHELL)) ?? fetch(request));
	registerRoute(is('page'), ({ request }) =>
		networkThenShell({ network: () => fetch(request), shell: () => ours(SHELL), after })
	);
	// Every cache is looked through: the part an old page asks for lies in its own build's.
	registerRoute(is('built'), async ({ request }) => (await self.caches.match(request.url)) ?? fetch(request));
	registerRoute(
		is('named'),
		async ({ request }) => (await ours(new URL(request.url).pathname)) ?? fetch(request)
	);
	registerRoute(is('language'), new CacheFirst({ cacheName: LANGUAGES }));
}

if (typeof __KILL_WORKER__ !== 'undefined' && __KILL_WORKER__) kill(self);
// Vite's development server builds nothing to keep; a worker there would only be in the way.
else if (build.length > 0) serve();
