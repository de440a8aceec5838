import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCharacter } from '#contract/access/code.ts';
import { isKnownRow } from '#contract/rows.ts';
import { sentScope, sharedScope } from '#contract/scope.ts';
import { sentText } from '#contract/sent.ts';
import type { Ack } from '#contract/sync/push.ts';
import { ANSWER_LENGTH, MESSAGE_LENGTH } from '#contract/sync/sending.ts';
import { familyActor, staffActor } from '#server/access/actor.ts';
import { restore, suspend } from '#server/access/relationships.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { rowsOf } from '#server/cases/scope-writer.ts';
import type { Runtime } from '#server/runtime.ts';
import { accept } from '#server/sync/accept.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import type { Mutation, RowStore } from '#server/sync/row-store.ts';
import { receiptNumber } from '#server/sync/send.ts';
import { sqlRowStore } from '#server/sync/sql-row-store.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';
import { MemoryServer } from '../../support/memory-row-store.ts';
import { push, sealedMutation, type Change, type ServerKey } from '../../support/pushing.ts';
import { Phone } from '../../support/sign-in.ts';

/** What a family sends to the council: once, for good, with a receipt, and read by nobody else of the family. */
let server: Runtime;
let key: ServerKey;
beforeAll(async () => {
	server = await testRuntime();
	key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
});
afterAll(() => server.close());

const uuid = () => crypto.randomUUID();
const sealed = (change: Change) => sealedMutation(key, change);
const rowsIn = (scope: string) => server.database.transact((tx) => rowsOf(tx, scope));
const message = (text: string, more: object = {}) => ({ id: uuid(), text, ...more });
const views = (more: object = {}) => ({
	id: uuid(),
	form: 'annual-review',
	version: 1,
	answers: { hard: 'Mornings.', about: 'She likes drums.' },
	...more
});

async function twoGuardians(ref: string, bornOn?: string) {
	const guardians = [`${ref}-A`, `${ref}-B`];
	const { scopeId, caseId } = await oneChild(server.database, ref, { guardians, ...(bornOn && { bornOn }) });
	const [one, two] = [new Phone(server), new Phone(server)];
	await one.letter(scopeId, guardians[0]);
	await two.letter(scopeId, guardians[1]);
	return {
		scopeId,
		caseId,
		one,
		two,
		mine: sentScope(caseId, one.userId),
		theirs: sentScope(caseId, two.userId)
	};
}
const pulled = async (phone: Phone, ...scopes: string[]) => {
	const said = await phone.post(answerPull, {
		proto: 1,
		schema: 1,
		deviceId: phone.browser.deviceId,
		epoch: null,
		scopes: scopes.map((id) => ({ id, cookie: null }))
	});
	return said.body as unknown as {
		scopes: { id: string; patch: { t: string; id: string; v: unknown }[] }[];
		granted: string[];
		revoked: string[];
	};
};
const lines = (scope: string) =>
	server.database.db.selectFrom('audit_line').selectAll().where('scope', '=', scope).execute();

test('a message is kept as it was sent, with a receipt that anybody can check, and asking again gives the same one', async () => {
	const { one, mine } = await twoGuardians('SE1');
	const args = message('The taxi did not come.\nAgain.', {
		about: 'AR-12W-OUTER',
		lang: 'ur',
		interpreter: 'ur'
	});
	const mutation = await sealed({ seq: 1, name: 'message.send', scope: mine, args });
	const first = await push(one, [mutation]);
	const ack = first.acks[0]!;
	expect(ack).toMatchObject({ status: 'done', ver: 1, receipt: { no: receiptNumber(mutation.mid) } });
	const { id, ...words } = args;
	const { no, at, sha256 } = ack.receipt!;
	const rows = await rowsIn(mine);
	expect(rows).toMatchObject([{ t: 'message', id, v: { ...words, by: 'family', at, receipt: no, sha256 } }]);
	expect(isKnownRow(rows[0]!)).toBe(true);
	// The sum is of what was sent, and the row still says all of it.
	expect(sentText(id, rows[0]!.v as object)).toBe(sentText(id, words));
	expect(createHash('sha256').update(sentText(id, words)).digest('hex')).toBe(sha256);
	expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
	expect((await push(one, [mutation])).acks).toEqual(first.acks);
	const anew = await sealed({ seq: 1, name: 'message.send', scope: mine, args, mid: mutation.mid });
	expect((await push(one, [anew])).acks).toEqual(first.acks);
	expect(await rowsIn(mine)).toEqual(rows);
});

