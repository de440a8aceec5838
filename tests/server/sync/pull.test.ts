import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PullAnswer, PulledScope } from '#contract/sync/pull.ts';
import { pullAnswer } from '#contract/sync/pull.ts';
import { scopeChecksum } from '#contract/sync/checksum.ts';
import type { FamilyActor } from '#server/access/can.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answering } from '#server/edge/refusal.ts';
import { mintEpoch } from '#server/instance.ts';
import type { Runtime } from '#server/runtime.ts';
import { addCaseEvents } from '#server/cases/case-events.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { pull } from '#server/sync/pull.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
let epoch: string;
let shared: string;
let actor: FamilyActor;
beforeAll(async () => {
	server = await testRuntime();
	epoch = (await server.database.db.selectFrom('instance').select('epoch').executeTakeFirstOrThrow()).epoch;
	const child = await oneChild(server.database, 'S1');
	shared = child.scopeId;
	actor = {
		kind: 'family',
		accountId: crypto.randomUUID(),
		cases: new Map([[child.caseId, { council: COUNCIL, role: 'guardian', restrictions: [] }]])
	};
});
afterAll(() => server.close());

type Ask = { id: string; cookie: number | null; page?: string };
function ask(scopes: Ask[], life: string | null = epoch): Promise<PullAnswer> {
	const request = { proto: 1, schema: 1, deviceId: crypto.randomUUID(), epoch: life, scopes };
	return server.database.transact((tx) => pull(tx, actor, request), {
		isolation: 'repeatable read',
		readOnly: true
	});
}
const write = (id: string, v: object | null, scope = shared) =>
	server.database.transact((tx) => writeScope(tx, scope, [{ t: 'event', id, v }]));
const only = (answer: PullAnswer): PulledScope => answer.scopes[0]!;

/** A phone that follows the rules: pages, cookie with the last page, rows with an older version ignored. */
async function follow(
	id: string,
	from: { cookie: number | null; rows: Map<string, number> },
	between?: () => Promise<unknown>
) {
	let page: string | undefined;
	let rows = new Map(from.rows);
	for (let n = 0; n < 100; n++) {
		const scope = only(
			await ask(
				[{ id, cookie: from.cookie, ...(page !== undefined && { page }) }],
				from.cookie === null ? null : epoch
			)
		);
		if (scope.reset && page === undefined) rows = new Map();
		for (const row of scope.patch) {
			if (row.op === 'put') rows.set(`${row.t}|${row.id}`, row.ver);
			else rows.delete(`${row.t}|${row.id}`);
		}
		page = scope.next;
		if (page === undefined) return { cookie: scope.to, rows, checksum: scope.checksum, pages: n + 1 };
		await between?.();
	}
	throw new Error('a hundred pages');
}
const sum = (rows: Map<string, number>) =>
	scopeChecksum([...rows].map(([key, ver]) => ({ t: key.split('|')[0]!, id: key.split('|')[1]!, ver })));

test('the first pull resets and carries everything; the next carries nothing in under 1 kB', async () => {
	const first = await ask([{ id: shared, cookie: null }], null);
	expect(pullAnswer.parse(first)).toEqual(first);
	expect(only(first)).toMatchObject({ reset: true, from: null });
	expect(only(first).patch.map((row) => row.t)).toEqual(['case']);
	expect(first.granted).toEqual([`ref:${COUNCIL}:people`]);
	expect(first.acks).toEqual({ lastSeq: 0, recent: [] });
	const again = await ask([
		{ id: shared, cookie: only(first).to },
		{ id: `ref:${COUNCIL}:people`, cookie: 1 }
	]);
	expect(again.scopes.map((scope) => scope.patch)).toEqual([[], []]);
	expect(JSON.stringify(again).length).toBeLessThan(1_000);
});

test('a change arrives as a delta, a deletion as a tombstone without content', async () => {
	const { cookie } = await follow(shared, { cookie: null, rows: new Map() });
	await write('e1', { type: 'note', on: '2026-01-01', detail: {} });
	const put = only(await ask([{ id: shared, cookie }]));
	expect(put).toMatchObject({
		reset: false,
		from: cookie,
		patch: [{ op: 'put', id: 'e1', v: { on: '2026-01-01' } }]
	});
	await write('e1', null);
	const del = only(await ask([{ id: shared, cookie: put.to }]));
	expect(del.patch).toEqual([{ op: 'del', t: 'event', id: 'e1', ver: del.to, sv: 1 }]);
	expect(only(await ask([{ id: shared, cookie: null }])).patch.some((row) => row.op === 'del')).toBe(false);
});

test('a cookie from the future, one older than what is kept, and another life each reset', async () => {
	const scope = `ref:${COUNCIL}:kept`;
	for (const n of [1, 2, 3]) await write(`k${n}`, { n }, scope);
	await server.database.db.updateTable('scope').set({ min_ver: 2 }).where('id', '=', scope).execute();
	const reset = async (cookie: number | null, life: string | null = epoch) =>
		only(await ask([{ id: scope, cookie }], life)).reset;
	expect([await reset(3), await reset(2), await reset(1), await reset(4), await reset(null)]).toEqual([
		false,
		false,
		true,
		true,
		true
	]);
	expect(await reset(3, crypto.randomUUID())).toBe(true);
	expect(await reset(3, null)).toBe(true);
});

