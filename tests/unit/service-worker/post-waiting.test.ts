// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pushRequest, PUSH_MUTATIONS } from '#contract/sync/push.ts';
import { PROTO, SCHEMA } from '#contract/version.ts';
import { PROFILE_VERSION } from '#store/db.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { postLater } from '#features/open-case/post-later.ts';
import { askToPost } from '#browser/background-sync.ts';
import * as worker from '../../../service-worker/post-waiting.ts';
import { phone } from '../store/phone.ts';

// Every run of the property opens the database a few times over.
vi.setConfig({ testTimeout: 60_000 });

/** The worker posts exactly what a page would, marks it as offered, settles nothing, and never while a page is at it. */
const SENT = 'case:22222222-2222-4222-8222-222222222222:sent:33333333-3333-4333-8333-333333333333';
const phones: ReturnType<typeof phone>[] = [];
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = {
	kid: '55555555-5555-4555-8555-555555555555',
	public: publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
};
async function signedIn() {
	const one = phone();
	phones.push(one);
	const store = await one.open();
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
	await store.pull.keepServerKey(key);
	return { one, store, id: store.profile()!.id };
}
type Posted = { path: string; init: RequestInit }[];
const healthy = () => Response.json({ ok: true });
const alone: worker.PostParts['alone'] = (_name, work) => work();
const run = (
	{ one }: { one: ReturnType<typeof phone> },
	more: Partial<worker.PostParts> = {},
	posted: Posted = []
) =>
	worker.postWaiting({
		indexedDB: one.idb.indexedDB as unknown as IDBFactory,
		post: async (path, init) => {
			if (path === '/healthz') return healthy();
			posted.push({ path, init });
			return new Response('{}');
		},
		seen: async () => false,
		alone,
		...more
	});
const add = (store: PhoneStore, text: string) =>
	store.outbox.add({ scope: SENT, name: 'message.send', args: { text } });
const bodyOf = (posted: Posted) => pushRequest.parse(JSON.parse(String(posted[0]!.init.body)));