test('a form is kept with its version, and one that brings it up to date stands beside it', async () => {
	const { one, mine } = await twoGuardians('SE2');
	const args = views();
	const later = views({ answers: { hard: 'Evenings too.' }, replaces: args.id });
	const said = await push(one, [
		await sealed({ seq: 1, name: 'views.send', scope: mine, args }),
		await sealed({ seq: 2, name: 'views.send', scope: mine, args: later })
	]);
	expect(said.acks.map((ack) => ack.status)).toEqual(['done', 'done']);
	const rows = await rowsIn(mine);
	for (const [at, { id, ...words }] of [args, later].entries()) {
		const row = rows.find((one) => one.id === id)!;
		expect(row).toMatchObject({ t: 'submission', v: { ...words, receipt: said.acks[at]!.receipt!.no } });
		expect(isKnownRow(row)).toBe(true);
	}
});

/** One phone of one person over the database, and one over the maps; `mine` is theirs to write, `theirs` the co-parent's. */
type Desk = { mine: string; theirs: string; fam: string; accept: (one: Mutation) => Promise<Ack> };
const ackOf = async (store: RowStore, one: Mutation): Promise<Ack> => {
	const accepted = await accept(store, one);
	if ('stop' in accepted) throw new Error(accepted.stop.code);
	return accepted.ack;
};
const DESKS: Record<string, () => Promise<Desk>> = {
	async database() {
		const { one, caseId, mine, theirs } = await twoGuardians(`SE3-${uuid()}`);
		return {
			mine,
			theirs,
			fam: `case:${caseId}:fam`,
			accept: (mutation) =>
				server.database.transact(async (tx) =>
					ackOf(await sqlRowStore(tx, await familyActor(tx, one.userId), one.browser.deviceId), mutation)
				)
		};
	},
	async maps() {
		const [caseId, account] = [uuid(), uuid()];
		const [mine, fam] = [sentScope(caseId, account), `case:${caseId}:fam`];
		const memory = new MemoryServer();
		memory.writable.set(account, new Set([mine, fam]));
		const store = memory.store(account, 'd');
		return { mine, theirs: sentScope(caseId, uuid()), fam, accept: (one) => ackOf(store, one) };
	}
};

