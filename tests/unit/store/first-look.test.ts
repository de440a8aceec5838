// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEarlyStore } from '#store/early-store.ts';
import { PROFILE_VERSION } from '#store/db.ts';
import { firstLook } from '#store/first-look.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { CASE, eventRow, own, phone, until } from './phone.ts';

// Parts are fetched when they are first needed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const SHARED = `case:${CASE}:shared`;
/** A phone with rows of its own, of several types, one of them of a newer app and one of no agreed shape. */
async function lived() {
	const it = fresh();
	const store = await it.open();
	const { id } = await store.begin();
	await store.put([
		eventRow(own(id), 'e1'),
		eventRow(own(id), 'e2', '2026-10-02'),
		{ scope: own(id), t: 'case', id: 'c', v: { child: { givenName: 'Bee' } } },
		{ scope: `user:${id}`, t: 'visit', id: CASE, v: { case: CASE, at: '2026-11-01T10:00:00Z' } },
		{ scope: own(id), t: 'later-type', id: 'x', v: { a: 1 } },
		{ scope: own(id), t: 'event', id: 'bad', v: { on: 'yesterday' } }
	]);
	return { it, id, store };
}

const NO_KEYS = { keysOf: () => null };
const look = async (one: ReturnType<typeof phone>) => {
	const seen = await firstLook(NO_KEYS, one.idb.indexedDB);
	if (seen === 'locked') throw new Error('Nothing here is locked.');
	return seen;
};

describe('the first look', () => {
	it('opens the same rows in the same order as the store, with profile and last pull', async () => {
		const { it: one, id, store } = await lived();
		await store.pull.openAccount({ userId: '22222222-2222-4222-8222-222222222222', scopes: [SHARED] });
		// Today: after a long silence there is no first look.
		const at = new Date().toISOString();
		await store.pull.pulled(at);
		const seen = await look(one);
		one.close();
		const again = await one.open();
		expect(again.rows()).toHaveLength(4);
		expect(seen?.rows).toEqual(again.rows());
		expect(seen?.profile).toEqual(again.profile());
		expect(seen?.profile).toEqual({ id, userId: '22222222-2222-4222-8222-222222222222' });
		expect(seen?.lastPull).toBe(at);
	});

	it('waits for the store where the council was not heard for too long', async () => {
		const { it: one, store } = await lived();
		const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		await store.pull.pulled(ago(31));
		expect(await look(one), 'no account: the rule is not for them').not.toBeNull();
		await store.pull.openAccount({ userId: '22222222-2222-4222-8222-222222222222', scopes: [SHARED] });
		expect(await look(one)).toBeNull();
		await store.pull.pulled(ago(8), 7);
		expect(await look(one)).toBeNull();
		await store.pull.pulled(ago(29));
		expect(await look(one)).not.toBeNull();
	});

	it('finds nothing on a new phone, and makes nothing there', async () => {
		const one = fresh();
		expect(await look(one)).toBeNull();
		expect(await one.idb.indexedDB.databases()).toEqual([]);
		const store = await one.open();
		expect(store.state()).toBe('open');
	});

	it('finds nothing where the store was opened and nothing was written', async () => {
		const one = fresh();
		await one.open();
		expect(await look(one)).toBeNull();
	});

	it('finds nothing once the profile was removed', async () => {
		const { it: one, store } = await lived();
		await store.removeEverything();
		expect(await look(one)).toBeNull();
	});

	it.each([
		['alongside', 20],
		['profile', (PROFILE_VERSION + 1) * 10]
	])('leaves a newer %s database alone', async (which, newer) => {
		const { it: one, id } = await lived();
		one.close();
		const name = which === 'alongside' ? which : `alongside-${id}`;
		await new Promise<void>((resolve, reject) => {
			const request = one.idb.indexedDB.open(name, newer);
			request.onsuccess = () => (request.result.close(), resolve());
			request.onerror = () => reject(request.error);
		});
		expect(await look(one)).toBeNull();
		expect((await one.idb.indexedDB.databases()).find((db) => db.name === name)?.version).toBe(newer);
	});

	it('leaves out a row with one changed byte and shows the others', async () => {
		const { it: one, id } = await lived();
		one.close();
		await one.raw(id, async (db) => {
			const row = (await db.rows.get([own(id), 'event', 'e1']))!;
			row.ct[3]! ^= 1;
			await db.rows.put(row);
		});
		const seen = await look(one);
		expect(seen?.rows.map((row) => row.id)).not.toContain('e1');
		expect(seen?.rows).toHaveLength(3);
		expect((await one.open()).rows()).toEqual(seen?.rows);
	});

	it('says nothing when the profile’s key does not open: the store judges and offers the rescue', async () => {
		const { it: one, id } = await lived();
		one.close();
		await one.raw(id, async (db) => {
			const key = (await db.keys.get(['profile', 'device', '']))!;
			key.ct[0]! ^= 1;
			await db.keys.put(key);
		});
		expect(await look(one)).toBeNull();
		expect((await one.open()).state()).toBe('failed');
	});

	it('is in nobody’s way: the store opens, upgrades and removes while it looks', async () => {
		const { it: one, store } = await lived();
		const looking = look(one);
		await store.removeEverything();
		await looking;
		expect(store.rows()).toEqual([]);
		expect((await one.idb.indexedDB.databases()).map((db) => db.name)).toEqual(['alongside']);
	});

	it('answers null where the browser has no database at all', async () => {
		const none = {
			open: () => {
				throw new DOMException('', 'SecurityError');
			}
		} as unknown as IDBFactory;
		expect(await firstLook(NO_KEYS, none)).toBeNull();
	});
});

