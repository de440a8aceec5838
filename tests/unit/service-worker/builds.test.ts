import { describe, expect, it } from 'vitest';
import {
	clearOlder,
	enterOrder,
	keepLanguage,
	LANGUAGES,
	shellCache,
	type World
} from '../../../service-worker/builds.ts';
import { kill, type Killable } from '../../../service-worker/kill.ts';

const ORIGIN = 'https://alongside.example';
const urlOf = (key: RequestInfo | URL) =>
	new URL(typeof key === 'string' ? key : (key as Request).url, ORIGIN).href;

/** Cache Storage in memory: the methods that the worker calls. */
function memoryCaches() {
	const all = new Map<string, Map<string, string>>();
	return {
		all,
		keys: async () => [...all.keys()],
		delete: async (name: string) => all.delete(name),
		open: async (name: string) => {
			const kept = all.get(name) ?? new Map<string, string>();
			all.set(name, kept);
			return {
				match: async (key: RequestInfo | URL) =>
					kept.has(urlOf(key)) ? new Response(kept.get(urlOf(key))) : undefined,
				put: async (key: RequestInfo | URL, value: Response) => void kept.set(urlOf(key), await value.text()),
				keys: async () => [...kept.keys()].map((url) => ({ url })),
				delete: async (key: RequestInfo | URL) => kept.delete(urlOf(key))
			} as unknown as Cache;
		}
	};
}

function world(pages: (string | null)[]) {
	const caches = memoryCaches();
	const made: World = {
		caches,
		pages: async () => pages.map(() => ({ postMessage: () => undefined })),
		ask: async () => pages[asked++ % pages.length]!
	};
	let asked = 0;
	return { made, caches, pages };
}

async function install({ made, caches }: ReturnType<typeof world>, version: string) {
	await enterOrder(made, version);
	await (await caches.open(shellCache(version))).put('/app', new Response(version));
}

describe('builds on one phone', () => {
	it('the last build’s files survive while a page of it is open, or one does not answer', async () => {
		for (const other of ['a', null]) {
			const it = world(['b', other]);
			await install(it, 'a');
			await install(it, 'b');
			expect(await clearOlder(it.made, 'b', [])).toBe(false);
			expect([...it.caches.all.keys()]).toContain(shellCache('a'));
		}
	});

	it('goes when every page runs the new one, and languages this build does not know go with it', async () => {
		const it = world(['b', 'b']);
		await install(it, 'a');
		await install(it, 'b');
		const languages = await it.caches.open(LANGUAGES);
		await languages.put('/_app/immutable/words/ur/old.js', new Response(''));
		await languages.put('/_app/immutable/words/ur/new.js', new Response(''));
		expect(await clearOlder(it.made, 'b', ['/_app/immutable/words/ur/new.js'])).toBe(true);
		expect([...it.caches.all.keys()]).not.toContain(shellCache('a'));
		expect([...it.caches.all.get(LANGUAGES)!.keys()]).toEqual([`${ORIGIN}/_app/immutable/words/ur/new.js`]);
		expect(await clearOlder(it.made, 'b', [])).toBe(false);
	});

	it('never clears a build that waits for its tap, nor one that was put back', async () => {
		const it = world(['a', 'a']);
		await install(it, 'a');
		await install(it, 'b');
		await clearOlder(it.made, 'a', []);
		expect([...it.caches.all.keys()]).toContain(shellCache('b'));
		await install(it, 'a');
		expect(await clearOlder(it.made, 'a', [])).toBe(true);
		expect([...it.caches.all.keys()]).toContain(shellCache('a'));
		expect([...it.caches.all.keys()]).not.toContain(shellCache('b'));
	});

	it('keeps a language that the page loaded before the worker was there, and nothing else', async () => {
		const it = world([]);
		const loaded: string[] = [];
		const load = async (url: string) => (loaded.push(url), new Response('words'));
		const urls = [
			'/_app/immutable/words/ur/home.js',
			'/_app/immutable/chunks/x.js',
			'https://elsewhere.example/words/ur/x.js'
		];
		await keepLanguage(it.made, urls, load);
		await keepLanguage(it.made, urls, load);
		expect(loaded).toEqual(['/_app/immutable/words/ur/home.js']);
	});
});

describe('the kill switch', () => {
	it('takes over, deletes every cache, unregisters, and leaves pages alone', async () => {
		const caches = memoryCaches();
		await caches.open('alongside-shell-a');
		await caches.open(LANGUAGES);
		const did: string[] = [];
		const listeners = new Map<string, (event: { waitUntil(work: Promise<unknown>): void }) => void>();
		const scope: Killable = {
			skipWaiting: async () => void did.push('skipWaiting'),
			caches,
			registration: { unregister: async () => (did.push('unregister'), true) },
			addEventListener: (type, listener) => void listeners.set(type, listener)
		};
		kill(scope);
		for (const type of ['install', 'activate']) {
			const work: Promise<unknown>[] = [];
			listeners.get(type)!({ waitUntil: (one) => work.push(one) });
			await Promise.all(work);
		}
		expect(caches.all.size).toBe(0);
		expect(did).toEqual(['skipWaiting', 'unregister']);
		expect(listeners.has('fetch')).toBe(false);
	});
});
