import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderedJson } from '#contract/ordered-json.ts';
import { familyActor } from '#server/access/actor.ts';
import { sha256 } from '#server/access/keyed-hash.ts';
import { rowsOf } from '#server/cases/scope-writer.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import type { Runtime } from '#server/runtime.ts';
import { accept } from '#server/sync/accept.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import type { Mutation, RowStore } from '#server/sync/row-store.ts';
import { sqlRowStore } from '#server/sync/sql-row-store.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { testRuntime } from '../../support/family.ts';
import { MemoryServer } from '../../support/memory-row-store.ts';
import { push, sealedMutation, type Change } from '../../support/pushing.ts';
import { family, type Phone } from '../../support/sign-in.ts';

/** What a phone pushes is settled once, in order, and nothing of it is lost; the same over the database and over plain maps. */
let server: Runtime;
let key: { kid: string; public: string };
beforeAll(async () => {
	server = await testRuntime();
	key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
});
afterAll(() => server.close());

const famOf = async (phone: Phone): Promise<string> => {
	const actor = await server.database.transact((tx) => familyActor(tx, phone.userId));
	return `case:${[...actor.cases.keys()][0]}:fam`;
};
const sealed = (change: Change) => sealedMutation(key, change);
const notesOf = (scope: string) => server.database.transact((tx) => rowsOf(tx, scope, 'note'));
const newNote = (text: string) => ({
	id: crypto.randomUUID(),
	baseVer: null,
	patch: { text, on: '2026-11-25' }
});

test('what is pushed is there, is pulled with its acknowledgement, and asking again gives the same answer', async () => {
	const { phone } = await family(server, 'PU1');
	const scope = await famOf(phone);
	const args = newNote('The taxi did not come.');
	const one = await sealed({ seq: 1, scope, args });
	const first = await push(phone, [one]);
	expect(first).toMatchObject({ lastSeq: 1, acks: [{ mid: one.mid, seq: 1, status: 'done', ver: 1 }] });
	expect((await push(phone, [one])).acks).toEqual(first.acks);
	// Sealed anew, as after a change of the server's key: the same words are the same change.
	expect((await push(phone, [await sealed({ seq: 1, scope, args, mid: one.mid })])).acks).toEqual(first.acks);
	expect((await notesOf(scope)).map((row) => row.v)).toEqual([args.patch]);
	const ask = { proto: 1, schema: 1, deviceId: phone.browser.deviceId, epoch: null };
	const pulled = (acked: number) =>
		phone.post(answerPull, { ...ask, acked, scopes: [{ id: scope, cookie: null }] });
	expect((await pulled(0)).body).toMatchObject({
		acks: { lastSeq: 1, recent: first.acks },
		scopes: [{ patch: [{ t: 'note', id: args.id }] }]
	});
	expect((await pulled(1)).body).toMatchObject({ acks: { lastSeq: 1, recent: [] } });
});

test('a refused change holds up nothing after it, and a missing one everything', async () => {
	const { phone } = await family(server, 'PU2');
	const { phone: other } = await family(server, 'PU3');
	const [mine, theirs] = [await famOf(phone), await famOf(other)];
	const reused = await sealed({ seq: 5, scope: mine, args: newNote('one') });
	const said = await push(phone, [
		await sealed({ seq: 1, scope: theirs, args: newNote('into another family') }),
		await sealed({ seq: 2, scope: mine, name: 'plan.rewrite', args: {} }),
		await sealed({ seq: 3, scope: mine, args: { id: 'x' } }),
		await sealed({ seq: 4, scope: `user:${phone.userId}`, args: newNote('not a place for notes') }),
		reused,
		await sealed({ seq: 6, scope: mine, args: newNote('other words, same id'), mid: reused.mid }),
		await sealed({ seq: 7, scope: mine, args: newNote('two') }),
		await sealed({ seq: 9, scope: mine, args: newNote('after a gap') })
	]);
	expect(said.acks.map((one) => one.code ?? one.status)).toEqual([
		'not_allowed',
		'unknown_name',
		'bad_args',
		'not_allowed',
		'done',
		'mid_reuse',
		'done'
	]);
	expect([said.lastSeq, said.stopped]).toEqual([7, { code: 'gap', expected: 8 }]);
	expect((await notesOf(theirs)).length).toBe(0);
	// A copied phone: the number was used, by another change.
	const copied = await push(phone, [await sealed({ seq: 7, scope: mine, args: newNote('from the copy') })]);
	expect([copied.acks, copied.stopped]).toEqual([[], { code: 'device_fork' }]);
	expect((await notesOf(mine)).map((row) => (row.v as { text: string }).text).sort()).toEqual(['one', 'two']);
});

