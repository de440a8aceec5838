// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { eventRow, own, phone } from '../store/phone.ts';

const MINUTE = 60_000;
afterEach(() => vi.useRealTimers());

/** A phone with a PIN, opened, whose family screens were left for the public pages. */
async function away() {
	vi.resetModules();
	const { takeLock, leaveLock } = await import('#features/open-case/page-lock.ts');
	const one = phone();
	const lock = await takeLock(one.lock);
	const store = await one.open({ lock });
	const { id } = await store.begin();
	await store.put([eventRow(own(id), 'e1')]);
	await store.lock.setSecret({ kind: 'pin', text: '274915', recovery: store.lock.newRecoveryCode() });
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
	await leaveLock();
	return { one, lock, id, takeLock };
}

it('is the same lock, still open, when a person comes back from the public pages', async () => {
	const { one, lock, id, takeLock } = await away();
	vi.advanceTimersByTime(4 * MINUTE);
	expect(await takeLock(one.lock)).toBe(lock);
	vi.advanceTimersByTime(10 * MINUTE);
	vi.useRealTimers();
	expect(lock.keysOf(id)).not.toBeNull();
	one.close();
});

it('falls by itself when they stay away as long as a phone may lie idle', async () => {
	const { one, lock, id } = await away();
	const locked = new Promise<void>((resolve) =>
		lock.attach({ settle: async () => undefined, changed: async () => resolve() })
	);
	vi.advanceTimersByTime(5 * MINUTE);
	vi.useRealTimers();
	await locked;
	expect(lock.keysOf(id)).toBeNull();
	one.close();
});

it('has fallen when a page that slept is looked at again, before anything is shown', async () => {
	const { one, lock, id, takeLock } = await away();
	vi.useRealTimers();
	expect(await takeLock(one.lock, Date.now() + 6 * MINUTE)).toBe(lock);
	expect(lock.keysOf(id)).toBeNull();
	one.close();
});
