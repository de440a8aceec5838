import { afterAll, beforeAll, expect, test } from 'vitest';
import { userScope } from '#contract/scope.ts';
import { familyActor, staffActor } from '#server/access/actor.ts';
import { recordCapacity } from '#server/access/capacity.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { can } from '#server/access/can.ts';
import {
	endRelationship,
	linkedPeople,
	restore,
	restrict,
	suspend,
	type Decision
} from '#server/access/relationships.ts';
import { roleOfWord, type StaffRole } from '#server/access/roles.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { pull } from '#server/sync/pull.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, letterCode, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

const STAFF = crypto.randomUUID();
const staffOf = (scopeId: string, role: StaffRole = 'manager', council = COUNCIL) =>
	server.database.transact((tx) => staffActor(tx, { staffId: STAFF, council, role }, [scopeId]));

async function twoGuardians(caseRef: string) {
	const guardians = [`${caseRef}-A`, `${caseRef}-B`];
	const { scopeId, caseId } = await oneChild(server.database, caseRef, { guardians });
	const people = [];
	for (const ref of guardians) {
		const browser = new Browser();
		const body = {
			code: await letterCode(server.database, scopeId, ref),
			bornOn: '2017-05-04',
			deviceId: browser.deviceId,
			deviceName: 'Phone'
		};
		const answer = await answering(() => answerRedeem(browser.post('/', body), server));
		expect(answer.status).toBe(200);
		people.push(((await answer.json()) as { userId: string }).userId);
	}
	return { scopeId, caseId, first: people[0]!, second: people[1]! };
}

const pulled = (accountId: string, scopeId: string) =>
	server.database.transact(
		async (tx) =>
			pull(tx, await familyActor(tx, accountId), {
				proto: 1,
				schema: 1,
				deviceId: crypto.randomUUID(),
				epoch: null,
				scopes: [{ id: scopeId, cookie: null }]
			}),
		{ isolation: 'repeatable read', readOnly: true }
	);
const lastLine = () =>
	server.database.db
		.selectFrom('audit_line')
		.selectAll()
		.orderBy('day', 'desc')
		.orderBy('n', 'desc')
		.limit(1)
		.executeTakeFirst();

test('a suspended guardian’s next pull drops the scope and nothing else; the other’s goes on; restoring gives it back', async () => {
	const { scopeId, first, second } = await twoGuardians('R1');
	const staff = await staffOf(scopeId);
	const before = await server.database.db
		.selectFrom('scope')
		.select('ver')
		.where('id', '=', userScope(first))
		.executeTakeFirst();
	const one: Decision = { caseScope: scopeId, accountId: first };
	const done = await server.database.transact((tx) =>
		suspend(tx, staff, { ...one, reason: 'court-order', address: '192.0.2.9' })
	);
	expect(done).toEqual({ ok: true });
	expect(await pulled(first, scopeId)).toMatchObject({ revoked: [scopeId], scopes: [] });
	expect(await pulled(second, scopeId)).toMatchObject({ revoked: [], scopes: [{ id: scopeId }] });
	// What makes their phone look: the version of their own scope rose. No row says why.
	const after = await server.database.db
		.selectFrom('scope')
		.select('ver')
		.where('id', '=', userScope(first))
		.executeTakeFirstOrThrow();
	expect(after.ver).toBe((before?.ver ?? 0) + 1);
	expect(await pulled(first, userScope(first))).toMatchObject({ scopes: [{ patch: [] }] });
	expect(await lastLine()).toMatchObject({
		actor: STAFF,
		actor_role: 'manager',
		action: 'suspend',
		reason: 'court-order',
		object: first,
		scope: scopeId,
		outcome: 'done',
		ip_trunc: '192.0.2.0/24'
	});
	const again = await server.database.transact((tx) =>
		suspend(tx, staff, { ...one, reason: 'safeguarding' })
	);
	expect(again).toEqual({ ok: false, code: 'unknown' });
	expect(
		(await server.database.transact((tx) => linkedPeople(tx, scopeId))).map((row) => row.hold?.reason)
	).toContain('court-order');
	expect(await server.database.transact((tx) => restore(tx, staff, one))).toEqual({ ok: true });
	expect(await pulled(first, scopeId)).toMatchObject({ revoked: [], scopes: [{ id: scopeId }] });
});