test('an envelope opens only where it was sealed for, and an unknown key stops without settling', async () => {
	const { phone } = await family(server, 'PU4');
	const scope = await famOf(phone);
	const one = await sealed({ seq: 1, scope, args: newNote('words') });
	for (const moved of [
		{ ...one, scope: `user:${phone.userId}` },
		{ ...one, mid: crypto.randomUUID() },
		{ ...one, envelope: { ...one.envelope, kid: crypto.randomUUID() } }
	])
		expect(await push(phone, [moved])).toMatchObject({
			lastSeq: 0,
			acks: [],
			stopped: { code: 'unknown_key' }
		});
	expect(await push(phone, [one])).toMatchObject({ lastSeq: 1, acks: [{ status: 'done' }] });
});

test('two phones change one note apart: other fields join, the same field stands beside, unseen words are not deleted', async () => {
	const memory = new MemoryServer();
	const scope = `case:${crypto.randomUUID()}:fam`;
	memory.writable.set('A', new Set([scope]));
	const [one, two] = [memory.store('A', 'd1'), memory.store('A', 'd2')];
	const id = crypto.randomUUID();
	const change = (seq: number, args: object, name = 'note.put'): Mutation => ({
		mid: crypto.randomUUID(),
		seq,
		scope,
		name,
		hash: orderedJson(args),
		args: { id, ...args }
	});
	const v = () => memory.scope(scope).rows.get(`note ${id}`);
	const about = crypto.randomUUID();
	await accept(one, change(1, { baseVer: null, patch: { text: 'first', on: '2026-11-01' } }));
	// Its own later change, made before it heard a version.
	await accept(one, change(2, { baseVer: null, patch: { text: 'second' } }));
	expect(v()?.v).toEqual({ text: 'second', on: '2026-11-01' });
	expect(await accept(two, change(1, { baseVer: 1, patch: { text: 'theirs', about } }))).toMatchObject({
		ack: { status: 'done', beside: ['text'] }
	});
	expect(v()?.v).toMatchObject({ text: 'second', about, others: [{ fields: { text: 'theirs' } }] });
	expect(await accept(one, change(3, { baseVer: 2 }, 'note.delete'))).toMatchObject({
		ack: { code: 'changed' }
	});
	expect(await accept(one, change(4, { baseVer: 3 }, 'note.delete'))).toMatchObject({
		ack: { status: 'done' }
	});
	expect(await accept(two, change(2, { baseVer: 3, patch: { text: 'late' } }))).toMatchObject({
		ack: { code: 'superseded' }
	});
	expect(v()).toMatchObject({ deleted: true, v: null });
});

/** What phones may do, also what none of ours does. */
type Step = {
	phone: 0 | 1;
	note: 0 | 1;
	seq: number;
	base: number;
	what: 'text' | 'on' | 'about' | 'delete' | 'message' | 'views' | 'none';
	again: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
	phone: fc.constantFrom(0, 1),
	note: fc.constantFrom(0, 1),
	// Mostly the next number, sometimes one that skips or was used.
	seq: fc.constantFrom(1, 1, 1, 1, 1, 0, 2),
	base: fc.nat(6),
	what: fc.constantFrom(
		'text',
		'text',
		'on',
		'about',
		'delete',
		'message',
		'message',
		'views',
		'views',
		'none'
	),
	again: fc.boolean()
});

