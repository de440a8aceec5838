// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PushRequest } from '#contract/sync/push.ts';
import { systemClock } from '#browser/now.ts';
import type { Exclusive } from '#browser/tabs.ts';
import { familyActor } from '#server/access/actor.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { rowsOf } from '#server/cases/scope-writer.ts';
import type { Call } from '#server/edge/caller.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answerPush } from '#server/sync/answer-push.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { createSync } from '#sync/create-sync.ts';
import { pullAll } from '#sync/pull.ts';
import { pushAll } from '#sync/push.ts';
import { pushAndPull } from '#sync/push-and-pull.ts';
import { createPost, type Post } from '#sync/transport.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { MemoryPushStore } from '../../support/memory-push-store.ts';
import { family } from '../../support/sign-in.ts';
import { phone, until } from '../store/phone.ts';
import { json } from './fake-server.ts';
import { PlainMemory } from './plain-memory.ts';
import { PushServer } from './push-server.ts';

let server: Runtime;
let key: { kid: string; public: string };
beforeAll(async () => {
	server = await testRuntime();
	key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
}, 90_000);
afterAll(() => server.close());
const letGo: (() => void)[] = [];
afterEach(() => letGo.splice(0).forEach((one) => one()));

const ENDPOINTS: Record<string, (call: Call, server: Runtime) => Promise<Response>> = {
	'/api/sync/push': answerPush,
	'/api/sync/pull': answerPull,
	'/api/activation/redeem': answerRedeem,
	'/api/session/end': answerEnd
};
/** The real endpoints for one browser; `before` may answer in their place, `after` may spoil what they say. */
function lineOf(browser: Browser) {
	const asked: { path: string; body: PushRequest }[] = [];
	const line = {
		asked,
		/** A dead spot. */
		down: false,
		before: (_path: string, _body: PushRequest): Response | null => null,
		after: async (answer: Response, _again: () => Promise<Response>): Promise<Response> => answer
	};
	const ask = (async (input, init) => {
		const path = String(input);
		if (line.down) throw new TypeError('no network');
		if (path === '/healthz') return json({ ok: true });
		const text = String(init?.body);
		const body = JSON.parse(text) as PushRequest;
		asked.push({ path, body });
		const instead = line.before(path, body);
		if (instead) return instead;
		const reach = () => answering(() => ENDPOINTS[path]!(browser.post(path, text), server));
		return line.after(await reach(), reach);
	}) as typeof fetch;
	return Object.assign(line, { ask, post: createPost({ ask, clock: systemClock }) });
}

const newNote = (scope: string, text: string) => {
	const args = { id: crypto.randomUUID(), baseVer: null, patch: { text, on: '2026-11-25' } };
	return { scope, name: 'note.put', args };
};
const textsIn = async (scope: string) => {
	const rows = await server.database.transact((tx) => rowsOf(tx, scope, 'note'));
	return rows.map((row) => (row.v as { text: string }).text);
};

/** A person who is signed in, with an outbox in memory that holds three notes. */
async function writer(ref: string, texts = ['one', 'two', 'three']) {
	const { phone: session } = await family(server, ref);
	const actor = await server.database.transact((tx) => familyActor(tx, session.userId));
	const scope = `case:${[...actor.cases.keys()][0]}:fam`;
	const { browser } = session;
	const disk = { deviceId: browser.deviceId, signedIn: true, next: 1, key, items: [] };
	const store = new MemoryPushStore({ disk });
	for (const text of texts) await store.add(newNote(scope, text));
	const states = () => store.disk.items.map((item) => item.code ?? item.state);
	return { store, scope, browser, states, line: lineOf(browser) };
}
const waiting = ['waiting', 'waiting', 'waiting'];
const received = ['received', 'received', 'received'];