test('a limit narrows what is written together, for that person alone, until it is taken back', async () => {
	const { scopeId, caseId, first, second } = await twoGuardians('R1L');
	const staff = await staffOf(scopeId);
	const one = { caseScope: scopeId, accountId: first, reason: 'court-order' as const };
	const fam = `case:${caseId}:fam`;
	const mayOf = async (accountId: string) => {
		const actor = await server.database.transact((tx) => familyActor(tx, accountId));
		return [can(actor, 'read', fam), can(actor, 'write', fam), can(actor, 'read', scopeId)];
	};
	const set = (to: 'read-only' | 'no-family-scope' | null, by = staff) =>
		server.database.transact((tx) => restrict(tx, by, { ...one, to }));
	expect(await mayOf(first)).toEqual([true, true, true]);
	expect(await set('read-only')).toEqual({ ok: true });
	expect(await mayOf(first)).toEqual([true, false, true]);
	expect(await set('no-family-scope')).toEqual({ ok: true });
	expect([await mayOf(first), await mayOf(second)]).toEqual([
		[false, false, true],
		[true, true, true]
	]);
	expect(await pulled(first, fam)).toMatchObject({ revoked: [fam] });
	expect(await lastLine()).toMatchObject({
		action: 'limit-no-family-scope',
		reason: 'court-order',
		object: first
	});
	expect(await set('no-family-scope')).toEqual({ ok: false, code: 'unknown' });
	expect(await set(null, await staffOf(scopeId, 'publisher'))).toEqual({ ok: false, code: 'not_allowed' });
	expect(await set(null)).toEqual({ ok: true });
	expect(await mayOf(first)).toEqual([true, true, true]);
});

test('an ended relationship stays ended for an old letter and opens by a new one', async () => {
	const { scopeId, caseId, first } = await twoGuardians('R2');
	const staff = await staffOf(scopeId);
	const end = { caseScope: scopeId, accountId: first, reason: 'no-longer-responsible' as const };
	expect(await server.database.transact((tx) => endRelationship(tx, staff, end))).toEqual({ ok: true });
	const actor = await server.database.transact((tx) => familyActor(tx, first));
	for (const tail of ['shared', 'fam', `own:${first}`])
		expect(can(actor, 'read', `case:${caseId}:${tail}`)).toBe(false);
	expect(await server.database.transact((tx) => endRelationship(tx, staff, end))).toEqual({
		ok: false,
		code: 'unknown'
	});
});

test.each([
	['a publisher', 'publisher', COUNCIL],
	['a manager of another council', 'manager', 'X99000008']
] as const)('%s decides nothing, and the try is written down', async (_, role, council) => {
	const { scopeId, first } = await twoGuardians(`R3-${role}`);
	const staff = await staffOf(scopeId, role, council);
	const one: Decision = { caseScope: scopeId, accountId: first };
	const { database } = server;
	for (const [action, ask] of [
		['suspend', database.transact((tx) => suspend(tx, staff, { ...one, reason: 'court-order' }))],
		['restore', database.transact((tx) => restore(tx, staff, one))],
		['access-end', database.transact((tx) => endRelationship(tx, staff, { ...one, reason: 'mistake' }))],
		['capacity', database.transact((tx) => recordCapacity(tx, staff, { ...one, says: 'represented' }))]
	] as const) {
		expect(await ask).toEqual({ ok: false, code: 'not_allowed' });
		const written = await database.db
			.selectFrom('audit_line')
			.select('outcome')
			.where('action', '=', action)
			.where('scope', '=', scopeId)
			.execute();
		expect(written).toEqual([{ outcome: 'refused' }]);
	}
	expect(await pulled(first, scopeId)).toMatchObject({ revoked: [] });
});

test('a roster’s words become roles, and no file makes a supporter or a professional', () => {
	const made = [
		'parent',
		'Mother',
		'parent carer',
		'Foster carer',
		'carer',
		'Young person',
		'young-person',
		'Young mother',
		'Parent of the young person',
		'Young carer',
		'supporter',
		''
	].map(roleOfWord);
	const guardian = 'guardian';
	const young = 'young-person';
	expect(made).toEqual([
		...[guardian, guardian, guardian, 'carer', 'carer', young, young],
		...[guardian, guardian, guardian, guardian, guardian]
	]);
});
