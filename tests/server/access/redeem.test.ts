import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answering } from '#server/edge/refusal.ts';
import { addressOf } from '#server/edge/caller.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

async function ask(browser: Browser, code: string, bornOn = '2017-05-04') {
	const call = browser.post('/api/activation/redeem', {
		code,
		bornOn,
		deviceId: browser.deviceId,
		deviceName: 'Phone'
	});
	const response = await answering(() => answerRedeem(call, server));
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
async function pull(browser: Browser) {
	const call = browser.post('/api/sync/pull', {
		proto: 1,
		schema: 1,
		deviceId: browser.deviceId,
		epoch: null,
		scopes: []
	});
	const response = await answering(() => answerPull(call, server));
	return { status: response.status, body: (await response.json()) as { granted: string[] } };
}

test('a code opens its child once, for the phone that asked, and the answer may be asked for again', async () => {
	const { scopeId, caseId } = await oneChild(server.database, 'R1');
	const code = await letterCode(server.database, scopeId);
	const phone = new Browser();
	const first = await ask(phone, code.toLowerCase());
	expect(first).toMatchObject({ status: 200, body: { caseId } });
	expect(first.body.scopes).toContain(scopeId);
	expect((await pull(phone)).body.granted).toContain(scopeId);
	// The answer was lost on the way: the same phone hears it again, another one does not.
	expect((await ask(phone, code)).body).toMatchObject({ userId: first.body.userId });
	expect((await ask(new Browser(), code)).body).toEqual({ code: 'code_used' });
	const kept = JSON.stringify(await server.database.db.selectFrom('activation').selectAll().execute());
	expect(kept).not.toContain(code.replaceAll('-', ''));
});

test('a wrong date of birth five times ends the code; a wrong code says nothing more', async () => {
	const { scopeId } = await oneChild(server.database, 'R2');
	const code = await letterCode(server.database, scopeId);
	const browser = new Browser('192.0.2.2');
	const said: unknown[] = [];
	for (let n = 0; n < 5; n++) said.push((await ask(browser, code, '2017-05-05')).body.code);
	expect(said).toEqual([
		'birth_date_wrong',
		'birth_date_wrong',
		'birth_date_wrong',
		'birth_date_wrong',
		'code_dead'
	]);
	expect((await ask(browser, code)).body).toEqual({ code: 'code_dead' });
	expect((await ask(browser, '0000-0000-0000-0')).body).toEqual({ code: 'code_wrong' });
});

test('an old code is expired, and so is one that a newer letter replaced', async () => {
	const { scopeId } = await oneChild(server.database, 'R3');
	const old = await letterCode(server.database, scopeId, 'G1', new Date(Date.now() - 29 * 86_400_000));
	expect((await ask(new Browser('192.0.2.3'), old)).body).toEqual({ code: 'code_expired' });
	const first = await letterCode(server.database, scopeId, 'G2');
	await letterCode(server.database, scopeId, 'G2');
	expect((await ask(new Browser('192.0.2.3'), first)).body).toEqual({ code: 'code_expired' });
});

test('a letter in the post opens nothing once the roster names this guardian no more', async () => {
	const { scopeId } = await oneChild(server.database, 'R20', { guardians: ['L1', 'L2'] });
	const code = await letterCode(server.database, scopeId, 'L2');
	await oneChild(server.database, 'R20', { guardians: ['L1'] });
	const browser = new Browser('192.0.2.41');
	expect((await ask(browser, code)).body).toEqual({ code: 'code_expired' });
	// Put back by the next file, it is good again.
	await oneChild(server.database, 'R20', { guardians: ['L1', 'L2'] });
	expect((await ask(browser, code)).status).toBe(200);
});

test('the eleventh wrong try in an hour waits; another address does not; no address is kept', async () => {
	const guesser = new Browser('192.0.2.77');
	const wrong = '0000-0000-0000-0';
	for (let n = 0; n < 10; n++) expect((await ask(guesser, wrong)).body.code).toBe('code_wrong');
	const eleventh = await ask(guesser, wrong);
	expect(eleventh).toMatchObject({ status: 429, body: { code: 'too_many' } });
	expect(eleventh.body.retryAfter).toBeGreaterThan(3_000);
	expect((await ask(new Browser('192.0.2.78'), wrong)).body.code).toBe('code_wrong');
	expect(JSON.stringify(await server.database.db.selectFrom('door_try').selectAll().execute())).not.toContain(
		'192.0.2'
	);
});

test('many wrong tries at the same moment do not slip past the count', async () => {
	const guesser = new Browser('192.0.2.79');
	const answers = await Promise.all(Array.from({ length: 30 }, () => ask(guesser, '0000-0000-0000-0')));
	expect(answers.filter((one) => one.body.code === 'code_wrong')).toHaveLength(10);
});

test('two guardians are two people; a second child of one guardian joins the same person', async () => {
	const one = await oneChild(server.database, 'R4', { guardians: ['P1', 'P2'] });
	const two = await oneChild(server.database, 'R5', { guardians: ['P1'] });
	const [mother, father] = [new Browser('192.0.2.4'), new Browser('192.0.2.5')];
	const first = await ask(mother, await letterCode(server.database, one.scopeId, 'P1'));
	const other = await ask(father, await letterCode(server.database, one.scopeId, 'P2'));
	expect(other.body.userId).not.toBe(first.body.userId);
	const second = await ask(mother, await letterCode(server.database, two.scopeId, 'P1'));
	expect(second.body.userId).toBe(first.body.userId);
	expect((await pull(mother)).body.granted).toEqual(expect.arrayContaining([one.scopeId, two.scopeId]));
	expect((await pull(father)).body.granted).not.toContain(two.scopeId);
	// On a shared phone the other guardian's letter never joins the account that is open there.
	const shared = await ask(mother, await letterCode(server.database, one.scopeId, 'P2'));
	expect(shared.body.userId).toBe(other.body.userId);
});

test('a reference that another case uses for a stranger opens nothing of theirs', async () => {
	// A council that numbers the guardians of each case anew.
	const one = await oneChild(server.database, 'R7', { guardians: ['1'] });
	const two = await oneChild(server.database, 'R8', { guardians: ['1'] });
	const three = await oneChild(server.database, 'R9', { guardians: ['1'] });
	const rename = (scopeId: string, name: string) =>
		server.database.db.updateTable('guardian').set({ name }).where('scope_id', '=', scopeId).execute();
	await rename(one.scopeId, 'Hodan  HASSAN');
	await rename(two.scopeId, 'Marcia Campbell');
	await rename(three.scopeId, 'Hodan Hassan');
	const [hodan, marcia] = [new Browser('192.0.2.14'), new Browser('192.0.2.15')];
	const first = await ask(hodan, await letterCode(server.database, one.scopeId, '1'));
	const stranger = await ask(marcia, await letterCode(server.database, two.scopeId, '1'));
	expect(stranger.body.userId).not.toBe(first.body.userId);
	expect(stranger.body.scopes).not.toContain(one.scopeId);
	// The same name is the same person, on another phone too.
	const second = await ask(new Browser('192.0.2.16'), await letterCode(server.database, three.scopeId, '1'));
	expect(second.body.userId).toBe(first.body.userId);
	// Written another way in one of the cases: on the phone where her children are she stays herself.
	const four = await oneChild(server.database, 'R10', { guardians: ['1'] });
	const renamed = await ask(hodan, await letterCode(server.database, four.scopeId, '1'));
	expect(renamed.body.userId).toBe(first.body.userId);
});

test('a stranger of the same name and number, and one on a neighbour’s phone, open nothing of theirs', async () => {
	const numbered = async (caseRef: string, name: string, address: string | null) => {
		const { scopeId } = await oneChild(server.database, caseRef, { guardians: ['7'] });
		const row = { name, address };
		await server.database.db.updateTable('guardian').set(row).where('scope_id', '=', scopeId).execute();
		return scopeId;
	};
	const one = await numbered('N1', 'Mohammed Khan', '4 Mill Lane');
	const two = await numbered('N2', 'Mohammed Khan', '9 Hill Road');
	const three = await numbered('N3', 'Mohammed Khan', null);
	const four = await numbered('N4', 'Ewa Nowak', '2 Park Street');
	const [first, neighbour] = [new Browser('192.0.2.31'), new Browser('192.0.2.32')];
	const { userId } = (await ask(first, await letterCode(server.database, one, '7'))).body;
	for (const scopeId of [two, three]) {
		const other = await ask(new Browser('192.0.2.33'), await letterCode(server.database, scopeId, '7'));
		expect(other.body.userId).not.toBe(userId);
		expect(other.body.scopes).not.toContain(one);
	}
	// Typed into a phone where somebody else of that number is signed in: the letter of the case whose person it is.
	const ewa = (await ask(neighbour, await letterCode(server.database, four, '7'))).body.userId;
	expect((await ask(neighbour, await letterCode(server.database, one, '7'))).body.userId).toBe(userId);
	const borrowed = new Browser('192.0.2.34');
	const mine = (await ask(borrowed, await letterCode(server.database, four, '7'))).body.userId;
	expect(mine).toBe(ewa);
	const five = await numbered('N5', 'Hodan Hassan', '1 Long Row');
	expect((await ask(borrowed, await letterCode(server.database, five, '7'))).body.userId).not.toBe(ewa);
});

test('a letter of another council joins the account on this phone, but not one that a removed profile left behind', async () => {
	const one = await oneChild(server.database, 'R11', { guardians: ['M1'] });
	const moved = await oneChild(server.database, 'R12', { guardians: ['Z1'], council: 'X99000010' });
	const bought = await oneChild(server.database, 'R13', { guardians: ['Z2'], council: 'X99000011' });
	const phone = new Browser('192.0.2.17');
	const first = await ask(phone, await letterCode(server.database, one.scopeId, 'M1'));
	expect((await ask(phone, await letterCode(server.database, moved.scopeId, 'Z1'))).body.userId).toBe(
		first.body.userId
	);
	// Everything was removed without a connection and the phone given away: the cookie is still there, the device's id is new.
	const again = new Browser('192.0.2.17');
	again.jar = phone.jar;
	const other = await ask(again, await letterCode(server.database, bought.scopeId, 'Z2'));
	expect(other.body.userId).not.toBe(first.body.userId);
	expect((await pull(again)).body.granted).toEqual(expect.arrayContaining([bought.scopeId]));
	expect((await pull(again)).body.granted).not.toContain(one.scopeId);
});

test('a session ends for good', async () => {
	const { scopeId } = await oneChild(server.database, 'R6');
	const phone = new Browser('192.0.2.6');
	await ask(phone, await letterCode(server.database, scopeId));
	const token = phone.jar.get('s')!;
	expect((await answering(() => answerEnd(phone.post('/api/session/end', {}), server))).status).toBe(200);
	expect(phone.jar.has('s')).toBe(false);
	phone.jar.set('s', token);
	expect(await pull(phone)).toMatchObject({ status: 401, body: { code: 'needs_sign_in' } });
});

test('of two people on one phone, the one who leaves does not sign the other out', async () => {
	const [one, two] = [await oneChild(server.database, 'R7'), await oneChild(server.database, 'R8')];
	const first = new Browser('192.0.2.7');
	await ask(first, await letterCode(server.database, one.scopeId));
	const second = new Browser('192.0.2.7');
	second.jar = first.jar;
	await ask(second, await letterCode(server.database, two.scopeId));
	const end = (devices: string[]) =>
		answering(() => answerEnd(first.post('/api/session/end', { devices }), server));
	expect((await end([first.deviceId])).status).toBe(200);
	expect((await pull(second)).body.granted).toContain(two.scopeId);
	const token = second.jar.get('s')!;
	expect((await end([first.deviceId, second.deviceId])).status).toBe(200);
	expect(second.jar.has('s')).toBe(false);
	second.jar.set('s', token);
	expect(await pull(second)).toMatchObject({ status: 401, body: { code: 'needs_sign_in' } });
});

test.each([
	['no header of ours', { 'x-alongside': '' }, 400, 'bad_request'],
	['another site', { 'sec-fetch-site': 'cross-site' }, 400, 'bad_request'],
	['a form', { 'content-type': 'text/plain' }, 400, 'bad_request']
])('%s is refused', async (_name, headers, status, code) => {
	const call = new Browser().post('/api/activation/redeem', {}, headers);
	const response = await answering(() => answerRedeem(call, server));
	expect([response.status, await response.json()]).toEqual([status, { code }]);
	expect(response.headers.get('cache-control')).toBe('no-store');
});

test('malformed and oversized bodies are refused by name', async () => {
	const refused = async (body: string) =>
		(await answering(() => answerRedeem(new Browser().post('/api/activation/redeem', body), server))).json();
	expect(await refused('{"code":')).toEqual({ code: 'bad_request' });
	expect(await refused('{"code":5}')).toEqual({ code: 'bad_request' });
	expect(await refused(JSON.stringify({ code: 'x'.repeat(5_000) }))).toEqual({ code: 'too_large' });
});

test('addresses of one household are counted together', () => {
	const at = (address: string) => addressOf(new Browser(address).get('/'));
	expect(at('::ffff:192.0.2.1')).toBe('192.0.2.1');
	expect(at('2001:db8:1:2::9')).toBe(at('2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd'));
	expect(at('2001:db8::1')).toBe('2001:db8:0:0');
	expect(at('::ffff:c000:201')).toBe('192.0.2.1');
	expect(at('0:0:0:0:0:ffff:192.0.2.1')).toBe('192.0.2.1');
	// Some proxies write the port, which differs for each connection.
	expect([at('192.0.2.1:50123'), at('[2001:db8::1]:50123'), at('[2001:db8::1]')]).toEqual([
		'192.0.2.1',
		'2001:db8:0:0',
		'2001:db8:0:0'
	]);
	expect([at('fe80::1%eth0'), at('::1'), at('unknown')]).toEqual(['fe80:0:0:0', '0:0:0:0', 'unknown']);
});
