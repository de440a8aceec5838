// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyFile } from '#contract/backup-file.ts';
import { CHUNK_BYTES, FILE_BYTES, fileRef, type FileRef } from '#contract/blobs.ts';
import { makeBackup, restoreBackup } from '#store/backup.ts';
import { createEarlyStore } from '#store/early-store.ts';
import { Damaged, Locked, StorageFull, TooLong } from '#store/errors.ts';
import { isUnfinished } from '#store/files.ts';
import { firstLook } from '#store/first-look.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { own, phone, until } from './phone.ts';
import { connected, PIN, SENT, withPin } from './outbox-phone.ts';
import { cutPowerAfter } from './power-cut.ts';

vi.setConfig({ testTimeout: 60_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const DRAFT = 'message.x';
/** Bytes that repeat nowhere near a chunk's length. */
function bytesOf(length: number, seed = 7): Uint8Array {
	const words = new Uint32Array(Math.ceil(length / 4));
	for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + seed + 1, 2654435761);
	return new Uint8Array(words.buffer).slice(0, length);
}
const place = (store: PhoneStore) => ({ scope: own(store.profile()!.id), draft: DRAFT });
const photo = (store: PhoneStore, bytes = bytesOf(10)) =>
	store.files.add(bytes, { ...place(store), type: 'image/jpeg' });
const withFiles = (files: readonly FileRef[], text = 'hello') => ({
	scope: SENT,
	name: 'message.send',
	args: { id: crypto.randomUUID(), text, files }
});
const fileRows = (store: PhoneStore) => store.rows().filter(({ t }) => t === 'file');
const onDisk = (one: ReturnType<typeof phone>, store: PhoneStore) =>
	one.raw(store.profile()!.id, async (db) => ({
		chunks: await db.chunks.toCollection().primaryKeys(),
		uploads: await db.uploads.toArray()
	}));
const uploads = async (store: PhoneStore, count: number) => {
	store.files.uploads();
	await until(store, () => store.files.uploads().length === count);
	return store.files.uploads();
};
const answered = async (store: PhoneStore, mid: string, status: 'done' | 'rejected' = 'done') => {
	const seq = store.outbox.items().find((item) => item.mid === mid)!.seq;
	const ack = { mid, seq, status, ...(status === 'rejected' && { code: 'not_allowed' as const }) };
	await store.push.offer(50, 400_000);
	await store.push.acknowledge([ack], '2026-11-25T10:00:00.000Z');
};

describe('a file on the phone', () => {
	it.each([1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17])(
		'of %i bytes is the same after a restart, and nothing of it lies in clear',
		async (length) => {
			const one = fresh();
			const { store } = await connected(one);
			const bytes = bytesOf(length);
			const ref = await store.files.add(bytes, {
				...place(store),
				...{ type: 'audio/webm', question: 'strengths', seconds: 9 }
			});
			expect(fileRef.parse(ref)).toEqual(ref);
			expect(fileRows(store)).toMatchObject([{ id: ref.id, v: { draft: DRAFT, question: 'strengths' } }]);
			one.close();
			const again = await one.open();
			expect(fileRows(again)).toHaveLength(1);
			expect(Buffer.from(await again.files.read(ref)).equals(Buffer.from(bytes))).toBe(true);
			const rows = await one.raw(again.profile()!.id, (db) => db.chunks.toArray());
			expect(rows.map(({ at }) => at)).toEqual([...Array(Math.ceil(length / CHUNK_BYTES)).keys()]);
			for (const row of rows) {
				expect(row.bytes).toBeInstanceOf(ArrayBuffer);
				if (length > 16) expect(Buffer.from(row.bytes).includes(Buffer.from(bytes.slice(0, 16)))).toBe(false);
			}
		}
	);

	it('is kept whole or not at all, wherever the phone dies', async () => {
		for (let steps = 0; ; steps++) {
			const one = fresh();
			const { store } = await connected(one);
			const back = cutPowerAfter(steps);
			const kept = await photo(store, bytesOf(CHUNK_BYTES + 5)).catch(() => null);
			const cut = back();
			one.close();
			const again = await one.open();
			const rows = fileRows(again);
			const { chunks } = await onDisk(one, again);
			expect([rows.length, chunks.length], `cut at ${steps}`).toEqual(kept || rows.length ? [1, 2] : [0, 0]);
			if (!cut) {
				expect(kept).not.toBeNull();
				break;
			}
		}
	});

	it('that does not fit leaves nothing behind, and says that the phone is full', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (this: IDBObjectStore, value, key) {
			if (this.name === 'chunks' && value.at === 1) throw new DOMException('full', 'QuotaExceededError');
			return put.call(this, value, key);
		} as typeof put;
		try {
			await expect(photo(store, bytesOf(CHUNK_BYTES + 1))).rejects.toThrow(StorageFull);
		} finally {
			IDBObjectStore.prototype.put = put;
		}
		expect(fileRows(store)).toEqual([]);
		expect((await onDisk(one, store)).chunks).toEqual([]);
		expect((await store.health()).damaged).toBe(0);
	});

	it('is refused when it is larger than may be, alone or with what waits', async () => {
		const { store } = await connected(fresh());
		await expect(photo(store, new Uint8Array(FILE_BYTES + 1))).rejects.toThrow(TooLong);
		await expect(photo(store, new Uint8Array(0))).rejects.toThrow(TooLong);
		for (let n = 0; n < 6; n++) await photo(store, new Uint8Array(FILE_BYTES));
		expect(await store.files.unsentBytes()).toBe(6 * FILE_BYTES);
		await expect(photo(store)).rejects.toThrow(TooLong);
	});

	it('with one changed byte is said to be damaged, and takes no other with it', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [bad, good] = [await photo(store, bytesOf(CHUNK_BYTES * 2)), await photo(store, bytesOf(20, 3))];
		await one.raw(store.profile()!.id, async (db) => {
			const row = (await db.chunks.get([bad.id, 1]))!;
			new Uint8Array(row.bytes)[100]! ^= 1;
			await db.chunks.put(row);
		});
		await expect(store.files.read(bad)).rejects.toThrow(Damaged);
		expect(await store.files.read(good)).toEqual(bytesOf(20, 3));
		await expect(store.files.read({ ...good, sha256: 'a'.repeat(64) })).rejects.toThrow(Damaged);
		await store.files.remove({ scope: place(store).scope, id: bad.id });
		expect((await onDisk(one, store)).chunks).toEqual([[good.id, 0]]);
	});

	it('cannot be added, read or seen while the phone is locked', async () => {
		const { store } = await withPin(fresh());
		const [ref, where] = [await photo(store), place(store)];
		await store.lock.lockNow();
		await expect(store.files.add(bytesOf(10), { ...where, type: 'image/jpeg' })).rejects.toThrow(Locked);
		await expect(store.files.read(ref)).rejects.toThrow(Locked);
		expect(store.files.uploads()).toEqual([]);
		await store.lock.open({ way: 'pin', text: PIN });
		expect(await store.files.read(ref)).toEqual(bytesOf(10));
	});

	it('waits for the real store where only the first look is there', async () => {
		const one = fresh();
		const { id } = await connected(one);
		one.close();
		const lock = one.lock();
		const look = (await firstLook(lock, one.idb.indexedDB))!;
		const early = createEarlyStore({ look, lock, later: () => one.open({ lock }) });
		expect(early.files.uploads()).toEqual([]);
		const ref = await early.files.add(bytesOf(9), { scope: own(id), draft: DRAFT, type: 'image/png' });
		expect(await early.files.read(ref)).toEqual(bytesOf(9));
	});

	it('goes with its row, whoever removes that', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [a, b] = [await photo(store), await photo(store)];
		await store.remove([{ scope: place(store).scope, t: 'file', id: a.id }]);
		expect((await onDisk(one, store)).chunks).toEqual([[b.id, 0]]);
	});

	it('goes with everything else that is removed', async () => {
		const one = fresh();
		const { store } = await connected(one);
		await photo(store);
		const name = `alongside-${store.profile()!.id}`;
		await store.removeEverything();
		expect((await one.idb.indexedDB.databases()).some((db) => db.name === name)).toBe(false);
	});
});

