import type { LockHost } from '#store/lock/create-lock.ts';

/**
 * The lock of this page, kept while a person reads the public pages and comes back: they unlocked once. Away for as long as the
 * phone may lie idle, it locks by itself, also when the page slept meanwhile.
 */
let kept: { lock: LockHost; lockAt: number; timer: ReturnType<typeof setTimeout> | undefined } | null = null;

export async function takeLock(make: () => LockHost, now = Date.now()): Promise<LockHost> {
	kept ??= { lock: make(), lockAt: Infinity, timer: undefined };
	clearTimeout(kept.timer);
	if (now >= kept.lockAt) await kept.lock.lockNow();
	kept.lockAt = Infinity;
	return kept.lock;
}

/** The family's screens are left; the page may go on. */
export async function leaveLock(): Promise<void> {
	const mine = kept;
	const facts = await mine?.lock.facts().catch(() => undefined);
	if (!mine || !facts?.set) return;
	mine.lockAt = Date.now() + facts.idleMs;
	mine.timer = setTimeout(() => void mine.lock.lockNow(), facts.idleMs);
}

/** Whether a lock was set when the app was last open (features/lock keeps the note). A wrong note costs a moment and nothing else. */
export function lockHinted(): boolean {
	try {
		return localStorage.getItem('alongside:lock') === '1';
	} catch {
		return false;
	}
}
