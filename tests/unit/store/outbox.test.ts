// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyFile } from '#contract/backup-file.ts';
import { PROFILE_VERSION } from '#store/db.ts';
import { createEarlyStore } from '#store/early-store.ts';
import { Locked, StorageBlocked, StorageFull, TooLong } from '#store/errors.ts';
import { firstLook } from '#store/first-look.ts';
import { newMid } from '#store/outbox/new-mid.ts';
import { openPhoneStore } from '#store/phone-store.ts';
import { PROFILE_V1 } from '#store/schema/v001.ts';
import { phone, until } from './phone.ts';
import { connected, message, PIN, SENT, withPin } from './outbox-phone.ts';
import { serverHalf } from './server-half.ts';
import { cutPowerAfter } from './power-cut.ts';

// Parts are fetched when they are first needed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

describe('what is to be sent', () => {
	it('is numbered from 1 in the order it was written, and there after a restart', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [a, b] = [await store.outbox.add(message('one')), await store.outbox.add(message('two'))];
		expect(a).toEqual({
			...message('one'),
			mid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
			seq: 1,
			at: expect.stringMatching(/^20.*Z$/),
			state: 'waiting',
			offered: false,
			unsealed: false
		});
		expect(store.outbox.items()).toEqual([a, b]);
		expect(store.outbox.items()).toBe(store.outbox.items());
		one.close();
		expect((await one.open()).outbox.items()).toEqual([a, b]);
	});

	it('mints the profile of a phone that never wrote anything', async () => {
		const store = await fresh().open();
		expect(store.outbox.items()).toEqual([]);
		expect(await store.push.offer(50, 1000)).toBeNull();
		await store.outbox.add(message('one'));
		expect(store.profile()).not.toBeNull();
	});

	it('written by two tabs at the same moment gets one number each, and each tab shows both', async () => {
		const one = fresh();
		const { store: a } = await connected(one);
		const b = await one.open();
		const texts = Array.from({ length: 6 }, (_, at) => `text ${at}`);
		await Promise.all(texts.map((text, at) => (at % 2 ? a : b).outbox.add(message(text))));
		await Promise.all([a, b].map((tab) => until(tab, () => tab.outbox.items().length === 6)));
		expect(a.outbox.items().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(b.outbox.items()).toEqual(a.outbox.items());
		expect(
			a.outbox
				.items()
				.map(({ args }) => (args as { text: string }).text)
				.sort()
		).toEqual(texts);
	});

	it('keeps nothing readable on the disk', async () => {
		const one = fresh();
		const { store, id } = await connected(one);
		await store.outbox.add(message('Amaani is unhappy'));
		const rows = await one.raw(id, (db) => db.outbox.toArray());
		const disk = JSON.stringify(rows, (_, v) =>
			v instanceof Uint8Array ? new TextDecoder('latin1').decode(v) : v
		);
		expect(disk).not.toContain('Amaani');
		expect(Object.keys(rows[0]!).sort()).toEqual([
			'at',
			'envelope',
			'mid',
			'name',
			'offered',
			'own',
			'scope',
			'seq'
		]);
	});

	it('is kept whole or not at all when the phone dies while it is written', async () => {
		for (let steps = 0; steps < 40; steps++) {
			const one = fresh();
			const { store } = await connected(one);
			await store.outbox.add(message('before'));
			const on = cutPowerAfter(steps);
			const kept = await store.outbox.add(message('dying')).then(
				() => true,
				() => false
			);
			const cut = on();
			one.close();
			const again = await one.open();
			const items = again.outbox.items();
			expect(items.map(({ seq }) => seq)).toEqual(items.length === 2 ? [1, 2] : [1]);
			if (kept) expect(items).toHaveLength(2);
			expect((await again.outbox.add(message('after'))).seq).toBe(items.length + 1);
			if (!cut) return;
		}
		throw new Error('The cut never came too late.');
	});

	it('says StorageFull when the phone is full, and keeps nothing of it', async () => {
		const { store } = await connected(fresh());
		const add = IDBObjectStore.prototype.add;
		IDBObjectStore.prototype.add = function (...args) {
			if (this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError');
			return add.apply(this, args);
		};
		try {
			await expect(store.outbox.add(message('one'))).rejects.toBeInstanceOf(StorageFull);
		} finally {
			IDBObjectStore.prototype.add = add;
		}
		expect(store.outbox.items()).toEqual([]);
		expect((await store.outbox.add(message('one'))).seq).toBe(1);
	});

	it('says StorageBlocked where the browser keeps nothing, and in a database emptied under the page', async () => {
		const none = openPhoneStore({
			indexedDB: {
				open() {
					throw new DOMException('', 'SecurityError');
				}
			} as unknown as IDBFactory,
			IDBKeyRange
		});
		await none.ready;
		expect(none.state()).toBe('online-only');
		await expect(none.outbox.add(message('one'))).rejects.toBeInstanceOf(StorageBlocked);
		expect(none.outbox.items()).toEqual([]);
		expect([await none.push.offer(50, 1000), await none.push.acked(), await none.push.fork()]).toEqual([
			null,
			0,
			false
		]);
		none.close();
		const one = fresh();
		const { store, id } = await connected(one);
		await one.raw(id, (db) => Promise.all(db.tables.map((table) => table.clear())));
		await expect(store.outbox.add(message('one'))).rejects.toBeInstanceOf(StorageBlocked);
	});

	it('says TooLong of what no envelope holds; just below that the server can be given it', async () => {
		const { store, server } = await connected(fresh());
		await expect(store.outbox.add(message('ü'.repeat(125_000)))).rejects.toBeInstanceOf(TooLong);
		const long = 'ü'.repeat(124_900);
		await store.outbox.add(message(long));
		const { mutations } = (await store.push.offer(50, 1000))!;
		expect(mutations[0]!.envelope.ct.length).toBeLessThan(350_000);
		expect(server.read(mutations[0]!).args).toEqual({ text: long });
	});

	it('is in the copy a person may keep', async () => {
		const { store } = await connected(fresh());
		const item = await store.outbox.add(message('one'));
		const copy = copyFile.parse(JSON.parse(await store.exportAll()));
		expect(copy).toMatchObject({ version: 1, outbox: [item], unreadable: 0 });
	});

	it('is there once when the page dies between the write and its answer', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const other = await one.open();
		void store.outbox.add(message('one')).catch(() => undefined);
		await until(other, () => other.outbox.items().length === 1);
		one.close();
		expect((await one.open()).outbox.items()).toMatchObject([{ seq: 1, args: { text: 'one' } }]);
	});

	it('is gone when everything is removed', async () => {
		const one = fresh();
		const { store } = await connected(one);
		await store.outbox.add(message('one'));
		await store.removeEverything();
		expect(store.outbox.items()).toEqual([]);
		expect(await store.push.offer(50, 1000)).toBeNull();
		expect((await store.outbox.add(message('two'))).seq).toBe(1);
	});
});