describe('a file whose words are sent', () => {
	it('leaves its draft in the same write, and waits until the words have arrived', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [sent, stays] = [await photo(store), await photo(store)];
		const item = await store.outbox.add(withFiles([sent]));
		await until(store, () => fileRows(store).length === 1);
		expect(fileRows(store)[0]!.id).toBe(stays.id);
		expect(await uploads(store, 1)).toMatchObject([{ id: sent.id, mid: item.mid, have: '0', scope: SENT }]);
		expect(await store.filePush.waiting()).toEqual([]);
		await answered(store, item.mid);
		expect(await store.filePush.waiting()).toMatchObject([{ id: sent.id }]);
		expect(await store.files.read(sent)).toEqual(bytesOf(10));
	});

	it('is never in neither place, wherever the phone dies in the moment of Send', async () => {
		for (let steps = 0; ; steps++) {
			const one = fresh();
			const { store } = await connected(one);
			const ref = await photo(store);
			const back = cutPowerAfter(steps);
			await store.outbox.add(withFiles([ref])).catch(() => null);
			const cut = back();
			one.close();
			const again = await one.open();
			const { uploads } = await onDisk(one, again);
			const items = again.outbox.items().length;
			expect([items, uploads.length, fileRows(again).length], `cut at ${steps}`).toEqual(
				items ? [1, 1, 0] : [0, 0, 1]
			);
			expect(await again.files.read(ref)).toEqual(bytesOf(10));
			if (!cut) break;
		}
	});

	it('goes from the phone with words that are taken back, unless it is put into the draft first', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [a, b] = [await photo(store), await photo(store, bytesOf(11))];
		const item = await store.outbox.add(withFiles([a, b]));
		expect(await store.files.giveBack([a], place(store))).toEqual([a]);
		expect(await store.outbox.cancel(item.mid)).toBe(true);
		expect(await onDisk(one, store)).toEqual({ chunks: [[a.id, 0]], uploads: [] });
		expect(fileRows(store)).toMatchObject([{ id: a.id, v: { sha256: a.sha256, draft: DRAFT } }]);
		// And once more, under the same name.
		await store.outbox.add(withFiles([a]));
		expect(await uploads(store, 1)).toMatchObject([{ id: a.id }]);
		expect(await store.files.read(a)).toEqual(bytesOf(10));
	});

	it('stays with words that come in the place of others and name it too', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const [a, b] = [await photo(store), await photo(store)];
		const first = await store.outbox.add(withFiles([a, b]));
		const second = await store.outbox.add(withFiles([a]), first.mid);
		expect(second.seq).toBe(first.seq);
		const { chunks, uploads } = await onDisk(one, store);
		expect(chunks).toEqual([[a.id, 0]]);
		expect(uploads).toMatchObject([{ id: a.id, mid: second.mid }]);
	});

	it('that came back with its words stays in the tray until a person takes it away', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const a = await photo(store);
		const item = await store.outbox.add(withFiles([a]));
		await answered(store, item.mid, 'rejected');
		expect(await store.filePush.waiting()).toEqual([]);
		expect(await store.files.read(a)).toEqual(bytesOf(10));
		await store.outbox.discard(item.mid);
		expect(await onDisk(one, store)).toEqual({ chunks: [], uploads: [] });
	});

	it('is sent by a locked phone, which sees a changed byte without any key', async () => {
		const one = fresh();
		const { store } = await withPin(one);
		const [a, b] = [await photo(store, bytesOf(CHUNK_BYTES + 1)), await photo(store)];
		const item = await store.outbox.add(withFiles([a, b]));
		await answered(store, item.mid);
		await one.raw(store.profile()!.id, async (db) => {
			const row = (await db.chunks.get([b.id, 0]))!;
			new Uint8Array(row.bytes)[20]! ^= 4;
			await db.chunks.put(row);
		});
		await store.lock.lockNow();
		expect(await store.filePush.any()).toBe(true);
		expect((await store.filePush.waiting()).map(({ id }) => id).sort()).toEqual([a.id, b.id].sort());
		const chunk = await store.filePush.chunk(a.id, 1);
		expect(chunk!.bytes.byteLength).toBe(1 + 28);
		expect(await store.filePush.chunk(b.id, 0)).toBeNull();
		await store.filePush.told(a.id, { state: 'uploading', have: '01' });
		expect(await store.filePush.waiting()).toMatchObject([{ id: a.id, have: '01' }]);
		await store.lock.open({ way: 'pin', text: PIN });
		expect(await uploads(store, 2)).toEqual(
			expect.arrayContaining([expect.objectContaining({ id: b.id, state: 'refused', code: 'damaged' })])
		);
	});
});

