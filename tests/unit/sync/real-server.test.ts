// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { sharedScope } from '#contract/scope.ts';
import { systemClock } from '#browser/now.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { rowsOf, writeScope } from '#server/cases/scope-writer.ts';
import { answering } from '#server/edge/refusal.ts';
import { mintEpoch } from '#server/instance.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { pullAll } from '#sync/pull.ts';
import { redeem } from '#sync/redeem.ts';
import { createPost } from '#sync/transport.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { phone } from '../store/phone.ts';

let server: Runtime;
beforeAll(async () => {
	server = await testRuntime();
}, 90_000);
afterAll(() => server.close());

const phones: ReturnType<typeof phone>[] = [];
afterEach(() => phones.splice(0).forEach((one) => one.close()));

/** A `fetch` that ends at the real endpoints; `fault` may lose, double or kill. */
function asking(browser: Browser, fault: () => 'none' | 'lost-answer' | 'twice' | 'kill' = () => 'none') {
	const good = (path: string, body: string) =>
		answering(() => {
			const call = browser.post(path, body);
			return path === '/api/sync/pull' ? answerPull(call, server) : answerRedeem(call, server);
		});
	return (async (input, init) => {
		const what = fault();
		const answer = await good(String(input), String(init?.body));
		if (what === 'lost-answer') throw new TypeError('fetch failed');
		if (what === 'twice') return good(String(input), String(init?.body));
		if (what === 'kill') return new Promise<Response>(() => undefined);
		return answer;
	}) as typeof fetch;
}
const posting = (ask: typeof fetch) => createPost({ ask, clock: systemClock });

/** A guardian of its own for each case: the council says by guardian_ref which letters go to one person. */
async function signedIn(caseRef: string) {
	const guardian = `G-${caseRef}`;
	const child = await oneChild(server.database, caseRef, { guardians: [guardian] });
	const browser = new Browser();
	const it = phone();
	phones.push(it);
	const store = await it.open();
	const code = await letterCode(server.database, child.scopeId, guardian);
	const outcome = await redeem(
		{ store: store.pull, post: posting(asking(browser)) },
		code.toLowerCase(),
		'2017-05-04'
	);
	expect(outcome).toEqual({ ok: true, caseId: child.caseId });
	return { it, store, browser, scope: sharedScope(child.caseId) };
}

const note = (n: number) => ({ type: 'note', on: '2026-09-01', detail: { n: String(n) } });
const write = (scope: string, rows: { id: string; v: object | null }[]) =>
	server.database.transact((tx) =>
		writeScope(
			tx,
			scope,
			rows.map((row) => ({ t: 'event', ...row }))
		)
	);

async function same(store: PhoneStore, scope: string) {
	const there = await server.database.transact((tx) => rowsOf(tx, scope));
	const here = store.rows().filter((row) => row.scope === scope);
	const plain = (rows: readonly { t: string; id: string; ver: number; v: unknown }[]) =>
		rows.map(({ t, id, ver, v }) => ({ t, id, ver, v })).sort((a, b) => (a.t + a.id < b.t + b.id ? -1 : 1));
	expect(plain(here)).toEqual(plain(there));
}

it(
	'reads a case over several pages, with a write between them and a kill in the middle',
	{ timeout: 60_000 },
	async () => {
		const { it: device, store, browser, scope } = await signedIn('P1');
		await write(
			scope,
			Array.from({ length: 700 }, (_, n) => ({ id: `e${n}`, v: note(n) }))
		);
		let requests = 0;
		const killed = new Promise((resolve) => {
			const ask = asking(browser, () => (++requests === 2 ? (resolve('killed'), 'kill') : 'none'));
			// The page before is still being written when the phone dies.
			pullAll({ store: store.pull, post: posting(ask) }).catch(() => undefined);
		});
		expect(await killed).toBe('killed');
		device.close();
		const again = await device.open();
		expect((await again.pull.position())!.scopes.find(({ id }) => id === scope)!.cookie).toBeNull();
		let pages = 0;
		const between = (async (input, init) => {
			const answer = await asking(browser)(input, init);
			if (++pages === 1)
				await write(scope, [
					{ id: 'e0', v: null },
					{ id: 'late', v: note(9) }
				]);
			return answer;
		}) as typeof fetch;
		expect(await pullAll({ store: again.pull, post: posting(between) })).toEqual({ why: 'done' });
		expect(pages).toBeGreaterThan(1);
		expect(await pullAll({ store: again.pull, post: posting(asking(browser)) })).toEqual({ why: 'done' });
		await same(again, scope);
		expect(await again.health()).toMatchObject({ healed: 0, damaged: 0 });
	}
);

it(
	'agrees with the server whatever is written, lost or doubled, also into a new life of its database',
	{ timeout: 90_000 },
	async () => {
		const { store, browser, scope } = await signedIn('P2');
		const ids = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 4 });
		const step = fc.oneof(
			fc.record({ do: fc.constant('write' as const), ids, del: fc.boolean() }),
			fc.record({
				do: fc.constant('pull' as const),
				fault: fc.constantFrom('none' as const, 'lost-answer' as const, 'twice' as const)
			}),
			fc.record({ do: fc.constant('restore' as const) })
		);
		let n = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
				for (const one of steps) {
					if (one.do === 'write')
						await write(
							scope,
							one.ids.map((id) => ({ id: `r${id}`, v: one.del ? null : note(n++) }))
						);
					else if (one.do === 'restore') await server.database.transact((tx) => mintEpoch(tx));
					else await pullAll({ store: store.pull, post: posting(asking(browser, () => one.fault)) });
				}
				expect(await pullAll({ store: store.pull, post: posting(asking(browser)) })).toEqual({ why: 'done' });
				await same(store, scope);
			}),
			{ numRuns: Number(process.env.MODEL_RUNS ?? 4) }
		);
		expect((await store.health()).healed).toBe(0);
	}
);

it('never sees another family’s scope, and loses one that was taken back', { timeout: 60_000 }, async () => {
	const one = await signedIn('P3');
	const other = await signedIn('P4');
	await pullAll({ store: one.store.pull, post: posting(asking(one.browser)) });
	expect(one.store.rows().some((row) => row.scope === other.scope)).toBe(false);
	expect(one.store.rows().some((row) => row.scope === one.scope)).toBe(true);
	await server.database.db
		.updateTable('relationship')
		.set({ until_at: new Date() })
		.where('case_scope', '=', one.scope)
		.execute();
	expect(await pullAll({ store: one.store.pull, post: posting(asking(one.browser)) })).toEqual({
		why: 'done'
	});
	expect(one.store.rows().some((row) => row.scope === one.scope)).toBe(false);
});

it('tells the phone how long it may open without contact, as the council set it', async () => {
	const { store, browser } = await signedIn('P3');
	const settled = { ...server, config: { ...server.config, offlineDays: 9 } };
	const ask = (async (input, init) =>
		answering(() => answerPull(browser.post(String(input), String(init?.body)), settled))) as typeof fetch;
	expect(await pullAll({ store: store.pull, post: posting(asking(browser)) })).toEqual({ why: 'done' });
	expect((await store.lock!.facts()).offlineDays).toBe(30);
	expect(await pullAll({ store: store.pull, post: posting(ask) })).toEqual({ why: 'done' });
	expect((await store.lock!.facts()).offlineDays).toBe(9);
});
