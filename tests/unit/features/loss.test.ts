// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PullAnswer } from '#contract/sync/pull.ts';
import { inUse } from '#features/open-case/in-use.ts';
import { beginAgain, lostHere, watchLoss } from '#features/open-case/loss.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { pullAll } from '#sync/pull.ts';
import { eventRow, own, phone, until } from '../store/phone.ts';

/** A phone notices by itself that what was kept on it is gone, says so once, and never says it to a phone that is only new. */
const beside = new Map<string, string>();
const phones: ReturnType<typeof phone>[] = [];
beforeEach(() => {
	beside.clear();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => beside.get(key) ?? null,
		setItem: (key: string, value: string) => void beside.set(key, value),
		removeItem: (key: string) => void beside.delete(key)
	});
});
afterEach(() => {
	phones.splice(0).forEach((one) => one.close());
	vi.unstubAllGlobals();
});
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
/** A family that typed something, and was seen to be there. */
async function used(one = fresh()) {
	const store = await one.open();
	const { id } = await store.begin();
	await store.put([eventRow(own(id), 'e1')]);
	expect(await lostHere(store)).toBe(false);
	return { one, store, id };
}
const canary = (store: PhoneStore) => store.rows().filter(({ t }) => t === 'canary');
async function restarted(one: ReturnType<typeof phone>) {
	one.close();
	return one.open();
}
const empty = async (one: ReturnType<typeof phone>, name: string) =>
	new Promise<void>((resolve, reject) => {
		const request = one.idb.indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error);
	});

describe('a phone that lost nothing', () => {
	test('a new one, one from before this app looked, one that was started again', async () => {
		const one = fresh();
		const store = await one.open();
		expect(await lostHere(store)).toBe(false);
		expect([inUse(), canary(store)]).toEqual([[], []]);
		const { id } = await store.begin();
		expect(await lostHere(store)).toBe(false);
		expect(inUse()).toEqual([id]);
		expect(canary(store)).toMatchObject([{ scope: `user:${id}`, v: { says: 'This phone is in use.' } }]);
		const again = await restarted(one);
		expect(await lostHere(again)).toBe(false);
		expect(canary(again)).toHaveLength(1);
		// It was cleared beside the database: nothing of the family's is gone.
		beside.clear();
		expect(await lostHere(again)).toBe(false);
		expect(inUse()).toEqual([id]);
	});

	test('one that turns to somebody new, who has written nothing yet', async () => {
		const { store, id } = await used();
		await store.lock!.setShared(true);
		await store.lock!.switchTo('new');
		await until(store, () => store.profile() === null);
		expect(await lostHere(store)).toBe(false);
		const second = await store.begin();
		expect(second.id).not.toBe(id);
		expect(await lostHere(store)).toBe(false);
		expect(inUse()).toEqual([id, second.id]);
	});

	test('one that is locked is not judged, and is right once it is open', async () => {
		const { one, store } = await used();
		const recovery = store.lock!.newRecoveryCode();
		await store.lock!.setSecret({ kind: 'pin', text: '482915', recovery });
		const again = await restarted(one);
		const told: boolean[] = [];
		const leave = watchLoss(again, (lost) => told.push(lost));
		expect(again.state()).toBe('locked');
		expect(told).toEqual([]);
		await again.lock!.open({ way: 'pin', text: '482915' });
		await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
		expect(new Set(told)).toEqual(new Set([false]));
		leave();
	});
});