describe('taking back', () => {
	it('is possible until it was part of a request; its number is kept by a mutation that says nothing', async () => {
		const one = fresh();
		const { store, server, id } = await connected(one);
		const [a, b, c] = [
			await store.outbox.add(message('one')),
			await store.outbox.add(message('two')),
			await store.outbox.add(message('three'))
		];
		expect(await store.outbox.cancel(b.mid)).toBe(true);
		expect(store.outbox.items().map(({ mid }) => mid)).toEqual([a.mid, c.mid]);
		expect(await one.raw(id, (db) => db.outbox.get(b.mid))).toBeUndefined();
		const { mutations } = (await store.push.offer(50, 100_000))!;
		expect(mutations.map(({ seq, name }) => [seq, name])).toEqual([
			[1, 'message.send'],
			[2, 'none'],
			[3, 'message.send']
		]);
		expect(mutations[1]!.scope).toBe(SENT);
		expect(server.read(mutations[1]!).args).toEqual({});
		expect(await store.outbox.cancel(a.mid)).toBe(false);
		expect(await store.outbox.cancel(b.mid)).toBe(false);
		expect(await store.outbox.cancel(newMid())).toBe(false);
		expect(store.outbox.items().map(({ mid }) => mid)).toEqual([a.mid, c.mid]);
	});

	it('meets an offer of another tab: either it was taken back, or it goes out whole', async () => {
		for (let round = 0; round < 10; round++) {
			const one = fresh();
			const { store: a } = await connected(one);
			const b = await one.open();
			const { mid } = await a.outbox.add(message('one'));
			const [back, offer] = await Promise.all([a.outbox.cancel(mid), b.push.offer(50, 1000)]);
			expect(offer!.mutations.map(({ name }) => name)).toEqual([back ? 'none' : 'message.send']);
		}
	});
});

