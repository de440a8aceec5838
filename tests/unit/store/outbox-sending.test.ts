// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pushRequest, type Ack } from '#contract/sync/push.ts';
import type { OutboxRow } from '#store/db.ts';
import { newMid } from '#store/outbox/new-mid.ts';
import type { OutboxItem } from '#store/outbox.ts';
import { firstLook } from '#store/first-look.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { phone, until } from './phone.ts';
import { connected, message, SENT } from './outbox-phone.ts';
import { serverHalf } from './server-half.ts';

// Parts are fetched when they are first needed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const AT = '2026-11-25T10:00:00Z';
const RECEIPT = { no: 'R-7', at: AT, sha256: 'a'.repeat(64) };
const done = ({ mid, seq }: OutboxItem, more: Partial<Ack> = {}): Ack => ({
	mid,
	seq,
	status: 'done',
	...more
});
const refused = ({ mid, seq }: OutboxItem, code = 'not_allowed'): Ack => ({
	mid,
	seq,
	status: 'rejected',
	code
});
const all = async (store: PhoneStore) => (await store.push.offer(50, 400_000))?.mutations ?? [];
const seqs = (items: readonly { seq: number }[]) => items.map(({ seq }) => seq);

/** With `texts` written, in their order. */
async function written(texts: readonly string[], one = fresh()) {
	const found = await connected(one);
	const items: OutboxItem[] = [];
	for (const text of texts) items.push(await found.store.outbox.add(message(text)));
	return { ...found, one, items };
}

describe('an offer', () => {
	it('is what the server’s door takes, and opens with its key in that place only', async () => {
		const { store, server, items } = await written(['one', 'two']);
		const offer = (await store.push.offer(50, 400_000))!;
		expect(pushRequest.safeParse({ proto: 1, schema: 1, ...offer }).success).toBe(true);
		expect(offer.deviceId).toBe((await store.pull.position())!.deviceId);
		for (const [at, one] of offer.mutations.entries()) {
			expect(server.read(one)).toEqual({ sv: 1, args: items[at]!.args });
			const other = SENT.replace('1', '2');
			for (const moved of [{ mid: newMid() }, { seq: 9 }, { scope: other }, { name: 'note.put' }])
				expect(() => server.read({ ...one, ...moved })).toThrow();
		}
	});

	it('is marked on the disk before it is answered with, and is the same until it is answered', async () => {
		const { one, store, id } = await written(['one', 'two', 'three']);
		const first = (await store.push.offer(2, 400_000))!;
		expect(seqs(first.mutations)).toEqual([1, 2]);
		const onDisk = await one.raw(id, (db) => db.outbox.orderBy('seq').toArray());
		expect(onDisk.map(({ offered }) => offered)).toEqual([true, true, false]);
		expect(store.outbox.items().map(({ offered }) => offered)).toEqual([true, true, false]);
		expect(await store.push.offer(2, 400_000)).toEqual(first);
	});

	it('is not made when it cannot be marked', async () => {
		const { store, items } = await written(['one']);
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...args) {
			if (this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError');
			return put.apply(this, args);
		};
		try {
			await expect(store.push.offer(50, 1000)).rejects.toMatchObject({ name: 'StorageFull' });
		} finally {
			IDBObjectStore.prototype.put = put;
		}
		expect(await store.outbox.cancel(items[0]!.mid)).toBe(true);
	});

	it('stays below the bytes, but holds one at least', async () => {
		const { store } = await written(['x'.repeat(3000), 'y'.repeat(3000), 'z']);
		expect(seqs((await store.push.offer(50, 10))!.mutations)).toEqual([1]);
		expect(seqs((await store.push.offer(50, 5000))!.mutations)).toEqual([1]);
		expect(seqs((await store.push.offer(50, 9000))!.mutations)).toEqual([1, 2, 3]);
	});

	it('is not made while nobody is signed in', async () => {
		const { store } = await written(['one']);
		await store.pull.closeAccount();
		expect(await store.push.offer(50, 1000)).toBeNull();
		expect(store.outbox.items()[0]!.offered).toBe(false);
	});
});

