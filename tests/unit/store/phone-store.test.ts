// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import { StorageBlocked, StorageFull } from '#store/errors.ts';
import { openPhoneStore } from '#store/phone-store.ts';
import { eventRow, own, phone, until } from './phone.ts';

const phones: ReturnType<typeof phone>[] = [];
const fresh = (parts = {}) => {
	const one = phone(parts);
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

describe('no-account mode', () => {
	it('mints nothing until the first write, then one profile that a restart finds again', async () => {
		const it = fresh();
		const store = await it.open();
		expect(store.state()).toBe('open');
		expect(store.profile()).toBeNull();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		it.close();
		const again = await it.open();
		expect(again.profile()).toEqual({ id });
		expect(again.rows()).toHaveLength(1);
		expect(again.rows()[0]).toMatchObject({ t: 'event', id: 'e1', ver: 1, v: { on: '2026-09-01' } });
	});

	it('keeps nothing readable on the disk', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([{ scope: own(id), t: 'case', id: 'c', v: { child: { givenName: 'Amaani' } } }]);
		const rows = await it.raw(id, (db) => db.rows.toArray());
		expect(Object.keys(rows[0]!).sort()).toEqual(['ct', 'id', 'iv', 'scope', 'sv', 't', 'ver']);
		const disk = JSON.stringify(
			await it.raw(id, (db) => Promise.all(db.tables.map((table) => table.toArray()))),
			(_, v) => (v instanceof Uint8Array ? new TextDecoder('latin1').decode(v) : v)
		);
		expect(disk).not.toContain('Amaani');
	});

	it('two tabs that write first at the same moment share one profile, and see each other', async () => {
		const it = fresh();
		const [a, b] = [await it.open(), await it.open()];
		const [one, two] = await Promise.all([a.begin(), b.begin()]);
		expect(one.id).toBe(two.id);
		await Promise.all([a.put([eventRow(own(one.id), 'e1')]), b.put([eventRow(own(one.id), 'e2')])]);
		await Promise.all([until(a, () => a.rows().length === 2), until(b, () => b.rows().length === 2)]);
		await a.put([eventRow(own(one.id), 'e1', '2026-09-09')]);
		await until(b, () => b.rows().some((row) => row.ver === 2));
		expect(b.rows().find((row) => row.id === 'e1')!.v).toMatchObject({ on: '2026-09-09' });
	});

	it('hands out the same array until something changed', async () => {
		const store = await fresh().open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		const before = store.rows();
		expect(store.rows()).toBe(before);
		await store.remove([{ scope: own(id), t: 'event', id: 'e1' }]);
		expect(store.rows()).not.toBe(before);
		expect(store.rows()).toHaveLength(0);
	});

	it('says once that something was saved, so that the browser can be asked to keep it', async () => {
		let saved = 0;
		const store = await fresh({ saved: () => saved++ }).open();
		const { id } = await store.begin();
		expect(saved).toBe(0);
		await store.put([eventRow(own(id), 'e1')]);
		await store.put([eventRow(own(id), 'e2')]);
		expect(saved).toBe(1);
	});

	it('refuses to write into a scope that the server owns', async () => {
		const store = await fresh().open();
		const { id } = await store.begin();
		const scope = 'case:22222222-2222-4222-8222-222222222222:shared';
		await store.pull.openAccount({ userId: id, scopes: [scope] });
		await expect(store.put([eventRow(scope, 'e1')])).rejects.toThrow('belongs to the server');
	});
});

describe('rows this app cannot show', () => {
	it('parks unknown types and sets misshapen ones aside, keeps both and unknown fields', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([
			{ scope: own(id), t: 'from.the.future', id: 'f', v: { a: 1 } },
			{ scope: own(id), t: 'event', id: 'bad', v: { type: 'assessment.requested', on: 'soon', detail: {} } },
			{
				scope: own(id),
				t: 'event',
				id: 'new',
				v: { type: 'note', on: '2026-09-01', detail: {}, mood: 'fine' }
			}
		]);
		expect(store.rows().map((row) => row.id)).toEqual(['new']);
		expect(store.rows()[0]!.v).toMatchObject({ mood: 'fine' });
		expect(await store.health()).toMatchObject({ parked: 1, invalid: 1, damaged: 0 });
		it.close();
		const again = await it.open();
		expect(again.rows()).toHaveLength(1);
		expect(JSON.parse(await again.exportAll()).rows).toHaveLength(3);
	});
});

