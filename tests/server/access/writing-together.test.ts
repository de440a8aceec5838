import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyActor, readableScopes, staffActor } from '#server/access/actor.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { endRelationship, restore, restrict, suspend } from '#server/access/relationships.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, letterCode, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

async function guardians(caseRef: string, names: readonly string[]) {
	const refs = names.map((name) => `${caseRef}-${name}`);
	const { scopeId, caseId } = await oneChild(server.database, caseRef, { guardians: refs });
	const people: string[] = [];
	for (const ref of refs) {
		const browser = new Browser();
		const code = await letterCode(server.database, scopeId, ref);
		const body = { code, bornOn: '2017-05-04', deviceId: browser.deviceId, deviceName: 'Phone' };
		const answer = await answering(() => answerRedeem(browser.post('/', body), server));
		people.push(((await answer.json()) as { userId: string }).userId);
	}
	const offered = (person: string) =>
		server.database.transact(async (tx) =>
			(await readableScopes(tx, await familyActor(tx, person))).includes(`case:${caseId}:fam`)
		);
	const manager = await server.database.transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	return { scopeId, people, offered, manager };
}

test('is offered to two who may, and to nobody who is the only one', async () => {
	const two = await guardians('WT-1', ['A', 'B']);
	for (const person of two.people) expect(await two.offered(person)).toBe(true);
	const one = await guardians('WT-2', ['A']);
	expect(await one.offered(one.people[0]!)).toBe(false);
});

test('is offered to nobody of a case in which somebody is narrowed or kept out', async () => {
	const { people, offered, manager, scopeId } = await guardians('WT-3', ['A', 'B', 'C']);
	const [first, second] = people as [string, string];
	const of = { caseScope: scopeId, accountId: second };
	const act = (work: typeof suspend) =>
		server.database.transact((tx) => work(tx, manager, { ...of, reason: 'court-order' }));
	expect(await act(suspend)).toEqual({ ok: true });
	for (const person of people) expect(await offered(person)).toBe(false);
	expect(await server.database.transact((tx) => restore(tx, manager, of))).toEqual({ ok: true });
	expect(await offered(first)).toBe(true);
	const narrowed = { ...of, to: 'read-only' as const, reason: 'court-order' as const };
	expect(await server.database.transact((tx) => restrict(tx, manager, narrowed))).toEqual({ ok: true });
	for (const person of people) expect(await offered(person)).toBe(false);
	// Who has left the case counts no more.
	const over = { ...of, reason: 'no-longer-responsible' as const };
	expect(await server.database.transact((tx) => endRelationship(tx, manager, over))).toEqual({ ok: true });
	expect(await offered(first)).toBe(true);
	expect(await offered(second)).toBe(false);
});