describe('an answer', () => {
	it('makes it received, with its receipt, or puts it into the tray with its words', async () => {
		const { one, store, items } = await written(['one', 'two', 'three']);
		await all(store);
		const [a, b] = [items[0]!, items[1]!];
		await store.push.acknowledge([done(a, { ver: 4, receipt: RECEIPT }), refused(b, 'bad_args')], AT);
		const expected = [
			{ state: 'received', receipt: RECEIPT, answeredAt: AT, args: { text: 'one' } },
			{ state: 'tray', code: 'bad_args', answeredAt: AT, args: { text: 'two' } },
			{ state: 'waiting' }
		];
		expect(store.outbox.items()).toMatchObject(expected);
		expect(seqs(await all(store))).toEqual([3]);
		expect(await store.push.acked()).toBe(2);
		one.close();
		expect((await one.open()).outbox.items()).toMatchObject(expected);
	});

	it('that comes twice, late, for something unknown or under another number changes nothing', async () => {
		const { store, items } = await written(['one', 'two']);
		await all(store);
		const [a, b] = [items[0]!, items[1]!];
		await store.push.acknowledge([done(a, { receipt: RECEIPT })], AT);
		const before = store.outbox.items();
		const later = '2026-11-26T10:00:00Z';
		await store.push.acknowledge([done(a)], later);
		await store.push.acknowledge([refused(a)], later);
		await store.push.acknowledge([{ mid: newMid(), seq: 2, status: 'done' }], later);
		await store.push.acknowledge([done({ ...b, seq: 7 })], later);
		expect(store.outbox.items()).toBe(before);
	});

	it('to what was taken back is nothing a person sees', async () => {
		const { store, items } = await written(['one', 'two']);
		await store.outbox.cancel(items[0]!.mid);
		const [empty] = await all(store);
		await store.push.acknowledge([{ ...empty!, status: 'rejected', code: 'unknown_name' }], AT);
		expect(store.outbox.items()).toMatchObject([{ seq: 2, state: 'waiting' }]);
		expect(await store.push.acked()).toBe(1);
	});
});

describe('the tray', () => {
	it('is emptied by a person alone; nothing else is taken from the outbox that way', async () => {
		const { one, store, id, items } = await written(['one', 'two', 'three']);
		await all(store);
		await store.push.acknowledge([refused(items[0]!), done(items[1]!)], AT);
		await store.push.prune(Date.parse('2028-01-01T00:00:00Z'));
		expect(seqs(store.outbox.items())).toEqual([1, 3]);
		await store.outbox.discard(items[2]!.mid);
		expect(seqs(store.outbox.items())).toEqual([1, 3]);
		await store.outbox.discard(items[0]!.mid);
		expect(seqs(store.outbox.items())).toEqual([3]);
		expect(await one.raw(id, (db) => db.outbox.get(items[0]!.mid))).toBeUndefined();
		expect(await store.push.acked()).toBe(2);
	});

	it('leaves no gap for a server that forgot it, which is given the number when it asks for it', async () => {
		const { store, server, items } = await written(['one', 'two', 'three']);
		await all(store);
		await store.push.acknowledge([done(items[0]!), refused(items[1]!), done(items[2]!)], AT);
		await store.outbox.discard(items[1]!.mid);
		await store.push.reoffer(1);
		expect(seqs(await all(store))).toEqual([1, 3]);
		await store.push.acknowledge([done(items[0]!)], AT);
		await store.push.reoffer(2);
		const again = await all(store);
		expect(again.map(({ seq, name }) => [seq, name])).toEqual([
			[2, 'none'],
			[3, 'message.send']
		]);
		expect(server.read(again[0]!).args).toEqual({});
	});
});