describe('the early store', () => {
	async function early() {
		const { it: one, id } = await lived();
		const seen = (await look(one))!;
		one.close();
		const code = Promise.withResolvers<PhoneStore>();
		const store = createEarlyStore({ look: seen, lock: one.lock(), later: () => code.promise });
		store.load().catch(() => undefined);
		return { one, id, seen, code, store };
	}

	it('shows what was seen at once, and the same rows when the real store takes over', async () => {
		const { one, id, seen, code, store } = await early();
		expect([store.state(), store.rows(), store.profile()]).toEqual(['open', seen.rows, { id }]);
		let told = 0;
		store.subscribe(() => told++);
		const real = await one.open();
		code.resolve(real);
		await until(store, () => told > 0);
		expect(store.rows()).toBe(real.rows());
		expect(store.rows()).toEqual(seen.rows);
	});

	it('tells its screens of the take-over itself, even when the real store has nothing more to say', async () => {
		const { one, code, store } = await early();
		let told = 0;
		store.subscribe(() => told++);
		code.resolve({ ...(await one.open()), subscribe: () => () => undefined });
		await until(store, () => told > 0);
		expect(told).toBe(1);
	});

	it('lets a write wait for the real store and keeps it', async () => {
		const { one, id, code, store } = await early();
		const writing = store.put([eventRow(own(id), 'e3', '2026-11-03')]);
		expect(store.rows().map((row) => row.id)).not.toContain('e3');
		code.resolve(await one.open());
		await writing;
		expect(store.rows().map((row) => row.id)).toContain('e3');
	});

	it('tells a writer when the real store could not be fetched, and goes on showing', async () => {
		const { id, seen, code, store } = await early();
		code.reject(new TypeError('Failed to fetch'));
		await expect(store.put([eventRow(own(id), 'e3')])).rejects.toThrow('Failed to fetch');
		expect(store.rows()).toBe(seen.rows);
	});

	it('takes over what the real store found wrong', async () => {
		const { one, id, code, store } = await early();
		await one.raw(id, (db) => db.keys.clear());
		code.resolve(await one.open());
		await store.health().catch(() => undefined);
		expect(store.state()).toBe('failed');
	});
});
