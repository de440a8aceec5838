// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import type { PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import { systemClock } from '#browser/now.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { pullAll } from '#sync/pull.ts';
import { createPost } from '#sync/transport.ts';
import { phone } from '../store/phone.ts';
import { FakeServer, json } from './fake-server.ts';

/** Guards that the checksum would mend after the fact: here it must have nothing to mend. */
const A = 'case:11111111-1111-4111-8111-111111111111:shared';
const note = { type: 'note', on: '2026-09-01', detail: {} };
const rows = (...ids: string[]) => ids.map((id) => ({ id, v: note }));

const phones: ReturnType<typeof phone>[] = [];
afterEach(() => phones.splice(0).forEach((one) => one.close()));

async function signedIn() {
	const server = new FakeServer();
	server.granted.add(A);
	const device = phone();
	phones.push(device);
	const store = await device.open();
	await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [A] });
	return { server, device, store };
}
type Answering = (request: PullRequest, nth: number) => PullAnswer | Promise<Response>;
const pulling = (store: PhoneStore, answer: Answering) => {
	let nth = 0;
	const ask = (async (_input, init) => {
		const said = await answer(JSON.parse(String(init?.body)) as PullRequest, ++nth);
		return said instanceof Response ? said : json(said);
	}) as typeof fetch;
	return pullAll({ store: store.pull, post: createPost({ ask, clock: systemClock }) });
};
const idsOf = (store: PhoneStore) =>
	store
		.rows()
		.map((row) => row.id)
		.sort();

it('a page that belongs to another question starts the scope again', async () => {
	const { server, store } = await signedIn();
	server.write(A, rows('a', 'b', 'c', 'd'));
	const asked: (string | undefined)[] = [];
	const ended = await pulling(store, (request, nth) => {
		asked.push(request.scopes[0]!.page);
		const answer = server.pull(request);
		return nth === 2
			? {
					...answer,
					scopes: answer.scopes.map((scope) => ({ ...scope, to: scope.to - 1, checksum: undefined }))
				}
			: answer;
	});
	expect(ended).toEqual({ why: 'done' });
	expect(asked.map((page) => page !== undefined)).toEqual([false, true, false, true]);
	expect(idsOf(store)).toEqual(['a', 'b', 'c', 'd']);
	expect((await store.pull.position())!.scopes).toEqual([{ id: A, cookie: 1 }]);
});

it('the next page is asked for before this one is written; asked in vain, its answer is left', async () => {
	const { server, store } = await signedIn();
	server.write(A, rows('a', 'b', 'c', 'd'));
	const log: string[] = [];
	let refuse = true;
	const ask = (async (_input, init) => {
		const request = JSON.parse(String(init?.body)) as PullRequest;
		log.push(request.scopes[0]!.page === undefined ? 'ask the first' : 'ask the next');
		return json(server.pull(request));
	}) as typeof fetch;
	const ended = await pullAll({
		store: {
			...store.pull,
			async applyPage(page, first) {
				log.push('write');
				if (!refuse) return store.pull.applyPage(page, first);
				refuse = false;
				return 'stale';
			}
		},
		post: createPost({ ask, clock: systemClock })
	});
	expect(ended).toEqual({ why: 'done' });
	const wasted = ['ask the first', 'ask the next', 'write'];
	expect(log).toEqual([...wasted, 'ask the first', 'ask the next', 'write', 'write']);
	expect(idsOf(store)).toEqual(['a', 'b', 'c', 'd']);
	expect((await store.health()).healed).toBe(0);
});

it('a whole copy begins without what a killed one left behind', async () => {
	const { server, device, store } = await signedIn();
	server.write(A, rows('a', 'b', 'c', 'd'));
	await pulling(store, (request, nth) =>
		nth === 1 ? server.pull(request) : Promise.reject(new TypeError('gone'))
	);
	server.write(A, [{ id: 'a', del: true }]);
	device.close();
	const again = await device.open();
	expect(await pulling(again, (request) => server.pull(request))).toEqual({ why: 'done' });
	expect(idsOf(again)).toEqual(['b', 'c', 'd']);
	expect((await again.health()).healed).toBe(0);
});

it('a tab that holds a key which another tab dropped and made anew writes nothing under the old one', async () => {
	const { server, device, store } = await signedIn();
	server.write(A, rows('a'));
	await pulling(store, (request) => server.pull(request));
	const other = await device.open();
	await other.pull.settleScopes({ granted: [], revoked: [A] });
	await other.pull.settleScopes({ granted: [A], revoked: [] });
	expect(await pulling(other, (request) => server.pull(request))).toEqual({ why: 'done' });
	server.write(A, rows('b'));
	expect(await pulling(store, (request) => server.pull(request))).toEqual({ why: 'done' });
	device.close();
	const last = await device.open();
	expect(idsOf(last)).toEqual(['a', 'b']);
	expect((await last.pull.position())!.scopes).toEqual([{ id: A, cookie: 2 }]);
});