describe.each(Object.keys(DESKS))('over the %s', (over) => {
	test('each form is taken by its own questions, with choices as their ids', async () => {
		const { mine, accept } = await DESKS[over]!();
		let seq = 0;
		const send = async (more: object) => {
			const mid = uuid();
			const ack = await accept({
				...{ mid, seq: ++seq, scope: mine, name: 'views.send', args: views(more), hash: mid }
			});
			return ack.code ?? ack.status;
		};
		for (const more of [
			{ form: 'child-voice', answers: { feel: 'happy,calm|Not on Mondays.', tell: 'Hello.' } },
			{ form: 'draft-answer', answers: { meeting: 'yes', missing: 'Help at lunch.' } },
			{ form: 'after-review', answers: { heard: '|They did not ask.' } },
			{ form: 'profile', answers: { matters: 'Trains.' } }
		])
			expect(await send(more)).toBe('done');
	});

	test('what cannot be sent is refused for good and holds nothing up; what is sent is never changed', async () => {
		const { mine, theirs, fam, accept } = await DESKS[over]!();
		let seq = 0;
		const send = async (name: string, scope: string, args: unknown) => {
			const mid = uuid();
			const ack = await accept({ mid, seq: ++seq, scope, name, args, hash: mid });
			return ack.code ?? ack.status;
		};
		const kept = message('As it was.');
		const form = views();
		expect(await send('message.send', mine, kept)).toBe('done');
		expect(await send('views.send', mine, form)).toBe('done');
		expect(await send('message.send', mine, kept)).toBe('already_sent');
		expect(await send('message.send', mine, { ...kept, text: 'Other words.' })).toBe('already_sent');
		expect(await send('views.send', mine, { ...form, answers: { hard: 'Nothing.' } })).toBe('already_sent');
		for (const [scope, code] of [
			[fam, 'not_allowed'],
			[theirs, 'not_allowed'],
			['case:nothing', 'not_allowed']
		] as const) {
			expect(await send('message.send', scope, message('Hello.'))).toBe(code);
			expect(await send('views.send', scope, views())).toBe(code);
		}
		expect(
			await send('note.put', mine, { id: uuid(), baseVer: null, patch: { text: 'x', on: '2026-01-01' } })
		).toBe('not_allowed');
		for (const args of [
			message(''),
			message('x'.repeat(MESSAGE_LENGTH + 1)),
			{ ...message('x'), id: 'x' },
			message('x', { lang: 'not a tag!' }),
			null
		])
			expect(await send('message.send', mine, args)).toBe('bad_args');
		for (const more of [
			{ form: 'complaint' },
			{ version: 2 },
			{ version: 0 },
			{ answers: {} },
			{ answers: { hard: 'x', tried: 'a question of the other form' } },
			{ answers: { constructor: 'x' } },
			{ answers: { hard: '' } },
			{ answers: { hard: 'x'.repeat(ANSWER_LENGTH + 1) } },
			// Choices are ids of the form, each once, in its order, and no more than it takes.
			{ form: 'child-voice', answers: { feel: 'I am happy' } },
			{ form: 'child-voice', answers: { feel: 'calm,happy' } },
			{ form: 'child-voice', answers: { feel: 'happy|' } },
			{ form: 'child-voice', answers: { feel: 'quiet' } },
			{ form: 'draft-answer', answers: { meeting: 'yes,no' } }
		])
			expect(await send('views.send', mine, views(more))).toBe('bad_args');
		// What was taken back keeps its number and does nothing, where the person may write.
		expect(await send('none', mine, undefined)).toBe('done');
		expect(await send('none', fam, { text: 'never looked at' })).toBe('done');
		expect(await send('none', theirs, {})).toBe('not_allowed');
		expect(await send('message.send', mine, message('x'.repeat(MESSAGE_LENGTH)))).toBe('done');
		if (over === 'database') {
			const rows = await rowsIn(mine);
			expect(rows.map((row) => row.t)).toEqual(['message', 'message', 'submission']);
			expect(rows.find((row) => row.id === kept.id)!.v).toMatchObject({ text: 'As it was.' });
			expect(rows.find((row) => row.id === form.id)!.v).toMatchObject({ answers: form.answers });
			expect(await rowsIn(fam)).toEqual([]);
			expect(await rowsIn(theirs)).toEqual([]);
		}
	});
});

test('the person who sent it pulls it on every phone; the other guardian neither hears of it nor can ask', async () => {
	const { scopeId, one, two, mine, theirs } = await twoGuardians('SE4');
	const args = message('Only for the council.');
	await push(one, [await sealed({ seq: 1, name: 'message.send', scope: mine, args })]);
	const other = await pulled(two, scopeId, mine);
	expect([other.revoked, other.granted.includes(mine)]).toEqual([[mine], false]);
	expect(JSON.stringify(other)).not.toContain(args.text);
	expect((await pulled(one, scopeId)).granted).toContain(mine);
	const own = await pulled(one, mine);
	expect(own.scopes).toMatchObject([{ id: mine, patch: [{ t: 'message', id: args.id }] }]);
	// Into the other's: refused, and it is theirs as before.
	const into = await push(one, [
		await sealed({ seq: 2, name: 'message.send', scope: theirs, args: message('x') })
	]);
	expect(into.acks[0]).toMatchObject({ status: 'rejected', code: 'not_allowed' });
	expect(await rowsIn(theirs)).toEqual([]);
});