describe('a locked phone', () => {
	it('offers and keeps answers without a key, shows nothing, takes nothing, and shows all of it once it is open', async () => {
		const one = fresh();
		const { store, server } = await withPin(one);
		const [a, b] = [await store.outbox.add(message('one')), await store.outbox.add(message('two'))];
		await store.lock.lockNow();
		expect([store.state(), store.outbox.items()]).toEqual(['locked', []]);
		await expect(store.outbox.add(message('three'))).rejects.toBeInstanceOf(Locked);
		await expect(store.outbox.cancel(a.mid)).rejects.toBeInstanceOf(Locked);
		const offer = (await store.push.offer(50, 100_000))!;
		expect(offer.deviceId).toBe((await store.pull.position(true))!.deviceId);
		expect(offer.mutations.map((one) => server.read(one).args)).toEqual([{ text: 'one' }, { text: 'two' }]);
		expect(await store.push.acked()).toBe(0);
		await store.push.acknowledge([{ mid: a.mid, seq: 1, status: 'done' }], '2026-11-25T10:00:00Z');
		expect(await store.push.acked()).toBe(1);
		expect([await store.push.seal(serverHalf().key), await store.push.fork()]).toEqual([0, false]);
		expect(store.outbox.items()).toEqual([]);
		await store.lock.open({ way: 'pin', text: PIN });
		expect(store.outbox.items()).toEqual([
			{ ...a, offered: true, state: 'received', answeredAt: '2026-11-25T10:00:00Z' },
			{ ...b, offered: true }
		]);
	});

	it('tells a tab that is open what was answered while this one is locked', async () => {
		const one = fresh();
		const { store: locked } = await withPin(one);
		const { mid } = await locked.outbox.add(message('one'));
		await locked.lock.lockNow();
		const open = await one.open();
		await open.lock.open({ way: 'pin', text: PIN });
		expect([locked.state(), open.state()]).toEqual(['locked', 'open']);
		await locked.push.offer(50, 1000);
		await until(open, () => open.outbox.items()[0]!.offered);
		await locked.push.acknowledge([{ mid, seq: 1, status: 'done' }], '2026-11-25T10:00:00Z');
		await until(open, () => open.outbox.items()[0]!.state === 'received');
	});

	it('from a restart on, before anybody opened it', async () => {
		const one = fresh();
		const { store } = await withPin(one);
		await store.outbox.add(message('one'));
		one.close();
		one.clocks.restart();
		const again = await one.open();
		expect(again.state()).toBe('locked');
		expect((await again.push.offer(50, 1000))!.mutations).toHaveLength(1);
	});

	it('makes no database of a profile that was removed', async () => {
		const one = fresh();
		const { store } = await withPin(one);
		await store.outbox.add(message('one'));
		await store.lock.lockNow();
		await Promise.all([store.removeEverything(), store.push.offer(50, 1000), store.push.acked()]);
		expect(await store.push.offer(50, 1000)).toBeNull();
		expect((await one.idb.indexedDB.databases()).map(({ name }) => name)).toEqual(['alongside']);
	});

	it('from before the outbox shows its lock, has nothing to send, and has an outbox once it is open', async () => {
		const one = fresh();
		const { id } = await withPin(one);
		one.close();
		await backToVersion1(one, id);
		const lock = one.lock();
		expect(await firstLook(lock, one.idb.indexedDB)).toBe('locked');
		const store = await one.open({ lock });
		expect(store.state()).toBe('locked');
		expect(await store.push.offer(50, 1000)).toBeNull();
		expect(await versionOf(one, id)).toBe(10);
		await store.lock.open({ way: 'pin', text: PIN });
		expect(store.state()).toBe('open');
		await store.outbox.add(message('one'));
		expect(store.outbox.items()).toHaveLength(1);
		expect(await versionOf(one, id)).toBe(PROFILE_VERSION * 10);
		// The new version has its first look too.
		store.lock.lockNow();
		expect(await firstLook(one.lock(), one.idb.indexedDB)).toBe('locked');
	});
});

describe('a newer database', () => {
	it('is left alone: nothing is offered from it', async () => {
		const one = fresh();
		const { store, id } = await connected(one);
		await store.outbox.add(message('one'));
		one.close();
		await new Promise<void>((resolve, reject) => {
			const request = one.idb.indexedDB.open(`alongside-${id}`, (PROFILE_VERSION + 1) * 10);
			request.onsuccess = () => (request.result.close(), resolve());
			request.onerror = () => reject(request.error);
		});
		const older = await one.open();
		expect(older.state()).toBe('update-needed');
		expect([older.outbox.items(), await older.push.offer(50, 1000)]).toEqual([[], null]);
		await expect(older.outbox.add(message('two'))).rejects.toThrow();
		expect(await versionOf(one, id)).toBe((PROFILE_VERSION + 1) * 10);
	});
});

describe('before the real store is here', () => {
	it('nothing is shown, and what is written waits for it', async () => {
		const one = fresh();
		const { store } = await connected(one);
		await store.outbox.add(message('one'));
		const lock = one.lock();
		const look = (await firstLook(lock, one.idb.indexedDB))!;
		const code = Promise.withResolvers<Awaited<ReturnType<typeof one.open>>>();
		const early = createEarlyStore({ look, lock, later: () => code.promise });
		expect(early.outbox.items()).toEqual([]);
		const adding = early.outbox.add(message('two'));
		code.resolve(await one.open());
		expect((await adding).seq).toBe(2);
		expect(early.outbox.items()).toHaveLength(2);
		expect(await early.outbox.cancel((await adding).mid)).toBe(true);
		expect(early.outbox.items()).toHaveLength(1);
	});
});

async function versionOf(one: ReturnType<typeof phone>, id: string) {
	return (await one.idb.indexedDB.databases()).find(({ name }) => name === `alongside-${id}`)?.version;
}

/** What the version before left behind: the same rows, without the table that came later. */
async function backToVersion1(one: ReturnType<typeof phone>, id: string) {
	const kept = await one.raw(id, async (db) =>
		Promise.all(Object.keys(PROFILE_V1).map(async (name) => [name, await db.table(name).toArray()] as const))
	);
	const old = new Dexie(`alongside-${id}`, one.idb);
	await old.delete();
	old.version(1).stores(PROFILE_V1);
	await old.open();
	for (const [name, rows] of kept) await old.table(name).bulkAdd(rows);
	old.close();
}