test('1,300 rows come in pages of 500, and what changes between pages is neither lost nor called loss', async () => {
	const scope = `ref:${COUNCIL}:pages`;
	const rows = Array.from({ length: 1_300 }, (_, n) => ({
		t: 'line',
		id: `r${String(n).padStart(4, '0')}`,
		v: { n }
	}));
	for (let n = 0; n < rows.length; n += 200)
		await server.database.transact((tx) => writeScope(tx, scope, rows.slice(n, n + 200)));
	const whole = await follow(scope, { cookie: null, rows: new Map() });
	expect([whole.pages, whole.rows.size, whole.checksum]).toEqual([3, 1_300, sum(whole.rows)]);
	let turn = 0;
	const moving = await follow(scope, { cookie: null, rows: new Map() }, () =>
		server.database.transact((tx) =>
			writeScope(tx, scope, [
				{ t: 'line', id: 'r1299', v: { turn: turn++ } },
				{ t: 'line', id: `new${turn}`, v: {} }
			])
		)
	);
	expect(moving.checksum).toBeUndefined();
	const settled = await follow(scope, moving);
	expect([settled.rows.size, settled.checksum]).toEqual([1_302, sum(settled.rows)]);
});

test('long rows fill a page by bytes, and one longer than a page still arrives', async () => {
	const scope = `ref:${COUNCIL}:long`;
	for (const n of [1, 2, 3, 4]) await write(`long${n}`, { text: 'x'.repeat(100_000) }, scope);
	await write('huge', { text: 'y'.repeat(300_000) }, scope);
	await write('after', { text: 'z' }, scope);
	const first = only(await ask([{ id: scope, cookie: null }]));
	expect(first.patch).toHaveLength(2);
	const all = await follow(scope, { cookie: null, rows: new Map() });
	expect([all.rows.size, all.checksum]).toEqual([6, sum(all.rows)]);
});

test('scopes that no longer fit into an answer wait for their turn', async () => {
	const answer = await ask([
		{ id: `ref:${COUNCIL}:pages`, cookie: null },
		{ id: shared, cookie: null }
	]);
	expect(answer.scopes[1]).toMatchObject({ id: shared, patch: [], next: expect.any(String) });
	const rest = only(await ask([{ id: shared, cookie: null, page: answer.scopes[1]!.next! }], null));
	expect(rest.patch.length).toBeGreaterThan(0);
	expect(rest.next).toBeUndefined();
});

test('a page token of another life, or nonsense, begins again', async () => {
	for (const page of ['', 'nonsense', 'ffffffff~9~1~0~~', `${epoch.slice(0, 8)}~x~1~y~t~i`]) {
		expect(only(await ask([{ id: shared, cookie: null, page }])).patch.length).toBeGreaterThan(0);
	}
});

test('what may not be read is revoked, whether it exists or not', async () => {
	const other = await oneChild(server.database, 'S2');
	const ids = [
		other.scopeId,
		`case:${crypto.randomUUID()}:shared`,
		`user:${crypto.randomUUID()}`,
		'nonsense'
	];
	const answer = await ask(ids.map((id) => ({ id, cookie: null })));
	expect([answer.scopes, answer.revoked]).toEqual([[], ids]);
});

test('a new life of the database resets everybody', async () => {
	const before = await follow(shared, { cookie: null, rows: new Map() });
	const old = epoch;
	epoch = await server.database.transact((tx) => mintEpoch(tx));
	expect(only(await ask([{ id: shared, cookie: before.cookie }], old)).reset).toBe(true);
	const after = only(await ask([{ id: shared, cookie: before.cookie }]));
	expect(after.reset).toBe(false);
	// The old life may have handed out more versions after the copy was made: none of them comes again.
	expect(after.to).toBeGreaterThan(before.cookie + 100_000);
});

test('an old phone is told which shape it needs, and a stranger to sign in', async () => {
	const refusal = async (body: object) =>
		(await answering(() => answerPull(new Browser().post('/api/sync/pull', body), server))).json();
	const body = { proto: 1, schema: 1, deviceId: crypto.randomUUID(), epoch: null, scopes: [] };
	expect(await refusal(body)).toEqual({ code: 'needs_sign_in' });
});

test('events of an import are one version', async () => {
	const { cookie } = await follow(shared, { cookie: null, rows: new Map() });
	const events = ['2026-02-01', '2026-02-02'].map((on) => ({ type: 'note' as const, on }));
	await server.database.transact((tx) => addCaseEvents(tx, shared, { events }));
	const delta = only(await ask([{ id: shared, cookie }]));
	expect([delta.to, delta.patch.length]).toEqual([cookie + 1, 2]);
});