describe('what the worker posts', () => {
	it('is what the page would offer, in a request that the server reads', async () => {
		const here = await signedIn();
		const texts = ['one', 'two', 'three'];
		for (const text of texts) await add(here.store, text);
		const posted: Posted = [];
		await run(here, {}, posted);
		expect(posted).toHaveLength(1);
		expect(posted[0]).toMatchObject({
			path: '/api/sync/push',
			init: { method: 'POST', credentials: 'same-origin', headers: { 'X-Alongside': '1' } }
		});
		const offer = (await here.store.push.offer(worker.MOST, worker.BYTES))!;
		expect(bodyOf(posted)).toEqual({ proto: PROTO, schema: SCHEMA, ...offer });
		expect(String(posted[0]!.init.body)).not.toMatch(/one|two|three|args/);
	});

	it('is marked as offered and not as answered: it cannot be taken back, and waits on', async () => {
		const here = await signedIn();
		const { mid } = await add(here.store, 'one');
		await run(here);
		const rows = await here.one.raw(here.id, (db) => db.outbox.toArray());
		expect(rows).toMatchObject([{ mid, offered: true }]);
		expect(rows[0]).not.toHaveProperty('ack');
		expect(await here.store.outbox.cancel(mid)).toBe(false);
		// Nothing else of the row has changed: it still opens.
		here.one.close();
		const again = await here.one.open();
		expect(again.outbox.items()).toMatchObject([{ mid, state: 'waiting', args: { text: 'one' } }]);
	});

	it('stops at the first that cannot go, and takes no answered one along', async () => {
		const here = await signedIn();
		const [one] = [
			await add(here.store, 'one'),
			await add(here.store, 'two'),
			await add(here.store, 'three')
		];
		await here.store.push.offer(1, 1);
		await here.store.push.acknowledge([{ mid: one.mid, seq: 1, status: 'done' }], new Date().toISOString());
		await here.one.raw(here.id, (db) =>
			db.outbox
				.where('seq')
				.equals(3)
				.modify((row) => void delete row.envelope)
		);
		const posted: Posted = [];
		await run(here, {}, posted);
		expect(bodyOf(posted).mutations.map(({ seq }) => seq)).toEqual([2]);
		const rows = await here.one.raw(here.id, (db) => db.outbox.orderBy('seq').toArray());
		expect(rows.map(({ offered }) => offered)).toEqual([true, true, false]);
	});

	it('for any outbox the choice is the page’s', async () => {
		const here = await signedIn();
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						ct: fc.constantFrom(22, 60_000, 150_000, 349_999, 350_001, 3),
						envelope: fc.boolean(),
						ack: fc.boolean(),
						name: fc.constantFrom('message.send', 'none', 'Bad name'),
						mid: fc.constantFrom('good', 'good', 'good', 'bad')
					}),
					{ minLength: 1, maxLength: 55 }
				),
				async (drafts) => {
					await here.one.raw(here.id, async (db) => {
						await db.outbox.clear();
						await db.outbox.bulkAdd(
							drafts.map((draft, at) => ({
								mid: draft.mid === 'good' ? crypto.randomUUID() : `not-an-id-${at}`,
								seq: at + 1,
								scope: SENT,
								name: draft.name,
								at: '2026-11-24T10:00:00.000Z',
								offered: false,
								own: {} as never,
								...(draft.envelope && {
									envelope: {
										v: 1 as const,
										kid: key.kid,
										epk: 'A'.repeat(87),
										iv: 'A'.repeat(16),
										ct: 'A'.repeat(draft.ct)
									}
								}),
								...(draft.ack && { ack: { status: 'done' as const, answeredAt: '2026-11-24T10:00:00.000Z' } })
							}))
						);
					});
					const posted: Posted = [];
					await run(here, {}, posted);
					const marked = await here.one.raw(here.id, (db) => db.outbox.orderBy('seq').toArray());
					await here.one.raw(here.id, (db) => db.outbox.toCollection().modify({ offered: false }));
					const offer = await here.store.push.offer(worker.MOST, worker.BYTES);
					const after = await here.one.raw(here.id, (db) => db.outbox.orderBy('seq').toArray());
					expect(posted.length ? bodyOf(posted).mutations : null).toEqual(offer?.mutations ?? null);
					expect(marked.map(({ offered }) => offered)).toEqual(after.map(({ offered }) => offered));
				}
			),
			{ numRuns: 25 }
		);
	});
});

describe('the worker keeps out', () => {
	it('while a page holds the lock', async () => {
		const here = await signedIn();
		await add(here.store, 'one');
		const posted: Posted = [];
		const names: string[] = [];
		await run(here, { alone: async (name) => void names.push(name) }, posted);
		expect([names, posted]).toEqual([['alongside-sync'], []]);
		expect((await here.one.raw(here.id, (db) => db.outbox.toArray()))[0]!.offered).toBe(false);
	});

	it('when nobody is signed in, nothing waits, or there is no phone yet; and makes no database', async () => {
		const here = await signedIn();
		const posted: Posted = [];
		await run(here, {}, posted);
		await add(here.store, 'one');
		await here.store.pull.closeAccount();
		await run(here, {}, posted);
		const empty = phone();
		phones.push(empty);
		await run({ one: empty }, {}, posted);
		expect(posted).toEqual([]);
		expect(await empty.idb.indexedDB.databases()).toEqual([]);
		expect((await here.one.raw(here.id, (db) => db.outbox.toArray()))[0]!.offered).toBe(false);
	});

	it('of a database that a newer app wrote, or one from before the outbox', async () => {
		for (const version of [worker.OLDEST * 10 - 1, (worker.NEWEST + 1) * 10]) {
			const one = phone();
			phones.push(one);
			const make = (name: string, native: number, stores: Record<string, object[]>) =>
				new Promise<void>((resolve) => {
					const request = one.idb.indexedDB.open(name, native);
					request.onupgradeneeded = () => {
						for (const [table, rows] of Object.entries(stores)) {
							const keyPath = table === 'outbox' ? 'mid' : 'key';
							const store = request.result.createObjectStore(table, { keyPath });
							if (table === 'outbox') store.createIndex('seq', 'seq');
							rows.forEach((row) => store.add(row));
						}
					};
					request.onsuccess = () => (request.result.close(), resolve());
				});
			await make('alongside', 10, { settings: [{ key: 'current', value: 'p' }] });
			await make('alongside-p', version, {
				outbox: [{ mid: crypto.randomUUID(), seq: 1, scope: SENT, name: 'none', offered: false }],
				meta: [
					{ key: 'deviceId', value: crypto.randomUUID() },
					{ key: 'account', value: { userId: 'u', signedIn: true } }
				]
			});
			const posted: Posted = [];
			await run({ one }, {}, posted);
			expect(posted).toEqual([]);
		}
	});

	it('of trying again when our server answered, whatever it said; without an answer the browser tries again', async () => {
		const here = await signedIn();
		await add(here.store, 'one');
		const refused = async (path: string) =>
			path === '/healthz' ? healthy() : new Response('{"code":"needs_sign_in"}', { status: 401 });
		await expect(run(here, { post: refused })).resolves.toBeUndefined();
		const lost = async (path: string) => {
			if (path === '/healthz') return healthy();
			throw new TypeError('Failed to fetch');
		};
		await expect(run(here, { post: lost })).rejects.toThrow(TypeError);
	});

	it('while somebody looks at a page, and where a café answers for our server: what never left can still be taken back', async () => {
		const here = await signedIn();
		await add(here.store, 'one');
		const posted: Posted = [];
		await run(here, { seen: async () => true }, posted);
		const portal = async () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } });
		await expect(run(here, { post: portal })).rejects.toThrow('does not answer');
		await expect(run(here, { post: async () => Promise.reject(new TypeError('lost')) })).rejects.toThrow();
		expect(posted).toEqual([]);
		expect((await here.one.raw(here.id, (db) => db.outbox.toArray()))[0]!.offered).toBe(false);
	});
});