describe('the envelope', () => {
	it('is made at the first contact where no key was known when it was written', async () => {
		const store = await fresh().open();
		const { mid } = await store.outbox.add(message('one'));
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		expect(store.outbox.items()).toMatchObject([{ unsealed: true }]);
		expect(await store.push.offer(50, 1000)).toBeNull();
		expect(await store.outbox.cancel(mid)).toBe(true);
		await store.outbox.add(message('two'));
		const server = serverHalf();
		expect(await store.push.seal(server.key)).toBe(2);
		expect(await store.push.seal(server.key)).toBe(0);
		expect(store.outbox.items()).toMatchObject([{ unsealed: false, offered: false }]);
		expect((await all(store)).map((one) => server.read(one).args)).toEqual([{}, { text: 'two' }]);
	});

	it('is made anew for another key, offered or not, under the same id and number', async () => {
		const { store, items } = await written(['one', 'two']);
		await store.push.offer(1, 1000);
		const next = serverHalf();
		expect(await store.push.seal(next.key)).toBe(2);
		const offered = await all(store);
		expect(offered.map(({ mid, seq }) => ({ mid, seq }))).toEqual(
			items.map(({ mid, seq }) => ({ mid, seq }))
		);
		expect(offered.map((one) => next.read(one).args)).toEqual([{ text: 'one' }, { text: 'two' }]);
		expect(await store.push.seal(next.key)).toBe(0);
	});

	it('is left to the first contact when the key on the phone is none', async () => {
		const { store, server } = await written([]);
		await store.pull.keepServerKey({ kid: 'x', public: 'AAAA' });
		expect(await store.outbox.add(message('one'))).toMatchObject({ unsealed: true });
		expect(await store.push.seal(server.key)).toBe(1);
	});
});

describe('a phone whose numbers another phone used', () => {
	it('takes a new id and numbers what is unanswered anew, sealed again; answers keep their place before it', async () => {
		const { store, server, items } = await written(['one', 'two', 'three', 'four']);
		const old = (await store.push.offer(2, 400_000))!;
		await store.push.acknowledge([done(items[0]!, { receipt: RECEIPT }), refused(items[1]!)], AT);
		expect(await store.push.fork()).toBe(true);
		const { deviceId, mutations } = (await store.push.offer(50, 400_000))!;
		expect(deviceId).not.toBe(old.deviceId);
		expect(deviceId).toBe((await store.pull.position())!.deviceId);
		expect(mutations.map(({ mid, seq }) => [mid, seq])).toEqual([
			[items[2]!.mid, 1],
			[items[3]!.mid, 2]
		]);
		expect(mutations.map((one) => server.read(one).args)).toEqual([{ text: 'three' }, { text: 'four' }]);
		expect(store.outbox.items().map(({ mid }) => mid)).toEqual(items.map(({ mid }) => mid));
		expect(store.outbox.items()).toMatchObject([{ receipt: RECEIPT }, { state: 'tray' }, {}, {}]);
		expect(await store.push.acked()).toBe(0);
		expect((await store.outbox.add(message('five'))).seq).toBe(3);
		// What was said to the old number is not said to the new one.
		await store.push.acknowledge([done(items[2]!)], AT);
		expect(seqs(await all(store))).toEqual([1, 2, 3]);
		await store.outbox.discard(items[1]!.mid);
		expect(store.outbox.items()).toHaveLength(4);
	});

	it('twice, with words opened from the disk', async () => {
		const { one, store, server } = await written(['one', 'two']);
		await store.push.fork();
		one.close();
		const again = await one.open();
		await again.push.fork();
		expect((await all(again)).map((each) => [each.seq, server.read(each).args])).toEqual([
			[1, { text: 'one' }],
			[2, { text: 'two' }]
		]);
	});

	it('while another tab writes: each number is given once', async () => {
		const { one, store: a, server } = await written(['one']);
		const b = await one.open();
		await Promise.all([a.push.fork(), b.outbox.add(message('two')), b.outbox.add(message('three'))]);
		const offered = await all(a);
		expect(seqs(offered)).toEqual([1, 2, 3]);
		expect(offered.map((each) => server.read(each).args)).toEqual(
			['one', 'two', 'three'].map((text) => ({ text }))
		);
	});
});