test('a held person sends and reads nothing while the hold runs, and everything is there afterwards', async () => {
	const { scopeId, one, mine } = await twoGuardians('SE5');
	await push(one, [await sealed({ seq: 1, name: 'message.send', scope: mine, args: message('Before.') })]);
	const staff = await server.database.transact((tx) =>
		staffActor(tx, { staffId: uuid(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	const decision = { caseScope: scopeId, accountId: one.userId };
	await server.database.transact((tx) => suspend(tx, staff, { ...decision, reason: 'court-order' }));
	const held = await push(one, [
		await sealed({ seq: 2, name: 'message.send', scope: mine, args: message('Meanwhile.') }),
		await sealed({ seq: 3, name: 'views.send', scope: mine, args: views() })
	]);
	expect(held.acks.map((ack) => ack.code)).toEqual(['not_allowed', 'not_allowed']);
	expect((await pulled(one, mine)).revoked).toEqual([mine]);
	await server.database.transact((tx) => restore(tx, staff, decision));
	expect((await pulled(one, mine)).scopes[0]!.patch).toHaveLength(1);
	const after = await push(one, [
		await sealed({ seq: 4, name: 'message.send', scope: mine, args: message('After.') })
	]);
	expect(after.acks[0]!.status).toBe('done');
});

test('when the record has become the young person’s, a parent reads what they sent and sends no more', async () => {
	const { scopeId, caseId, one, mine } = await twoGuardians('SE6');
	await push(one, [await sealed({ seq: 1, name: 'message.send', scope: mine, args: message('Before.') })]);
	await server.database.db
		.updateTable('case_file')
		.set({ rights_moved_at: new Date(Date.now() - 1_000) })
		.where('scope_id', '=', scopeId)
		.execute();
	const said = await push(one, [
		await sealed({ seq: 2, name: 'message.send', scope: mine, args: message('After.') }),
		await sealed({ seq: 3, name: 'views.send', scope: mine, args: views() })
	]);
	expect(said.acks.map((ack) => ack.code)).toEqual(['not_allowed', 'not_allowed']);
	const told = await pulled(one, mine, sharedScope(caseId));
	expect(told.revoked).toEqual([sharedScope(caseId)]);
	expect(told.scopes[0]!.patch).toHaveLength(1);
});

test('the audit says that something was sent, once, by which row, and not one of its words', async () => {
	const { one, mine } = await twoGuardians('SE7');
	const [text, form] = [message('Quince and medlar.'), views({ answers: { hard: 'Quince and medlar.' } })];
	const all = [
		await sealed({ seq: 1, name: 'message.send', scope: mine, args: text }),
		await sealed({ seq: 2, name: 'views.send', scope: mine, args: form }),
		await sealed({ seq: 3, name: 'message.send', scope: mine, args: text }),
		await sealed({ seq: 4, name: 'none', scope: mine, args: {} })
	];
	await push(one, all);
	await push(one, all.slice(0, 2));
	const written = await lines(mine);
	const from = { actor: one.userId, actor_role: 'guardian', outcome: 'done', device: one.browser.deviceId };
	expect(written).toMatchObject([
		{ ...from, action: 'scope-write', object: text.id },
		{ ...from, action: 'submission', object: form.id }
	]);
	expect(JSON.stringify(written)).not.toMatch(/quince|SE7|Guardian SE/i);
});

test('half an emoji, a zero and an id in capitals are sent like anything else, and hold nothing up', async () => {
	const { one, mine } = await twoGuardians('SE8');
	const args = { ...message('Cut \ud83d here\0.'), id: uuid().toUpperCase() };
	const said = await push(one, [await sealed({ seq: 1, name: 'message.send', scope: mine, args })]);
	expect(said.acks[0]!.status).toBe('done');
	expect((await rowsIn(mine))[0]!.v).toMatchObject({ text: 'Cut \ufffd here.' });
});

test('a receipt number can be read out, and a slip in it is noticed', () => {
	const seen = new Set<string>();
	for (let n = 0; n < 2_000; n++) {
		const mid = uuid();
		const no = receiptNumber(mid);
		expect(no).toMatch(/^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
		const eight = no.replaceAll('-', '').slice(1);
		expect(checkCharacter(eight.slice(0, 7))).toBe(eight[7]);
		expect(receiptNumber(mid)).toBe(no);
		seen.add(no);
	}
	expect(seen.size).toBe(2_000);
});
