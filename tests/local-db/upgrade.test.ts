// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBDatabase } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import { openSending, PROFILE_VERSION } from '#store/db.ts';
import { firstLook, type FirstLook } from '#store/first-look.ts';
import { offerRows } from '#store/outbox/send-rows.ts';
import { openPhoneStore, type PhoneStore } from '#store/phone-store.ts';
import { until } from '../unit/store/phone.ts';
import { FROZEN, thaw } from './thaw.ts';

const open: PhoneStore[] = [];
afterEach(() => open.splice(0).forEach((store) => store.close()));
async function start(parts: Parameters<typeof openPhoneStore>[0]) {
	const store = openPhoneStore(parts);
	open.push(store);
	await store.ready;
	return store;
}
const frozen = FROZEN.at(-1)!;
const first = FROZEN[0]!;

describe('a phone from an older version', () => {
	it('has a frozen example of every version', () => {
		expect(FROZEN.map(({ version }) => version)).toEqual(
			Array.from({ length: PROFILE_VERSION }, (_, n) => n + 1)
		);
	});

	it.each(FROZEN)('version $version opens with everything that was on it', async (one) => {
		const store = await start(await thaw(one));
		expect(store.state()).toBe('open');
		expect(store.profile()).toEqual({
			id: one.phone.profile,
			userId: '33333333-3333-4333-8333-333333333333'
		});
		expect(store.lastPull()).toBe('2026-11-24T10:00:00.000Z');
		const rows = Object.fromEntries(store.rows().map((row) => [row.id, row]));
		expect(rows['e1']).toMatchObject({ t: 'event', v: { type: 'assessment.requested', on: '2026-08-20' } });
		expect(rows['s1']).toMatchObject({
			t: 'event',
			ver: 7,
			v: { type: 'assessment.agreed', on: '2026-09-30' }
		});
		expect(await store.health()).toMatchObject({ parked: 1, invalid: 0, damaged: 0 });
		expect(await store.pull.position()).toMatchObject({ signedIn: true, scopes: [{ cookie: 7 }] });
		await store.put([
			{ ...store.rows().find((row) => row.id === 'e1')!, v: { type: 'note', on: '2026-10-01', detail: {} } }
		]);
		expect(store.rows().find((row) => row.id === 'e1')).toMatchObject({ ver: 2, v: { type: 'note' } });
	});

	it('from before the outbox shows its first look, and takes what is to be sent', async () => {
		const parts = await thaw(first);
		const look = await firstLook({ keysOf: () => null }, parts.indexedDB);
		expect(look).toMatchObject({ profile: { id: first.phone.profile } });
		const store = await start(parts);
		expect((look as FirstLook).rows).toEqual(store.rows());
		expect(store.outbox.items()).toEqual([]);
		await store.outbox.add({ scope: 'user:x', name: 'note.put', args: { a: 1 } });
		expect(store.outbox.items()).toMatchObject([{ seq: 1, args: { a: 1 }, state: 'waiting' }]);
	});

	it('from the first outbox has it still, as it was', async () => {
		const store = await start(await thaw(FROZEN[1]!));
		expect(store.outbox.items()).toMatchObject([
			{ seq: 1, state: 'received', receipt: { no: 'R-1' }, args: { text: 'one' } },
			{ seq: 2, state: 'tray', code: 'not_allowed', args: { text: 'two' } },
			{ seq: 3, state: 'waiting', offered: true, unsealed: false, args: { text: 'three' } },
			{ seq: 5, state: 'waiting', offered: false, unsealed: false, args: { text: 'five' } }
		]);
		expect((await store.push.offer(50, 400_000))!.mutations.map(({ seq }) => seq)).toEqual([3, 4, 5]);
	});

	it('from before files takes them, and one with files has them still, in a draft and on their way', async () => {
		const store = await start(await thaw(FROZEN[1]!));
		const place = { scope: `user:${store.profile()!.id}`, draft: 'd', type: 'image/png' as const };
		const file = await store.files.add(new TextEncoder().encode('a photo'), place);
		expect(new TextDecoder().decode(await store.files.read(file))).toBe('a photo');

		const later = await start(await thaw(FROZEN[2]!));
		const row = later.rows().find(({ t }) => t === 'file')!;
		const kept = await later.files.read({ id: row.id, ...(row.v as Omit<typeof file, 'id'>) });
		expect(new TextDecoder().decode(kept)).toBe('a page');
		const { files } = later.outbox.items().at(-1)!.args as { files: [typeof file] };
		expect(new TextDecoder().decode(await later.files.read(files[0]))).toBe('a photo');
		later.files.uploads();
		await until(later, () => later.files.uploads().length === 1);
		expect(later.files.uploads()).toMatchObject([{ id: files[0].id, have: '0', state: 'waiting' }]);
	});

	it('locked since before files still sends its words, and has no file', async () => {
		const parts = await thaw(FROZEN[1]!);
		const name = `alongside-${FROZEN[1]!.phone.profile}`;
		const db = await openSending(FROZEN[1]!.phone.profile, parts);
		expect([db?.name, db?.uploads, db?.chunks]).toEqual([name, undefined, undefined]);
		expect((await offerRows(db!, 50, 400_000))!.mutations.map(({ seq }) => seq)).toEqual([3, 4, 5]);
		db!.close();
		expect((await parts.indexedDB.databases()).find((one) => one.name === name)?.version).toBe(20);
	});

	it('whose upgrade fails is left as it is, says so, and offers what is on it', async () => {
		const parts = await thaw(frozen, { native: 5, without: 'damaged' });
		const create = IDBDatabase.prototype.createObjectStore;
		IDBDatabase.prototype.createObjectStore = () => {
			throw new DOMException('no room for a table', 'UnknownError');
		};
		try {
			const store = await start(parts);
			expect(store.state()).toBe('failed');
			const copy = JSON.parse(await store.exportAll());
			expect(copy).toMatchObject({ format: 'alongside-copy', profile: frozen.phone.profile, unreadable: 0 });
			expect(copy.rows.map((row: { id: string }) => row.id)).toEqual(
				expect.arrayContaining(['e1', 's1', 'f1'])
			);
			const bytes = copy.files.map(({ data }: { data: string }) => Buffer.from(data, 'base64url').toString());
			expect([bytes.sort(), copy.filesLeftOut]).toEqual([['a page', 'a photo'], 0]);
			expect(copy.outbox.map(({ args }: { args: unknown }) => args)).toEqual([
				...['one', 'two', 'three', 'five'].map((text) => ({ text })),
				{ text: 'six', files: [expect.objectContaining({ type: 'image/jpeg' })] }
			]);
		} finally {
			IDBDatabase.prototype.createObjectStore = create;
		}
		expect((await parts.indexedDB.databases()).find(({ name }) => name === parts.name)?.version).toBe(5);
		const again = await start(parts);
		expect(again.state()).toBe('open');
		expect(again.rows()).toHaveLength(4);
	});
});