it('what the worker writes out is what the rooms it may not read say', () => {
	expect([worker.PROTO, worker.SCHEMA, worker.NEWEST, worker.MOST]).toEqual([
		PROTO,
		SCHEMA,
		PROFILE_VERSION,
		PUSH_MUTATIONS
	]);
});

describe('the page asks for it', () => {
	function bench() {
		let items: { state: string }[] = [];
		let net = 'online';
		const changes: (() => void)[] = [];
		const page = {
			visibilityState: 'visible' as DocumentVisibilityState,
			addEventListener: (_: string, work: () => void) => void changes.push(work),
			removeEventListener: () => undefined
		};
		const subscribe = (work: () => void) => (changes.push(work), () => undefined);
		let asked = 0;
		postLater(
			{
				store: { outbox: { items: () => items }, subscribe } as never,
				sync: { status: () => ({ net }), subscribe } as never
			},
			async () => void asked++,
			page as never
		);
		const change = (next: { items?: typeof items; net?: string; hidden?: boolean }) => {
			items = next.items ?? items;
			net = next.net ?? net;
			if (next.hidden !== undefined) page.visibilityState = next.hidden ? 'hidden' : 'visible';
			changes.forEach((work) => work());
			return asked;
		};
		return change;
	}
	const waiting = { state: 'waiting' };

	it('when it goes away or is offline with something that waits, once for the same', () => {
		const change = bench();
		expect(change({ items: [waiting] })).toBe(0);
		expect(change({ hidden: true })).toBe(1);
		expect(change({})).toBe(1);
		expect(change({ items: [waiting, waiting] })).toBe(2);
		expect(change({ hidden: false })).toBe(2);
		expect(change({ net: 'offline' })).toBe(3);
		expect(change({ items: [{ state: 'received' }], hidden: true })).toBe(3);
	});

	it('and is quiet where the browser has no such thing, or says no', async () => {
		expect(await askToPost(undefined)).toBe(false);
		const container = (registration: unknown) => ({ getRegistration: async () => registration }) as never;
		expect(await askToPost(container({}))).toBe(false);
		const tags: string[] = [];
		expect(
			await askToPost(container({ sync: { register: async (tag: string) => void tags.push(tag) } }))
		).toBe(true);
		expect(tags).toEqual([worker.TAG]);
		const no = { sync: { register: async () => Promise.reject(new DOMException('', 'NotAllowedError')) } };
		expect(await askToPost(container(no))).toBe(false);
	});
});