describe('a server that forgot', () => {
	it('is offered again what it answered, in the old numbers; the receipt is kept until a new answer', async () => {
		const { store, items } = await written(['one', 'two', 'three']);
		await all(store);
		await store.push.acknowledge(
			items.map((item) => done(item, { receipt: RECEIPT })),
			AT
		);
		expect([await store.push.acked(), await store.push.offer(50, 1000)]).toEqual([3, null]);
		await store.push.reoffer(2);
		expect(await store.push.acked()).toBe(1);
		expect(store.outbox.items()).toMatchObject([
			{ state: 'received' },
			{ state: 'waiting', receipt: RECEIPT },
			{ state: 'waiting' }
		]);
		expect(seqs(await all(store))).toEqual([2, 3]);
		const anew = { ...RECEIPT, no: 'R-9' };
		await store.push.acknowledge([done(items[1]!, { receipt: anew })], AT);
		expect(store.outbox.items()[1]).toMatchObject({ state: 'received', receipt: anew });
	});

	it('is told of what an earlier device id sent under new numbers, before what came after it', async () => {
		const { store, server, items } = await written(['one', 'two', 'three']);
		await all(store);
		await store.push.acknowledge([done(items[0]!), done(items[1]!)], AT);
		await store.push.fork();
		await store.push.reoffer(1);
		expect(await store.push.offer(50, 1000)).toBeNull();
		await store.push.seal(server.key);
		const offered = await all(store);
		expect(offered.map(({ mid, seq }) => [mid, seq])).toEqual(items.map(({ mid }, at) => [mid, at + 1]));
		expect(offered.map((one) => server.read(one).args)).toEqual(items.map(({ args }) => args));
	});
});

describe('after thirty days', () => {
	it('what was received is forgotten; what waits is not, and no number comes twice', async () => {
		const { one, store, items } = await written(['one', 'two', 'three']);
		await all(store);
		await store.push.acknowledge([done(items[0]!)], AT);
		const day = 24 * 60 * 60_000;
		await store.push.prune(Date.parse(AT) + 30 * day);
		expect(store.outbox.items()).toHaveLength(3);
		await store.push.prune(Date.parse(AT) + 30 * day + 1);
		expect(seqs(store.outbox.items())).toEqual([2, 3]);
		await store.push.acknowledge([done(items[1]!), done(items[2]!)], AT);
		await store.push.prune(Date.parse(AT) + 31 * day);
		expect([store.outbox.items(), await store.push.acked()]).toEqual([[], 3]);
		one.close();
		expect((await (await one.open()).outbox.add(message('four'))).seq).toBe(4);
	});
});

