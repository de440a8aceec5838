/** What a worker's world must offer to be switched off. */
export type Killable = {
	skipWaiting(): Promise<void>;
	caches: Pick<CacheStorage, 'keys' | 'delete'>;
	registration: { unregister(): Promise<boolean> };
	addEventListener(
		type: 'install' | 'activate',
		listener: (event: { waitUntil(work: Promise<unknown>): void }) => void
	): void;
};

/**
 * The kill switch: a worker that takes over at once, deletes every cached file and unregisters itself, so that from the next
 * page on everybody gets what the server sends. It never touches IndexedDB, so nothing a family wrote is lost, and never
 * reloads a page: one that registers it again would reload for ever, and one with an open form would lose it.
 * The only worker that may skip waiting at install.
 */
export function kill(world: Killable): void {
	world.addEventListener('install', (event) => event.waitUntil(world.skipWaiting()));
	world.addEventListener('activate', (event) => event.waitUntil(clear(world)));
}

async function clear(world: Killable): Promise<void> {
	for (const name of await world.caches.keys()) await world.caches.delete(name);
	await world.registration.unregister();
}
