import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrantsAnswer } from '#contract/access/grants.ts';
import { ROW_SHAPES } from '#contract/rows.ts';
import { userScope } from '#contract/scope.ts';
import { staffActor } from '#server/access/actor.ts';
import { answerGrants, answerGrantSet } from '#server/access/answer-grants.ts';
import { recordCapacity } from '#server/access/capacity.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { makeActivation } from '#server/access/activation.ts';
import { endRelationship, restore, suspend } from '#server/access/relationships.ts';
import { turnOfRights } from '#server/access/young-person.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';

/** Turns 16 in the school year 2026/27: the last Friday of June 2027 is the 25th. */
const BORN = '2011-05-04';
const DAY = '2027-06-25';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

type Person = { browser: Browser; userId: string };
async function join(scopeId: string, guardianRef: string, role: string): Promise<Person> {
	const made = await server.database.transact((tx) =>
		makeActivation(tx, { scopeId, guardianRef, role, secret: TEST_SECRET, now: new Date() })
	);
	const browser = new Browser(`198.51.100.${1 + Math.floor(Math.random() * 250)}`);
	const body = { code: made.code, bornOn: BORN, deviceId: browser.deviceId, deviceName: 'Phone' };
	const answer = await answering(() => answerRedeem(browser.post('/', body), server));
	expect(answer.status).toBe(200);
	return { browser, userId: ((await answer.json()) as { userId: string }).userId };
}
async function family(caseRef: string) {
	const guardians = [`${caseRef}-A`, `${caseRef}-B`, `${caseRef}-Y`];
	const { scopeId, caseId } = await oneChild(server.database, caseRef, { guardians, bornOn: BORN });
	return {
		scopeId,
		caseId,
		parent: await join(scopeId, guardians[0]!, 'mother'),
		other: await join(scopeId, guardians[1]!, 'father'),
		young: await join(scopeId, guardians[2]!, 'young person')
	};
}
const turn = (today: string) => turnOfRights(server.database.transact, today);
async function noticesOf({ userId }: Person) {
	const rows = await server.database.db
		.selectFrom('scope_row')
		.select('v')
		.where('scope_id', '=', userScope(userId))
		.where('t', '=', 'notice')
		.execute();
	return rows.map((row) => row.v as { kind: string; on?: string; at: string });
}
const kinds = async (person: Person) =>
	(await noticesOf(person))
		.map((row) => row.kind)
		.filter((kind) => /rights|grant/.test(kind))
		.sort();
async function reads({ browser }: Person, scopeId: string): Promise<boolean> {
	const ask = {
		proto: 1,
		schema: 1,
		deviceId: browser.deviceId,
		epoch: null,
		scopes: [{ id: scopeId, cookie: null }]
	};
	const answer = await answering(() => answerPull(browser.post('/', ask), server));
	expect(answer.status).toBe(200);
	const { scopes, revoked } = (await answer.json()) as { scopes: { id: string }[]; revoked: string[] };
	expect(scopes.length + revoked.length).toBe(1);
	return scopes.length === 1;
}
async function grants({ browser }: Person): Promise<GrantsAnswer['cases'][number]> {
	const answer = await answering(() => answerGrants(browser.post('/', {}), server));
	return ((await answer.json()) as GrantsAnswer).cases[0]!;
}
const say = async ({ browser }: Person, body: object) =>
	(await answering(() => answerGrantSet(browser.post('/', body), server))).status;

test('both sides are told once at 90 and once at 30 days, and nothing else changes before the day', async () => {
	const { scopeId, parent, young } = await family('Y1');
	await turn('2027-03-26');
	expect(await kinds(parent)).toEqual([]);
	await turn('2027-03-27');
	await turn('2027-03-28');
	expect([await kinds(parent), await kinds(young)]).toEqual([['rights-soon-theirs'], ['rights-soon-mine']]);
	await turn('2027-05-26');
	expect(await kinds(young)).toEqual(['rights-soon-mine', 'rights-soon-mine']);
	for (const notice of await noticesOf(young)) expect(ROW_SHAPES.notice.is(notice)).toBe(true);
	expect((await noticesOf(young)).map((notice) => notice.on).filter(Boolean)).toEqual([DAY, DAY]);
	expect(await reads(parent, scopeId)).toBe(true);
	expect(await say(young, { caseId: scopeId.slice(5, 41), accountId: parent.userId, give: false })).toBe(404);
});