describe('bytes that the server keeps', () => {
	const page = (files: readonly FileRef[], ver: number) => ({
		...{ id: SENT, from: null, to: ver, reset: true },
		patch: [
			{
				...{ op: 'put' as const, t: 'message', id: 'm', ver, sv: 1 },
				v: { by: 'family', text: 'hello', at: '2026-11-25T10:00:00Z', files }
			}
		]
	});
	async function sent() {
		const one = fresh();
		const { store } = await connected(one);
		const a = await photo(store);
		const item = await store.outbox.add(withFiles([a]));
		await answered(store, item.mid);
		return { one, store, a };
	}

	it('leave the phone only after `done` and a later pull that has brought the words', async () => {
		const { one, store, a } = await sent();
		await store.pull.applyPage(page([a], 1), true);
		await store.pull.pulled('2026-11-25T10:00:00Z');
		await store.filePush.confirm();
		expect((await onDisk(one, store)).chunks).toHaveLength(1);
		await store.filePush.told(a.id, { state: 'done', have: '1' });
		await store.filePush.confirm();
		expect((await onDisk(one, store)).chunks).toHaveLength(1);
		expect(await store.files.unsentBytes()).toBe(0);
		await store.pull.pulled('2026-11-25T10:05:00Z');
		await store.filePush.confirm();
		const { chunks, uploads } = await onDisk(one, store);
		expect([chunks.length, uploads[0]!.state]).toEqual([0, 'kept']);
		expect(await store.filePush.any()).toBe(false);
	});

	it('stay when a pull did not bring them, and when the server began a new life', async () => {
		const { one, store, a } = await sent();
		await store.filePush.told(a.id, { state: 'done', have: '1' });
		await store.pull.applyPage(page([], 1), true);
		await store.pull.pulled('2026-11-25T10:05:00Z');
		await store.filePush.confirm();
		expect((await onDisk(one, store)).chunks).toHaveLength(1);
		await store.pull.enterEpoch(crypto.randomUUID());
		expect(await store.filePush.waiting()).toMatchObject([{ id: a.id, state: 'waiting' }]);
	});

	it('stay when it refuses the file, which is settled by its first answer', async () => {
		const { one, store, a } = await sent();
		await store.filePush.told(a.id, { state: 'refused', have: '1', code: 'wrong_type' });
		await store.filePush.told(a.id, { state: 'done', have: '1' });
		expect((await onDisk(one, store)).uploads).toMatchObject([{ state: 'refused', code: 'wrong_type' }]);
		expect((await onDisk(one, store)).chunks).toHaveLength(1);
	});
});