describe('damage', () => {
	const flip = (bytes: Uint8Array<ArrayBuffer>) => bytes.with(3, bytes[3]! ^ 1) as Uint8Array<ArrayBuffer>;
	const change = (one: ReturnType<typeof phone>, id: string, to: (row: OutboxRow) => Partial<OutboxRow>) =>
		one.raw(id, async (db) => {
			const row = (await db.outbox.orderBy('seq').first())!;
			await db.outbox.put({ ...row, ...to(row) });
		});
	const flippedWords = (row: OutboxRow) => ({ own: { ...row.own, ct: flip(row.own.ct) } });

	it('one flipped byte of the words: the item shows without them, and its envelope goes out', async () => {
		const { one, server, id } = await written(['one', 'two']);
		one.close();
		await change(one, id, flippedWords);
		const store = await one.open();
		expect(store.state()).toBe('open');
		expect(await firstLook(one.lock(), one.idb.indexedDB)).not.toBeNull();
		expect(store.outbox.items()).toMatchObject([{ args: null }, { args: { text: 'two' } }]);
		expect(JSON.parse(await store.exportAll())).toMatchObject({ unreadable: 1 });
		expect(await store.push.seal(server.key)).toBe(0);
		expect((await all(store)).map((each) => server.read(each).args)).toEqual([
			{ text: 'one' },
			{ text: 'two' }
		]);
	});

	it('words of one item put into another are nobody’s', async () => {
		const { one, id, items } = await written(['one', 'two']);
		const { own } = (await one.raw(id, (db) => db.outbox.get(items[1]!.mid)))!;
		one.close();
		await change(one, id, () => ({ own }));
		expect((await one.open()).outbox.items()).toMatchObject([{ args: null }, { args: { text: 'two' } }]);
	});

	it('a key that no longer opens costs the words under it, and the next item has a new one', async () => {
		const { one, server, id } = await written(['one']);
		one.close();
		await one.raw(id, async (db) => {
			const key = (await db.keys.get([`user:${id}`, 'profile', '']))!;
			await db.keys.put({ ...key, ct: flip(key.ct) });
		});
		const store = await one.open();
		await store.outbox.add(message('two'));
		expect(store.outbox.items()).toMatchObject([{ args: null }, { args: { text: 'two' } }]);
		expect((await all(store)).map((each) => server.read(each).args)).toEqual([
			{ text: 'one' },
			{ text: 'two' }
		]);
	});

	it('what can neither be opened nor sent waits in the tray, and holds up nothing', async () => {
		const one = fresh();
		const store = await one.open();
		await store.outbox.add(message('one'));
		await store.outbox.add(message('two'));
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		const { id } = store.profile()!;
		one.close();
		await change(one, id, flippedWords);
		const again = await one.open();
		const server = serverHalf();
		expect(await again.push.seal(server.key)).toBe(1);
		await again.pull.keepServerKey(server.key);
		await again.push.seal(server.key);
		expect(again.outbox.items()).toMatchObject([
			{ seq: 1, state: 'tray', code: 'damaged', args: null },
			{ seq: 2, state: 'waiting' }
		]);
		const offered = await all(again);
		expect(offered.map((each) => [each.seq, server.read(each).args])).toEqual([
			[1, {}],
			[2, { text: 'two' }]
		]);
		await again.outbox.discard(again.outbox.items()[0]!.mid);
		expect(again.outbox.items()).toHaveLength(1);
	});

	it('an envelope that the server cannot open is made anew when it says so', async () => {
		const { one, store, server, id, items } = await written(['one', 'two']);
		await change(one, id, ({ envelope }) => ({
			envelope: { ...envelope!, ct: `${envelope!.ct[0] === 'A' ? 'B' : 'A'}${envelope!.ct.slice(1)}` }
		}));
		const [bad] = await all(store);
		expect(() => server.read(bad!)).toThrow();
		expect(await store.push.seal(server.key)).toBe(0);
		expect(await store.push.seal(server.key, items[0]!.mid)).toBe(1);
		expect((await all(store)).map((each) => server.read(each).args)).toEqual([
			{ text: 'one' },
			{ text: 'two' }
		]);
	});

	it.each<[string, (row: OutboxRow) => Partial<OutboxRow>]>([
		['an envelope', ({ envelope }) => ({ envelope: { ...envelope!, iv: '!' } })],
		['a name', () => ({ name: 'Message.send' })],
		['a number', () => ({ seq: -4 })]
	])('%s of no shape never goes out, where it would have the whole request refused', async (_, to) => {
		const { one, store, server, id } = await written(['one', 'two']);
		await change(one, id, to);
		expect(await all(store)).toEqual([]);
		await store.push.seal(server.key);
		const offered = await all(store);
		expect(seqs(offered)).toEqual([1, 2]);
		for (const each of offered) server.read(each);
		await until(store, () => store.outbox.items().length === 2);
		expect(store.outbox.items().map(({ args }) => args)).toEqual([{ text: 'one' }, { text: 'two' }]);
	});
});