type Changing = Pick<Step, 'what' | 'base'> & { id: string; fam: string; sent: string };
function changeOf({ what, base, id, fam, sent }: Changing): Pick<Mutation, 'name' | 'scope' | 'args'> {
	const text = crypto.randomUUID();
	const baseVer = base || null;
	// What was taken back: the arguments are no matter.
	if (what === 'none') return { name: 'none', scope: base > 3 ? fam : sent, args: {} };
	if (what === 'message') return { name: 'message.send', scope: sent, args: { id, text } };
	if (what === 'views') {
		// Of a form that exists, and of one that does not.
		const args = { id, form: 'annual-review', version: base > 4 ? 9 : 1, answers: { hard: text } };
		return { name: 'views.send', scope: sent, args };
	}
	if (what === 'delete') return { name: 'note.delete', scope: fam, args: { id, baseVer } };
	const value = { text, on: '2026-01-01', about: id }[what];
	const patch = base === 0 ? { text: value, on: '2026-02-02' } : { [what]: value };
	return { name: 'note.put', scope: fam, args: { id, baseVer, patch } };
}

test(
	'over random changes of two phones, the database and the maps give the same answers and hold the same rows',
	{ timeout: 240_000 },
	async () => {
		let round = 0;
		let moments = 0;
		let receipts = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
				const { phone } = await family(server, `PM${round++}`);
				const fam = await famOf(phone);
				const sent = fam.replace(/fam$/, `sent:${phone.userId}`);
				const second = crypto.randomUUID();
				await server.database.db
					.insertInto('device')
					.values({ account_id: phone.userId, id: second, name: 'Second' })
					.execute();
				const devices = [phone.browser.deviceId, second] as const;
				const memory = new MemoryServer();
				memory.writable.set(phone.userId, new Set([fam, sent]));
				// Both ask one clock, which stands still for each change.
				let now = '';
				memory.clock = () => now;
				const notes = [crypto.randomUUID(), crypto.randomUUID()] as const;
				const last: [Mutation | null, Mutation | null] = [null, null];
				const inDatabase = (device: string, work: (store: RowStore) => Promise<unknown>) =>
					server.database.transact(async (tx) =>
						work({
							...(await sqlRowStore(tx, await familyActor(tx, phone.userId), device)),
							now: async () => now
						})
					);
				for (const { phone: at, note, seq, base, what, again } of steps) {
					const device = devices[at];
					const memoryStore = memory.store(phone.userId, device);
					now = new Date(Date.UTC(2026, 0, 1) + moments++ * 1000).toISOString();
					const { name, scope, args } = changeOf({ what, base, id: notes[note], fam, sent });
					const fresh: Mutation = {
						mid: crypto.randomUUID(),
						seq: (await memoryStore.lastSeq()) + seq,
						scope,
						name,
						args,
						hash: sha256(orderedJson({ name, args }))
					};
					const one = (again && last[at]) || fresh;
					last[at] = one;
					const expected = await accept(memoryStore, one);
					expect(await inDatabase(device, (store) => accept(store, one))).toEqual(expected);
				}
				for (const scope of [fam, sent]) {
					const rows = (await server.database.transact((tx) => rowsOf(tx, scope))).map(
						({ t, id, ver, v }) => ({ place: `${t} ${id}`, ver, v })
					);
					const held = [...memory.scope(scope).rows]
						.filter(([, row]) => !row.deleted)
						.map(([place, { ver, v }]) => ({ place, ver, v }));
					expect(rows).toEqual(held.sort((a, b) => (a.place < b.place ? -1 : 1)));
					if (scope === sent) receipts += held.length;
				}
			}),
			{ numRuns: 40 }
		);
		expect(receipts).toBeGreaterThan(10);
	}
);