describe('damage', () => {
	const flip = (bytes: Uint8Array) => bytes.with(3, bytes[3]! ^ 1);

	it('one flipped byte sets that row aside; the others stay, the tray keeps it', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1'), eventRow(own(id), 'e2')]);
		it.close();
		await it.raw(id, async (db) => {
			const row = (await db.rows.get([own(id), 'event', 'e1']))!;
			await db.rows.put({ ...row, ct: flip(row.ct) as Uint8Array<ArrayBuffer> });
		});
		const again = await it.open();
		expect(again.state()).toBe('open');
		expect(again.rows().map((row) => row.id)).toEqual(['e2']);
		expect(await again.health()).toMatchObject({ damaged: 1 });
		expect(JSON.parse(await again.exportAll()).unreadable).toBe(1);
	});

	it('a row moved to another id or version does not open', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		it.close();
		await it.raw(id, async (db) => {
			const row = (await db.rows.get([own(id), 'event', 'e1']))!;
			await db.rows.bulkPut([
				{ ...row, ver: 9 },
				{ ...row, id: 'e3' }
			]);
		});
		const again = await it.open();
		expect(again.rows()).toHaveLength(0);
		expect(await again.health()).toMatchObject({ damaged: 2 });
	});

	it('a damaged scope key costs that scope only, and the next write makes a new key', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([
			eventRow(own(id), 'e1'),
			{ scope: `user:${id}`, t: 'visit', id: 'v', v: { case: 'c', at: 'now' } }
		]);
		it.close();
		await it.raw(id, async (db) => {
			const key = (await db.keys.get([own(id), 'profile', '']))!;
			await db.keys.put({ ...key, ct: flip(key.ct) as Uint8Array<ArrayBuffer> });
		});
		const again = await it.open();
		expect(again.rows().map((row) => row.t)).toEqual(['visit']);
		await again.put([eventRow(own(id), 'e2')]);
		it.close();
		const third = await it.open();
		expect(
			third
				.rows()
				.map((row) => row.id)
				.sort()
		).toEqual(['e2', 'v']);
	});

	it('without its device key the profile is failed, says so and can still be removed', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		it.close();
		await it.raw(id, async (db) => {
			const key = (await db.keys.get(['profile', 'device', '']))!;
			await db.keys.put({ ...key, ct: flip(key.ct) as Uint8Array<ArrayBuffer> });
		});
		const again = await it.open();
		expect(again.state()).toBe('failed');
		expect(JSON.parse(await again.exportAll())).toMatchObject({ profile: id, rows: [], unreadable: 1 });
		await again.removeEverything();
		expect(again.state()).toBe('open');
		expect(again.profile()).toBeNull();
	});
});

describe('a browser that will not', () => {
	it('is online-only when there is no IndexedDB, and takes no words', async () => {
		const broken = {
			open: () => {
				throw new DOMException('no', 'SecurityError');
			}
		} as unknown as IDBFactory;
		const store = openPhoneStore({ indexedDB: broken, IDBKeyRange: fresh().idb.IDBKeyRange });
		await store.ready;
		expect(store.state()).toBe('online-only');
		await expect(store.put([eventRow(own('x'), 'e1')])).rejects.toBeInstanceOf(StorageBlocked);
		await store.pull.openAccount({ userId: 'u', scopes: ['s'] });
		const v = { type: 'note', on: '2026-09-01', detail: {} };
		const patch = [{ op: 'put' as const, t: 'event', id: 'e', ver: 1, sv: 1, v }];
		expect(await store.pull.applyPage({ id: 's', from: null, to: 1, reset: true, patch }, true)).toBe('done');
		await store.pull.pulled('2026-11-24T10:00:00Z');
		expect(store.rows()).toHaveLength(1);
	});

	it('says StorageFull for a full disk, also when the browser calls it an abort, and keeps what was there', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		for (const name of ['QuotaExceededError', 'AbortError']) {
			const put = IDBObjectStore.prototype.put;
			IDBObjectStore.prototype.put = () => {
				throw new DOMException('full', name);
			};
			try {
				await expect(store.put([eventRow(own(id), 'e2')])).rejects.toBeInstanceOf(StorageFull);
			} finally {
				IDBObjectStore.prototype.put = put;
			}
		}
		expect(store.rows()).toHaveLength(1);
		await store.put([eventRow(own(id), 'e2')]);
		expect(store.rows()).toHaveLength(2);
	});

	it('opens again and writes once more when the connection was lost', async () => {
		const it = fresh();
		// Dexie binds `transaction` when it opens, so the fault is put in before and armed later.
		const transaction = IDBDatabase.prototype.transaction;
		let armed = false;
		let lost = 0;
		IDBDatabase.prototype.transaction = function (...args) {
			if (armed && lost++ === 0)
				throw new DOMException('Connection to Indexed Database server lost', 'InvalidStateError');
			return transaction.apply(this, args);
		};
		try {
			const store = await it.open();
			const { id } = await store.begin();
			armed = true;
			await store.put([eventRow(own(id), 'e1')]);
		} finally {
			IDBDatabase.prototype.transaction = transaction;
		}
		expect(lost).toBeGreaterThan(1);
		it.close();
		expect((await it.open()).rows()).toHaveLength(1);
	});

	it('does not call words saved that went into a database emptied under the page', async () => {
		const it = fresh();
		const store = await it.open();
		const { id } = await store.begin();
		await it.raw(id, (db) => Promise.all(db.tables.map((table) => table.clear())));
		await expect(store.put([eventRow(own(id), 'e1')])).rejects.toBeInstanceOf(StorageBlocked);
	});
});

describe('removing everything', () => {
	it('deletes database, keys and caches here and in the other tab, and a new start is clean', async () => {
		const names = new Set(['alongside-shell-abc', 'languages-v1', 'pages']);
		const caches = { keys: async () => [...names], delete: async (name: string) => names.delete(name) };
		const it = fresh({ caches });
		const [a, b] = [await it.open(), await it.open()];
		const { id } = await a.begin();
		await a.put([eventRow(own(id), 'e1')]);
		await until(b, () => b.rows().length === 1);
		await a.removeEverything();
		expect(a.rows()).toHaveLength(0);
		expect([...names]).toEqual(['alongside-shell-abc']);
		await until(b, () => b.profile() === null);
		const left = await it.idb.indexedDB.databases();
		expect(left.map((one) => one.name)).toEqual(['alongside']);
		const next = await a.begin();
		expect(next.id).not.toBe(id);
		await a.put([eventRow(own(next.id), 'e9')]);
		expect(a.rows()).toHaveLength(1);
	});
});
