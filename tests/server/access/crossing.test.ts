import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerDevices, answerRevoke } from '#server/access/answer-devices.ts';
import { answerDeviceSecret } from '#server/access/answer-device-secret.ts';
import { answerQuarantine } from '#server/access/answer-quarantine.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerSession } from '#server/access/answer-session.ts';
import { staffActor } from '#server/access/actor.ts';
import { endRelationship, restore, suspend, type Decision } from '#server/access/relationships.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import type { StaffActor } from '#server/access/can.ts';
import type { Tx } from '#server/db/transaction.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { COUNCIL, letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { sealFor } from '../../support/seal-for.ts';
import { family, Phone } from '../../support/sign-in.ts';

/** Two families, one of which knows every id of the other; and somebody who is shut out with a page half read. */
let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

type Pulled = {
	epoch: string;
	scopes: { id: string; to: number; next?: string; patch: unknown[] }[];
	revoked: string[];
};
async function pull(phone: Phone, scopes: object[], epoch: string | null = null): Promise<Pulled> {
	const { deviceId } = phone.browser;
	const reply = await phone.post(answerPull, { proto: 1, schema: 1, deviceId, epoch, scopes });
	expect(reply.status).toBe(200);
	return reply.body as Pulled;
}
/** More rows than one page holds, so that a page is left over. */
const fill = (scope: string) =>
	server.database.transact((tx) =>
		writeScope(
			tx,
			scope,
			Array.from({ length: 700 }, (_, n) => ({ t: 'event', id: `e${n}`, v: { words: `secret ${n}` } }))
		)
	);
const allOf = async (phone: Phone): Promise<string[]> =>
	((await phone.post(answerDevices, {})).body as { devices: { id: string }[] }).devices.map((one) => one.id);

test('a device’s id in two families is two phones: removing, unlocking and handing over stay in one', async () => {
	const { phone: victim } = await family(server, 'CR1');
	const { scopeId } = await oneChild(server.database, 'CR2', { guardians: ['CR2-G'] });
	const thief = new Phone(server);
	// Says the victim's id for its own.
	const ask = {
		code: await letterCode(server.database, scopeId, 'CR2-G'),
		bornOn: '2017-05-04',
		deviceId: victim.browser.deviceId,
		deviceName: 'Phone'
	};
	expect((await thief.post(answerRedeem, ask)).status).toBe(200);
	expect(await victim.signedIn()).toBe(true);
	const secrets = [
		(await victim.post(answerDeviceSecret, {})).body['secret'],
		(await thief.post(answerDeviceSecret, {})).body['secret']
	];
	expect(secrets[0]).not.toBe(secrets[1]);
	const { serverKey } = (await thief.get(answerSession)).body as { serverKey: never };
	expect((await thief.post(answerRevoke, { id: victim.browser.deviceId })).status).toBe(200);
	expect(await victim.signedIn()).toBe(true);
	expect((await victim.post(answerDeviceSecret, {})).body['secret']).toBe(secrets[0]);
	const item = { id: crypto.randomUUID(), envelope: await sealFor(serverKey, 'mine') };
	expect((await thief.post(answerQuarantine, { items: [item] })).body).toEqual({ kept: 1 });
	expect((await victim.post(answerQuarantine, { items: [item] })).status).toBe(401);
	const rows = await server.database.db.selectFrom('quarantine').select('account_id').execute();
	expect(rows.map((row) => row.account_id)).not.toContain(victim.userId);
	expect(await allOf(victim)).toEqual([victim.browser.deviceId]);
});

test('another family’s page tokens, cookies and versions open nothing of theirs', async () => {
	const { phone: victim, scopeId } = await family(server, 'CR3');
	const { phone: thief, scopeId: own } = await family(server, 'CR4');
	await fill(scopeId);
	const first = await pull(victim, [{ id: scopeId, cookie: null }]);
	const page = first.scopes[0]!.next!;
	expect(page).toBeTruthy();
	const asked = [scopeId, scopeId.replace(':shared', ':fam'), `user:${victim.userId}`].flatMap((id) => [
		{ id, cookie: null, page },
		{ id, cookie: 0, page }
	]);
	for (const scopes of asked.map((one) => [one])) {
		const heard = await pull(thief, scopes, first.epoch);
		expect(heard).toMatchObject({ scopes: [], revoked: [scopes[0]!.id] });
	}
	const mine = await pull(thief, [{ id: own, cookie: null, page }], first.epoch);
	expect(JSON.stringify(mine)).not.toContain('secret');
});

const END = { reason: 'no-longer-responsible' } as const;
const HOLD = { reason: 'court-order' } as const;
test.each([
	['ended', (tx: Tx, staff: StaffActor, one: Decision) => endRelationship(tx, staff, { ...one, ...END })],
	['suspended', (tx: Tx, staff: StaffActor, one: Decision) => suspend(tx, staff, { ...one, ...HOLD })]
] as const)('with a page half read, whoever is %s reads no more of it', async (how, shutOut) => {
	const { phone, scopeId } = await family(server, `CR5-${how}`);
	await fill(scopeId);
	const first = await pull(phone, [{ id: scopeId, cookie: null }]);
	const rest = [{ id: scopeId, cookie: null, page: first.scopes[0]!.next! }];
	expect((await pull(phone, rest, first.epoch)).scopes[0]!.patch.length).toBeGreaterThan(0);
	const one = { caseScope: scopeId, accountId: phone.userId };
	const { transact } = server.database;
	const staff = await transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	// Two letters were printed before: one lies unused.
	const old = await letterCode(server.database, scopeId, `CR5-${how}-G`, new Date(Date.now() - 3_600_000));
	expect(await transact((tx) => shutOut(tx, staff, one))).toEqual({ ok: true });
	expect(await pull(phone, rest, first.epoch)).toMatchObject({ scopes: [], revoked: [scopeId] });
	const other = new Phone(server);
	const ask = { code: old, bornOn: '2017-05-04', ...other.place };
	const redeemed = await other.post(answerRedeem, ask);
	expect(redeemed.body['userId']).toBe(phone.userId);
	expect(JSON.stringify(redeemed.body['scopes'])).not.toContain('case:');
	// A letter made afterwards is the council's new word about an end; a suspension is lifted by a person only.
	await other.letter(scopeId, `CR5-${how}-G`);
	const { revoked } = await pull(other, [{ id: scopeId, cookie: null }]);
	expect(revoked).toEqual(how === 'ended' ? [] : [scopeId]);
	if (how === 'suspended') await transact((tx) => restore(tx, staff, one));
	expect((await pull(other, [{ id: scopeId, cookie: null }])).revoked).toEqual([]);
});