describe('what waits is sent', () => {
	it('oldest first, in one request, and is on the server before it is called received', async () => {
		const { store, scope, states, line } = await writer('PP1');
		const heard: string[] = [];
		const post = line.post;
		expect(await pushAll({ store, post, heard: (time) => heard.push(time) })).toEqual({
			why: 'done',
			settled: 3
		});
		expect([states(), await textsIn(scope)]).toEqual([
			received,
			expect.arrayContaining(['one', 'two', 'three'])
		]);
		expect(line.asked.map(({ path, body }) => [path, body.mutations.map((one) => one.seq)])).toEqual([
			['/api/sync/push', [1, 2, 3]]
		]);
		expect(Object.keys(line.asked[0]!.body).sort()).toEqual(['deviceId', 'mutations', 'proto', 'schema']);
		expect(Date.parse(heard[0]!)).not.toBeNaN();
		expect(await pushAll({ store, post })).toEqual({ why: 'done', settled: 0 });
		expect(line.asked).toHaveLength(1);
	});

	it.each(['lost on the way', 'answered in vain', 'sent twice'])(
		'once, when a request is %s',
		async (fault) => {
			const { store, scope, states, line } = await writer(`PP2${fault.length}`);
			const lost = () => Promise.reject(new TypeError('fetch failed'));
			if (fault === 'lost on the way') line.before = () => lost() as never;
			else line.after = fault === 'sent twice' ? (_answer, again) => again() : lost;
			const first = await pushAll({ store, post: line.post });
			if (fault === 'sent twice') expect(first).toEqual({ why: 'done', settled: 3 });
			else expect([first, states()]).toEqual([{ ok: false, why: 'offline' }, waiting]);
			line.before = () => null;
			line.after = async (answer) => answer;
			expect(await pushAll({ store, post: line.post })).toMatchObject({ why: 'done' });
			expect([states(), (await textsIn(scope)).sort()]).toEqual([received, ['one', 'three', 'two']]);
		}
	);

	it('in smaller parts, when it is too large in one', async () => {
		const { store, scope, states, line } = await writer('PP3', ['1', '2', '3', '4', '5', '6', '7']);
		line.before = (_path, { mutations }) => (mutations.length > 2 ? json({ code: 'too_large' }, 413) : null);
		expect(await pushAll({ store, post: line.post })).toEqual({ why: 'done', settled: 7 });
		expect([new Set(states()), (await textsIn(scope)).length]).toEqual([new Set(['received']), 7]);
		const sizes = line.asked.map(({ body }) => body.mutations.length);
		expect([sizes.slice(0, 4), Math.max(...sizes.slice(3))]).toEqual([[7, 3, 1, 2], 4]);
	});
});

describe('nothing is lost', () => {
	const html = () =>
		new Response('<html>Sign in to the café</html>', { headers: { 'content-type': 'text/html' } });
	it.each<[string, () => Response, object]>([
		['a café’s page', html, { why: 'offline' }],
		[
			'half an answer',
			() => new Response('{"acks":[', { headers: { 'content-type': 'application/json' } }),
			{ why: 'offline' }
		],
		['another shape', () => json({ serverTime: '', lastSeq: 3, acks: [{ mid: 7 }] }), { why: 'unavailable' }],
		['nothing answered', () => json({ serverTime: '', lastSeq: 0, acks: [] }), { why: 'confused' }],
		[
			'a busy server',
			() => json({ code: 'too_many', retryAfter: 90 }, 429),
			{ code: 'too_many', retryAfter: 90 }
		],
		[
			'one that is down',
			() => json({ code: 'unavailable', retryAfter: 60 }, 503),
			{ why: 'unavailable', retryAfter: 60 }
		],
		['an app too old', () => json({ code: 'client_too_old', minSchema: 9 }, 426), { code: 'client_too_old' }],
		['a phone taken off the list', () => json({ code: 'revoked' }, 401), { code: 'revoked' }]
	])('by %s', async (_name, say, result) => {
		const store = new MemoryPushStore();
		await store.seal(key);
		await store.add(newNote('case:x:fam', 'words'));
		const ask = (async () => say()) as typeof fetch;
		expect(await pushAll({ store, post: createPost({ ask, clock: systemClock }) })).toMatchObject(result);
		expect(store.disk.items.map((item) => item.state)).toEqual(['waiting']);
	});

	it('by a session that ended: the queue waits for the person', async () => {
		const { store, scope, browser, states, line } = await writer('PP4');
		const jar = new Map(browser.jar);
		browser.jar.clear();
		expect(await pushAll({ store, post: line.post })).toMatchObject({
			why: 'refused',
			code: 'needs_sign_in'
		});
		expect(states()).toEqual(waiting);
		browser.jar = jar;
		expect(await pushAll({ store, post: line.post })).toEqual({ why: 'done', settled: 3 });
		expect(await textsIn(scope)).toHaveLength(3);
	});

	it('by a key that the server does not know: a pull brings the right one in the same lap', async () => {
		const { store, scope, states, line } = await writer('PP5', []);
		const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const other = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
		await store.seal({ kid: crypto.randomUUID(), public: other });
		for (const text of ['one', 'two', 'three']) await store.add(newNote(scope, text));
		const { mid } = store.disk.items[0]!;
		expect(await pushAll({ store, post: line.post })).toMatchObject({ why: 'key', unopened: { mid } });
		expect(states()).toEqual(waiting);
		const it = phone();
		letGo.push(() => it.close());
		const rows = await it.open();
		await rows.pull.openAccount({ userId: crypto.randomUUID(), scopes: [scope] });
		const position = async () => ({ ...(await rows.pull.position())!, deviceId: store.disk.deviceId });
		const parts = { pull: { ...rows.pull, position }, lastPull: rows.lastPull, push: store };
		expect(await pushAndPull({ store: parts, post: line.post })).toEqual({ why: 'done' });
		expect(states()).toEqual(received);
		expect(line.asked.slice(1).map(({ path }) => path.split('/').at(-1))).toEqual([
			'push',
			'pull',
			'pull',
			'push',
			'pull'
		]);
	});
});

