// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import { quarantineAsk } from '#contract/access/quarantine.ts';
import { giveUp } from '#sync/give-up.ts';
import type { Reply } from '#sync/transport.ts';
import { connected, message } from './outbox-phone.ts';
import { phone } from './phone.ts';

const one = phone();
afterEach(() => one.close());

it('a phone taken off the list hands over what was not taken, waiting or refused, as it is, and then has no outbox', async () => {
	const { store, server } = await connected(one);
	const items = [];
	for (const text of ['received', 'refused', 'offered', 'x'.repeat(240_000)])
		items.push(await store.outbox.add(message(text)));
	await store.push.offer(3, 400_000);
	const [a, b] = [items[0]!, items[1]!];
	await store.push.acknowledge(
		[
			{ mid: a.mid, seq: 1, status: 'done' },
			{ mid: b.mid, seq: 2, status: 'rejected', code: 'not_allowed' }
		],
		'2026-11-25T10:00:00Z'
	);
	const expected = store.outbox.items().slice(1);
	const got: unknown[] = [];
	const post = async (path: string, body: unknown): Promise<Reply> => {
		if (path === '/api/quarantine') {
			for (const { envelope } of quarantineAsk.parse(body).items)
				got.push(...((JSON.parse(server.open(envelope)) as { outbox?: unknown[] }).outbox ?? []));
		}
		return { ok: true, json: {}, sent: 0, got: 0 };
	};
	expect(await giveUp({ store, post, forgetWorker: async () => undefined }, undefined)).toBe(true);
	expect(got).toHaveLength(3);
	expect(got).toEqual(expect.arrayContaining([...expected]));
	expect(store.outbox.items()).toEqual([]);
	expect((await one.idb.indexedDB.databases()).map(({ name }) => name)).toEqual(['alongside']);
});
