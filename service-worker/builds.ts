import { isLanguageFile } from './precache.ts';

/** One cache per build, so that an open form of the last build still finds its lazy parts after an update. */
const PREFIX = 'alongside-shell-';
/** In which order builds were installed here: a build clears only what came before it, never one that waits. */
const ORDER = `${PREFIX}order`;
const ORDER_KEY = '/order';
export const LANGUAGES = 'languages-v1';
export const shellCache = (version: string) => `${PREFIX}${version}`;

type Page = { postMessage(message: unknown, transfer: MessagePort[]): void };
/** The parts of the worker's world that this needs; a test brings its own. */
export type World = {
	caches: Pick<CacheStorage, 'keys' | 'open' | 'delete'>;
	pages: () => Promise<readonly Page[]>;
	/** The build a page runs, or null when it does not answer. */
	ask: (page: Page) => Promise<string | null>;
};

async function readOrder(world: World): Promise<string[]> {
	const kept = await (await world.caches.open(ORDER)).match(ORDER_KEY);
	return kept ? ((await kept.json()) as string[]) : [];
}

/** At install: this build is now the newest, also when an older one was put back. */
export async function enterOrder(world: World, version: string): Promise<void> {
	const order = (await readOrder(world)).filter((other) => other !== version);
	await (await world.caches.open(ORDER)).put(ORDER_KEY, new Response(JSON.stringify([...order, version])));
}

/**
 * Clears builds before this one, once every open page runs this one. A page that does not answer may be asleep with a form
 * open: then everything stays. Of the kept languages, files that this build no longer knows go too.
 */
export async function clearOlder(world: World, version: string, build: readonly string[]): Promise<boolean> {
	const order = await readOrder(world);
	const mine = order.indexOf(version);
	const older = order.slice(0, Math.max(0, mine));
	if (older.length === 0) return false;
	const builds = await Promise.all((await world.pages()).map(world.ask));
	if (builds.some((other) => other !== version)) return false;
	for (const other of older) await world.caches.delete(shellCache(other));
	await (await world.caches.open(ORDER)).put(ORDER_KEY, new Response(JSON.stringify(order.slice(mine))));
	const known = new Set(build);
	const languages = await world.caches.open(LANGUAGES);
	for (const request of await languages.keys()) {
		if (!known.has(new URL(request.url).pathname)) await languages.delete(request);
	}
	return true;
}

/** Files of a language that the page loaded before the worker was there: kept now, from the browser's own cache. */
export async function keepLanguage(
	world: World,
	urls: readonly string[],
	load: (url: string) => Promise<Response>
): Promise<void> {
	const languages = await world.caches.open(LANGUAGES);
	for (const url of urls) {
		if (!isLanguageFile(url) || (await languages.match(url))) continue;
		const answer = await load(url).catch(() => null);
		if (answer?.ok) await languages.put(url, answer);
	}
}