/** Where a server forgets, or a phone was copied: over plain maps, in which both are easily done. */
function plainly() {
	const memory = new PlainMemory();
	const maps = new PushServer({ memory });
	const scope = 'case:11111111-1111-4111-8111-111111111111:fam';
	memory.maps.writable.set('A', new Set([scope]));
	const sizes: number[] = [];
	const post: Post = async (_path, body) => {
		const request = JSON.parse(JSON.stringify(body)) as PushRequest;
		sizes.push(request.mutations.length);
		const said = await maps.push('A', request);
		if (said === 'too_large') return { ok: false, why: 'refused', code: 'too_large' };
		return { ok: true, json: said, sent: 0, got: 0 };
	};
	const seal = async ({ kid }: { kid: string }, words: string, place: string) =>
		({ v: 1, kid, epk: '', iv: '', ct: JSON.stringify([place, words]) }) as const;
	const disk = { deviceId: 'd1', signedIn: true, next: 1, key: maps.key, items: [] };
	const store = new MemoryPushStore({ disk, seal });
	const write = (text: string, on = store) => on.add(newNote(scope, text));
	const texts = () => [...memory.maps.scope(scope).rows.values()].map((row) => row.v!['text']);
	return { maps, store, write, texts, post, seal, sizes };
}

describe('what the phone mends by itself', () => {
	it('one that never gets through goes to the tray, and what comes after it on its way', async () => {
		const { store, write, texts, post, sizes } = plainly();
		await write('before');
		await write('x'.repeat(9_000));
		await write('after');
		expect(await pushAll({ store, post, now: () => 0 })).toEqual({ why: 'done', settled: 2 });
		expect(texts()).toEqual(['before', 'after']);
		expect(store.items().map(({ state, code }) => code ?? state)).toEqual([
			'received',
			'too_large',
			'received'
		]);
		expect(sizes).toEqual([3, 1, 2, 1, 1, 1]);
	});

	it('what a restored server forgot is offered again when it misses it', async () => {
		const { maps, store, write, texts, post } = plainly();
		await write('one');
		await pushAll({ store, post });
		const life = await maps.backup();
		await write('two');
		await write('three');
		await pushAll({ store, post });
		await maps.restore(life);
		expect(texts()).toEqual(['one']);
		await write('four');
		expect(await pushAll({ store, post })).toEqual({ why: 'done', settled: 3 });
		expect([texts(), store.disk.deviceId]).toEqual([['one', 'two', 'three', 'four'], 'd1']);
	});

	it('a copied phone takes a new id and loses nothing; while it is locked it waits', async () => {
		const { store, write, texts, post, seal } = plainly();
		await write('before the copy');
		const copy = new MemoryPushStore({ disk: structuredClone(store.disk), seal });
		await write('from the phone');
		await write('from the copy', copy);
		await pushAll({ store, post });
		copy.locked = true;
		expect(await pushAll({ store: copy, post })).toEqual({ why: 'locked' });
		expect(copy.disk.items.map((item) => item.state)).toEqual(['received', 'waiting']);
		copy.locked = false;
		expect(await pushAll({ store: copy, post })).toEqual({ why: 'done', settled: 1 });
		expect(texts()).toEqual(['before the copy', 'from the phone', 'from the copy']);
		expect(copy.disk.deviceId).not.toBe('d1');
	});

	it('but not for ever: a server that goes in circles is left for later', async () => {
		const { store, write } = plainly();
		await write('one');
		let rounds = 0;
		const post: Post = async () => {
			const stopped = { code: 'gap', expected: 1 + (rounds++ % 7) };
			return { ok: true, json: { serverTime: '', lastSeq: 0, acks: [], stopped }, sent: 0, got: 0 };
		};
		expect(await pushAll({ store, post })).toEqual({ why: 'confused' });
		expect([rounds < 20, store.disk.items[0]!.state]).toEqual([true, 'waiting']);
	});
});