describe('a voice that is being recorded', () => {
	it('is kept piece by piece: a kill leaves what was said before it', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 }),
				async (said) => {
					const one = fresh();
					const { store } = await connected(one);
					const recording = await store.files.record({ ...place(store), type: 'audio/webm' });
					for (const piece of said) await store.files.piece(recording, piece);
					one.close();
					const again = await one.open();
					const [row] = fileRows(again);
					const { key, sha256 } = row!.v as FileRef;
					expect(isUnfinished({ sha256 })).toBe(true);
					const found = await again.files.recorded({ id: row!.id, key });
					expect([...found]).toEqual(said.flatMap((piece) => [...piece]));
					await again.files.remove(row!);
					expect((await onDisk(one, again)).chunks).toEqual([]);
					await expect(again.files.piece(recording, new Uint8Array(1))).rejects.toThrow(Damaged);
					one.close();
				}
			),
			{ numRuns: 10 }
		);
	});

	it('ends at the first piece that does not open, and keeps what is before it', async () => {
		const one = fresh();
		const { store } = await connected(one);
		const recording = await store.files.record({ ...place(store), type: 'audio/webm' });
		for (let n = 0; n < 3; n++) await store.files.piece(recording, Uint8Array.of(n));
		await one.raw(store.profile()!.id, (db) => db.chunks.delete([recording.id, 1]));
		expect([...(await store.files.recorded(recording))]).toEqual([0]);
	});
});

describe('a copy', () => {
	it('for everybody holds the files of drafts and of what waits, and says what it left out', async () => {
		const { store } = await connected(fresh());
		const [a, b] = [await photo(store, bytesOf(700)), await photo(store, bytesOf(9))];
		await store.outbox.add(withFiles([b]));
		for (let n = 0; n < 3; n++) await photo(store, new Uint8Array(FILE_BYTES));
		const copy = copyFile.parse(JSON.parse(await store.exportAll()));
		expect(copy.filesLeftOut).toBe(2);
		const data = (id: string) => Buffer.from(copy.files!.find((file) => file.id === id)!.data, 'base64url');
		expect(data(a.id).equals(Buffer.from(bytesOf(700)))).toBe(true);
		expect(data(b.id).equals(Buffer.from(bytesOf(9)))).toBe(true);
	});

	it('that is a backup brings the files of drafts to another phone, and never twice', async () => {
		const { store } = await connected(fresh());
		const a = await photo(store, bytesOf(CHUNK_BYTES + 3));
		const by = { way: 'passphrase' as const, text: 'three blue buses at dawn' };
		const text = await makeBackup(store, by);
		const other = await fresh().open();
		for (const added of [1, 0]) {
			expect(await restoreBackup(other, text, by.text)).toMatchObject({ ok: true, added });
			expect(fileRows(other)).toMatchObject([{ id: a.id, v: { draft: DRAFT, key: a.key } }]);
			expect(Buffer.from(await other.files.read(a)).equals(Buffer.from(bytesOf(CHUNK_BYTES + 3)))).toBe(true);
		}
	});
});