describe('a phone that a newer version has used', () => {
	it.each(['as the browser lists it', 'where the browser lists nothing'])(
		'is left alone, %s',
		async (how) => {
			const parts = await thaw(frozen, { native: 990 });
			if (how.startsWith('where')) Object.defineProperty(parts.indexedDB, 'databases', { value: undefined });
			const store = await start(parts);
			expect(store.state()).toBe('update-needed');
			await expect(store.put([{ scope: 'user:x', t: 'visit', id: 'v', v: {} }])).rejects.toThrow();
			store.close();
			const raw = await new Dexie(parts.name, parts).open();
			expect(raw.verno).toBe(99);
			expect(await raw.table('rows').count()).toBe(frozen.phone.database['rows']!.length);
			raw.close();
		}
	);

	it('in another tab: this tab lets go at once, so that the upgrade is not held up', async () => {
		const parts = await thaw(frozen);
		const store = await start(parts);
		const newer = new Dexie(parts.name, parts);
		newer.version(3).stores({ ...frozen.database, later: 'id' });
		await newer.open();
		await until(store, () => store.state() === 'update-needed');
		newer.close();
	});

	it('held up by an old tab that does not let go: says so, and goes on when it is closed', async () => {
		const parts = await thaw(frozen, { native: 5 });
		const old = await new Promise<globalThis.IDBDatabase>((resolve) => {
			const request = parts.indexedDB.open(parts.name);
			request.onsuccess = () => resolve(request.result);
		});
		const store = openPhoneStore(parts);
		open.push(store);
		await until(store, () => store.heldUp());
		expect(store.state()).toBe('opening');
		old.close();
		await until(store, () => store.state() === 'open');
		expect(store.heldUp()).toBe(false);
	});
});