/** Stands for Web Locks: one at a time, and who does not wait is turned away. */
function turns(): Exclusive {
	const busy = new Map<string, Promise<unknown>>();
	return async (name, wait, work) => {
		if (busy.has(name) && !wait) return null;
		while (busy.has(name)) await busy.get(name);
		const done = work();
		busy.set(
			name,
			done.catch(() => undefined)
		);
		return done.finally(() => busy.delete(name));
	};
}
/** The whole client on a phone whose store is the real one. */
async function whole(ref: string) {
	const { scopeId, caseId } = await oneChild(server.database, ref, { guardians: [`${ref}-G`] });
	const line = lineOf(new Browser());
	const device = phone();
	const store = await device.open();
	const exclusive = turns();
	const tab = (of: PhoneStore) => {
		const sync = createSync({
			...{ store: of, ask: line.ask, exclusive, clock: { now: Date.now, after: () => () => {} } },
			visibility: { visible: () => false, subscribe: () => () => {} },
			onNetworkChange: () => () => {},
			channel: { post: () => {}, listen: () => () => {}, close: () => {} },
			openStream: () => ({ close: () => {} })
		});
		letGo.push(() => sync.close());
		return sync;
	};
	const sync = tab(store);
	letGo.push(() => device.close());
	const code = await letterCode(server.database, scopeId, `${ref}-G`);
	expect(await sync.redeem(code, '2017-05-04')).toMatchObject({ ok: true });
	const fam = `case:${caseId}:fam`;
	const paths = () => line.asked.splice(0).map(({ path }) => path.split('/').at(-1));
	paths();
	return { device, store, sync, tab, line, fam, paths };
}
const allReceived = (store: PhoneStore) => () =>
	store.outbox.items().length > 0 && store.outbox.items().every((item) => item.state === 'received');

describe('the whole client', () => {
	it('sends what is written at once, and reads it back in the same lap', async () => {
		const { store, sync, fam, paths } = await whole('PW1');
		await store.outbox.add(newNote(fam, 'written just now'));
		await until(store, allReceived(store));
		expect(await textsIn(fam)).toEqual(['written just now']);
		await until(sync, () => sync.status().phase === 'idle');
		// The family's scope begins with its first row: the second pull reads what the first was told of.
		expect(paths()).toEqual(['push', 'pull', 'pull']);
		expect((await store.pull.position())!.scopes).toContainEqual({ id: fam, cookie: 1 });
		await store.outbox.add(newNote(fam, 'and one more'));
		await until(store, allReceived(store));
		await until(sync, () => sync.status().phase === 'idle');
		expect(paths()).toEqual(['push', 'pull']);
		expect((await store.pull.position())!.scopes).toContainEqual({ id: fam, cookie: 2 });
	}, 60_000);

	it('without a connection it begins no request with words in it, so that they can still be taken back', async () => {
		const { store, sync, line, fam } = await whole('PW6');
		line.down = true;
		await sync.pull();
		expect(sync.status().net).toBe('offline');
		const { mid } = await store.outbox.add(newNote(fam, 'written in a dead spot'));
		await sync.pull();
		expect(store.outbox.items()[0]).toMatchObject({ state: 'waiting', offered: false });
		expect(await store.outbox.cancel(mid)).toBe(true);
	}, 60_000);

	it('one tab of several sends', async () => {
		const { device, store, tab, fam, paths } = await whole('PW2');
		const second = await device.open();
		tab(second);
		await store.outbox.add(newNote(fam, 'once'));
		await until(second, allReceived(second));
		expect(paths().filter((path) => path === 'push')).toHaveLength(1);
		expect(await textsIn(fam)).toEqual(['once']);
	}, 60_000);

	it('hears with the next pull what it missed, when an answer was lost', async () => {
		const { store, line, fam } = await whole('PW3');
		line.after = (answer) =>
			line.asked.at(-1)!.path.endsWith('push')
				? Promise.reject(new TypeError('gone'))
				: Promise.resolve(answer);
		await store.outbox.add(newNote(fam, 'did it arrive?'));
		expect(await pushAll({ store: store.push, post: line.post })).toEqual({ ok: false, why: 'offline' });
		expect(store.outbox.items()[0]).toMatchObject({ state: 'waiting', offered: true });
		expect(await pullAll({ store: store.pull, push: store.push, post: line.post })).toEqual({ why: 'done' });
		await until(store, allReceived(store));
		expect(await textsIn(fam)).toEqual(['did it arrive?']);
	}, 60_000);

	it('locked, it sends and reads nothing; what else the server says waits until it is open', async () => {
		const { store, sync, line, fam, paths } = await whole('PW4');
		const recovery = store.lock!.newRecoveryCode();
		await store.lock!.setSecret({ kind: 'pin', text: '274915', recovery });
		line.before = () => Promise.reject(new TypeError('no connection')) as never;
		await store.outbox.add(newNote(fam, 'sent while locked'));
		await until(sync, () => sync.status().phase === 'waiting');
		await store.lock!.lockNow();
		expect(store.state()).toBe('locked');
		paths();
		line.before = (path) => (path.endsWith('push') ? json({ code: 'revoked' }, 401) : null);
		await sync.pull();
		expect([paths(), sync.status().phase, store.state()]).toEqual([['push'], 'no-council', 'locked']);
		line.before = () => null;
		await sync.pull();
		expect([paths(), await textsIn(fam)]).toEqual([['push'], ['sent while locked']]);
	}, 60_000);
});