test('on the day the record is theirs: others go on by a grant that they see, withdraw and give again', async () => {
	const { scopeId, caseId, parent, other, young } = await family('Y2');
	await turn('2027-06-24');
	expect((await grants(parent)).moved).toBe(false);
	await turn(DAY);
	await turn(DAY);
	expect([await kinds(parent), await kinds(young)]).toEqual([
		['rights-moved-theirs', 'rights-soon-theirs'],
		['rights-moved-mine', 'rights-soon-mine']
	]);
	const seen = await grants(young);
	expect(seen).toMatchObject({ mine: true, moved: true, on: DAY, reads: true, represented: false });
	expect(seen.people.map(({ name, reads: on }) => [name, on])).toEqual([
		['Guardian Y2-A', true],
		['Guardian Y2-B', true]
	]);
	expect(JSON.stringify(seen)).not.toContain('Invented Row');
	expect((await grants(parent)).people).toEqual([]);
	const about = { caseId, accountId: parent.userId };
	// Neither a parent nor a stranger says who reads it.
	expect(await say(other, { ...about, give: false })).toBe(404);
	expect(await say(parent, { ...about, accountId: other.userId, give: false })).toBe(404);
	expect(await say((await family('Y2x')).young, { ...about, give: false })).toBe(404);
	expect(await say(young, { ...about, give: false })).toBe(200);
	expect([await reads(parent, scopeId), await reads(other, scopeId), await reads(young, scopeId)]).toEqual([
		false,
		true,
		true
	]);
	expect(await kinds(parent)).toContain('grant-withdrawn');
	// A newer letter from the council does not undo what the young person said.
	await join(scopeId, 'Y2-A', 'mother');
	expect((await grants(young)).people.find((person) => person.accountId === parent.userId)?.reads).toBe(
		false
	);
	expect(await say(young, { ...about, give: true })).toBe(200);
	const { people } = await grants(young);
	expect(people.every((person) => person.reads)).toBe(true);
});

test('giving needs a fresh proof, withdrawing does not', async () => {
	const { caseId, parent, young } = await family('Y3');
	await turn(DAY);
	await server.database.db
		.updateTable('session')
		.set({ proved_at: new Date(Date.now() - 3_600_000) })
		.where('account_id', '=', young.userId)
		.execute();
	const about = { caseId, accountId: parent.userId };
	expect(await say(young, { ...about, give: false })).toBe(200);
	const refused = await answering(() =>
		answerGrantSet(young.browser.post('/', { ...about, give: true }), server)
	);
	expect(await refused.json()).toEqual({ code: 'proof_needed' });
});

test('a parent reads on without a grant only where a person recorded that the young person is represented', async () => {
	const { scopeId, caseId, parent, young } = await family('Y4');
	await turn(DAY);
	await say(young, { caseId, accountId: parent.userId, give: false });
	expect(await reads(parent, scopeId)).toBe(false);
	const staff = await server.database.transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'case-officer' }, [scopeId])
	);
	const record = (says: 'represented' | 'has-capacity') =>
		server.database.transact((tx) => recordCapacity(tx, staff, { caseScope: scopeId, says }));
	await record('represented');
	expect(await reads(parent, scopeId)).toBe(true);
	await record('has-capacity');
	expect(await reads(parent, scopeId)).toBe(false);
});

test('somebody to whom the council writes after the day reads by a grant that the young person sees', async () => {
	const { scopeId, young } = await family('Y5');
	await turn(DAY);
	await server.database.transact(async (tx) => {
		const row = { scope_id: scopeId, guardian_ref: 'Y5-C', name: 'Guardian Y5-C' };
		await tx.insertInto('guardian').values(row).execute();
	});
	const late = await join(scopeId, 'Y5-C', 'carer');
	expect(await reads(late, scopeId)).toBe(true);
	expect((await grants(young)).people.at(-1)).toMatchObject({
		accountId: late.userId,
		role: 'carer',
		reads: true
	});
});

test('a date of birth that was put right takes the day back', async () => {
	const { scopeId, young, parent, caseId } = await family('Y6');
	await turn(DAY);
	await say(young, { caseId, accountId: parent.userId, give: false });
	expect(await reads(parent, scopeId)).toBe(false);
	await server.database.db
		.updateTable('case_file')
		.set({ born_on: '2012-05-04' })
		.where('id', '=', caseId)
		.execute();
	await turn(DAY);
	expect(await reads(parent, scopeId)).toBe(true);
	await turn('2028-06-30');
	expect(await reads(parent, scopeId)).toBe(false);
});

test('whom the council keeps out hears nothing of the day or of a grant, until they are let in again', async () => {
	const { scopeId, caseId, parent, other, young } = await family('Y7');
	const { transact } = server.database;
	const staff = await transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	const about = { caseScope: scopeId, accountId: parent.userId };
	await transact((tx) => suspend(tx, staff, { ...about, reason: 'court-order' }));
	await turn('2027-03-27');
	expect([await kinds(parent), await kinds(other)]).toEqual([[], ['rights-soon-theirs']]);
	await transact((tx) => restore(tx, staff, about));
	await turn('2027-03-27');
	expect(await kinds(parent)).toEqual(['rights-soon-theirs']);
	await transact((tx) => suspend(tx, staff, { ...about, reason: 'court-order' }));
	await turn(DAY);
	for (const give of [false, true])
		expect(await say(young, { caseId, accountId: parent.userId, give })).toBe(200);
	expect(await kinds(parent)).toEqual(['rights-soon-theirs']);
	// A grant is the young person's word; it opens nothing that the council closed.
	expect(await reads(parent, scopeId)).toBe(false);
	const ended = { ...about, accountId: other.userId, reason: 'no-longer-responsible' as const };
	await transact((tx) => endRelationship(tx, staff, ended));
	for (const give of [false, true])
		expect(await say(young, { caseId, accountId: other.userId, give })).toBe(200);
	expect(await kinds(other)).not.toContain('grant-given');
	expect(await reads(other, scopeId)).toBe(false);
});
