/**
 * kept: the browser will not clear this site by itself; not-kept: it said no, or has not been asked; unknown: it cannot
 * say (older Safari, WebKitGTK). Screens show this answer as it is.
 */
export type Keeping = 'kept' | 'not-kept' | 'unknown';
type Storage = Partial<Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>>;
const ours = (): Storage => (typeof navigator === 'undefined' ? {} : (navigator.storage ?? {}));

/** Asks the browser to keep what is saved. Call it after the first thing was saved: before, browsers tend to say no. */
export async function askToKeep(storage: Storage = ours()): Promise<Keeping> {
	if (!storage.persist) return 'unknown';
	return storage.persist().then(
		(kept) => (kept ? 'kept' : 'not-kept'),
		() => 'unknown'
	);
}

/** What the browser answered, without asking again. */
export async function keeping(storage: Storage = ours()): Promise<Keeping> {
	if (!storage.persisted) return 'unknown';
	return storage.persisted().then(
		(kept) => (kept ? 'kept' : 'not-kept'),
		() => 'unknown'
	);
}

/** Bytes used and allowed, as far as the browser tells; null when it does not. Both are estimates. */
export async function room(storage: Storage = ours()): Promise<{ used: number; allowed: number } | null> {
	const { usage, quota } = (await storage.estimate?.().catch(() => undefined)) ?? {};
	return usage === undefined || quota === undefined ? null : { used: usage, allowed: quota };
}
