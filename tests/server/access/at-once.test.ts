import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerPasskeySignIn } from '#server/access/answer-passkey-sign-in.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { addressKey, codeToSignIn, tryCode } from '#server/access/mail-code.ts';
import { openFlow, takeFlow } from '#server/oidc/flow.ts';
import type { Runtime } from '#server/runtime.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { family, Phone } from '../../support/sign-in.ts';

/** What is good once, asked for by many at the same moment. On PostgreSQL they really are at once. */
let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());
const EIGHT = Array.from({ length: 8 }, (_, n) => n);

test('one letter, eight phones: one of them opens it', async () => {
	const { scopeId } = await oneChild(server.database, 'AO1', { guardians: ['AO1'] });
	const code = await letterCode(server.database, scopeId, 'AO1');
	const answers = await Promise.all(
		EIGHT.map(() => {
			const phone = new Phone(server);
			return phone.post(answerRedeem, { code, bornOn: '2017-05-04', ...phone.place });
		})
	);
	expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
	expect(answers.filter((one) => one.body['code'] === 'code_used')).toHaveLength(7);
});

test('wrong birthdays from many addresses are all counted', async () => {
	const { scopeId } = await oneChild(server.database, 'AO2', { guardians: ['AO2'] });
	const code = await letterCode(server.database, scopeId, 'AO2');
	const tried = (bornOn: string) => {
		const phone = new Phone(server);
		return phone.post(answerRedeem, { code, bornOn, ...phone.place });
	};
	const said = (await Promise.all(EIGHT.map((n) => tried(`2016-01-0${n + 1}`)))).map(
		(one) => one.body['code']
	);
	expect(said.filter((one) => one === 'birth_date_wrong')).toHaveLength(4);
	expect(said.filter((one) => one === 'code_dead')).toHaveLength(4);
	expect((await tried('2017-05-04')).body).toEqual({ code: 'code_dead' });
});

test('two letters of one person on two phones at once open one account', async () => {
	const refs = ['AO3', 'AO4'];
	const codes = [];
	for (const ref of refs) {
		const { scopeId } = await oneChild(server.database, ref, { guardians: ['AO-P'] });
		codes.push(await letterCode(server.database, scopeId, 'AO-P'));
	}
	const answers = await Promise.all(
		codes.map((code) => {
			const phone = new Phone(server);
			return phone.post(answerRedeem, { code, bornOn: '2017-05-04', ...phone.place });
		})
	);
	expect(answers.map((one) => one.status)).toEqual([200, 200]);
	expect(answers[0]!.body['userId']).toBe(answers[1]!.body['userId']);
});

test('one passkey’s answer, sent eight times: one sign-in', async () => {
	const { phone } = await family(server, 'AO5');
	await phone.makePasskey();
	const credential = phone.keys.show(await phone.challenge());
	const answers = await Promise.all(
		EIGHT.map(() => phone.post(answerPasskeySignIn, { ...phone.place, credential }))
	);
	expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
});

test('one mailed code: one of eight gets in, and of eight wrong ones five are counted', async () => {
	const { phone } = await family(server, 'AO6');
	const address = 'somebody@example.invalid';
	const asked = { browser: 'b'.repeat(64), address, secret: TEST_SECRET, now: new Date() };
	await server.database.db
		.insertInto('account_mail')
		.values({
			account_id: phone.userId,
			address_hmac: addressKey(TEST_SECRET, address),
			address_sealed: 'x',
			confirmed_at: new Date()
		})
		.execute();
	const make = () => server.database.transact((tx) => codeToSignIn(tx, asked));
	const type = (code: string) =>
		server.database.transact((tx) => tryCode(tx, { ...asked, use: 'sign-in', code }));
	const first = await make();
	expect(first.accountId).toBe(phone.userId);
	const right = await Promise.all(EIGHT.map(() => type(first.code)));
	expect(right.filter((one) => one !== null)).toHaveLength(1);
	const second = await make();
	const wrong = String((Number(second.code) + 1) % 100_000_000).padStart(8, '0');
	expect((await Promise.all(EIGHT.map(() => type(wrong)))).every((one) => one === null)).toBe(true);
	expect(await type(second.code)).toBeNull();
});

test('one answer of a provider: the flow is taken once', async () => {
	const { transact } = server.database;
	const now = new Date();
	const token = await transact((tx) => openFlow(tx, { provider: 'staff', purpose: 'staff' }, now));
	const taken = await Promise.all(EIGHT.map(() => transact((tx) => takeFlow(tx, token, now))));
	expect(taken.filter((one) => one !== null)).toHaveLength(1);
});