describe('a phone that lost what was kept on it says so until it was read, then never again', () => {
	test('everything was cleared but what stands beside the databases', async () => {
		const { one, id } = await used();
		one.close();
		await empty(one, `alongside-${id}`);
		await empty(one, 'alongside');
		const store = await one.open();
		expect(store.state()).toBe('open');
		expect(await lostHere(store)).toBe(true);
		// Going on on the emptied phone takes nothing back.
		const next = await store.begin();
		expect(await lostHere(store)).toBe(true);
		await beginAgain(store);
		expect(await lostHere(store)).toBe(false);
		expect(inUse()).toEqual([next.id]);
		expect(await lostHere(await restarted(one))).toBe(false);
	});

	test('a look that was under way when it was read does not say it once more', async () => {
		const { store, id } = await used();
		beside.set('alongside:in-use', JSON.stringify([id, crypto.randomUUID()]));
		const { promise, resolve } = Promise.withResolvers<void>();
		const profiles = async () => {
			const all = await store.lock!.profiles();
			await promise;
			return all;
		};
		const told: boolean[] = [];
		const leave = watchLoss({ ...store, lock: { ...store.lock!, profiles } }, (lost) => told.push(lost));
		await beginAgain(store);
		resolve();
		await vi.waitFor(() => expect(told).not.toEqual([]));
		expect(told).toEqual([false]);
		expect(inUse()).toEqual([id]);
		leave();
	});

	test('only the profile’s own database is gone, and opens empty without a complaint', async () => {
		const { one, id } = await used();
		one.close();
		await empty(one, `alongside-${id}`);
		const store = await one.open();
		expect([store.state(), store.profile()?.id, store.rows()]).toEqual(['open', id, []]);
		expect(await lostHere(store)).toBe(true);
		expect(await lostHere(await restarted(one))).toBe(true);
	});

	test('the row is there and does not open any more', async () => {
		const { one, id } = await used();
		one.close();
		await one.raw(id, (db) =>
			db.rows
				.where('[scope+t+id]')
				.equals([`user:${id}`, 'canary', 'canary'])
				.modify((row) => {
					row.ct = row.ct.map((byte, at) => (at === 3 ? byte ^ 1 : byte)) as typeof row.ct;
				})
		);
		expect(await lostHere(await one.open())).toBe(true);
	});
});

describe('an older copy of this phone was put back', () => {
	const answer = (lastSeq: number): PullAnswer => ({
		epoch: '11111111-1111-4111-8111-111111111111',
		serverTime: '2026-11-25T10:00:00.000Z',
		schema: { current: 1, min: 1 },
		scopes: [],
		granted: [],
		revoked: [],
		acks: { lastSeq, recent: [] }
	});
	const pulled = (store: PhoneStore, lastSeq: number) =>
		pullAll({
			store: store.pull,
			push: store.push,
			post: async () => ({ ok: true, json: answer(lastSeq), sent: 0, got: 0 }) as never
		});
	async function joined() {
		const { one, store, id } = await used();
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		return { one, store, id };
	}
	const note = { scope: 'user:x', name: 'note.put', args: { a: 1 } };

	test('the server has answered more than it ever said: it is told in words, and numbers go on above', async () => {
		const { store, id } = await joined();
		expect(await pulled(store, 0)).toEqual({ why: 'done' });
		expect(await lostHere(store)).toBe(false);
		expect(await pulled(store, 7)).toEqual({ why: 'done' });
		await until(store, () => canary(store).length === 0);
		expect(await lostHere(store)).toBe(true);
		expect(store.rows().map((row) => row.id)).toEqual(['e1']);
		await beginAgain(store);
		// The same answer again is no news.
		expect(await pulled(store, 7)).toEqual({ why: 'done' });
		expect(await lostHere(store)).toBe(false);
		expect(canary(store)).toMatchObject([{ scope: `user:${id}` }]);
		expect(await store.push.acked()).toBe(7);
		expect((await store.outbox.add(note)).seq).toBe(8);
	});

	test('not while something waits, nor for what this phone said itself and has not heard of', async () => {
		const { store } = await joined();
		await store.outbox.add(note);
		expect(await store.push.checkpoint(1)).toBe(false);
		// It waits under a number that was used: the push finds that out, with its words in hand (`device_fork`).
		expect(await store.push.checkpoint(5)).toBe(false);
		expect(await lostHere(store)).toBe(false);
		expect(canary(store)).toHaveLength(1);
	});

	test('an older server that says no number says nothing', async () => {
		const { store } = await joined();
		expect(await pulled(store, 0)).toEqual({ why: 'done' });
		expect(await store.push.acked()).toBe(0);
		expect(await lostHere(store)).toBe(false);
	});
});
