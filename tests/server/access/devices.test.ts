import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DevicesAnswer } from '#contract/access/devices.ts';
import type { SessionAnswer } from '#contract/access/sign-in.ts';
import { answerDevices, answerRename, answerRevoke } from '#server/access/answer-devices.ts';
import { answerDeviceSecret } from '#server/access/answer-device-secret.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerQuarantine } from '#server/access/answer-quarantine.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerSession } from '#server/access/answer-session.ts';
import { currentServerKey, openEnvelope } from '#server/access/server-keys.ts';
import { answerLive } from '#server/sync/answer-live.ts';
import type { Runtime } from '#server/runtime.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { letterCode, testRuntime } from '../../support/family.ts';
import { family, Phone, say } from '../../support/sign-in.ts';
import { sealFor } from '../../support/seal-for.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());
const db = () => server.database.db;
const list = async (phone: Phone) => ((await phone.post(answerDevices, {})).body as DevicesAnswer).devices;
const facts = async (phone: Phone) => (await phone.get(answerSession)).body as unknown as SessionAnswer;

/** One person on two phones: the second came by passkey, as a platform copies it. */
async function twoPhones(ref: string): Promise<{ phone: Phone; lost: Phone; scopeId: string }> {
	const { phone, scopeId } = await family(server, ref);
	await phone.makePasskey();
	const lost = new Phone(server);
	lost.keys.keys = phone.keys.keys;
	expect((await lost.passkeySignIn()).status).toBe(200);
	lost.userId = phone.userId;
	return { phone, lost, scopeId };
}
async function age(phone: Phone, minutes: number): Promise<void> {
	await db()
		.updateTable('session')
		.set({ proved_at: new Date(Date.now() - minutes * 60_000) })
		.where('device_id', '=', phone.browser.deviceId)
		.execute();
}
async function notices(phone: Phone): Promise<{ kind: string; device: string }[]> {
	const rows = await db()
		.selectFrom('scope_row')
		.select('v')
		.where('scope_id', '=', `user:${phone.userId}`)
		.orderBy('ver')
		.execute();
	return rows.map((row) => row.v as { kind: string; device: string });
}

test('the list is the person’s own: this phone first, no other family’s, renamed by its owner alone', async () => {
	const { phone, lost } = await twoPhones('DV1');
	const { phone: stranger } = await family(server, 'DV2');
	const shown = await list(phone);
	expect(shown.map((one) => [one.id, one.thisOne])).toEqual([
		[phone.browser.deviceId, true],
		[lost.browser.deviceId, false]
	]);
	expect(await list(stranger)).toHaveLength(1);
	expect((await new Phone(server).post(answerDevices, {})).body).toEqual({ code: 'needs_sign_in' });
	const rename = { id: lost.browser.deviceId, name: 'Old tablet' };
	expect((await stranger.post(answerRename, rename)).body).toEqual({ code: 'not_found' });
	expect((await phone.post(answerRename, rename)).status).toBe(200);
	expect((await list(phone))[1]!.name).toBe('Old tablet');
	// Its name stays when it signs in again and calls itself "Phone".
	await lost.passkeySignIn();
	expect((await list(phone)).map((one) => one.name)).toContain('Old tablet');
});

test('removing another phone needs a fresh proof; it is out at once, and the others are told', async () => {
	const { phone, lost } = await twoPhones('DV3');
	const { phone: stranger } = await family(server, 'DV4');
	const id = lost.browser.deviceId;
	expect((await stranger.post(answerRevoke, { id })).body).toEqual({ code: 'not_found' });
	await age(phone, 6);
	expect((await phone.post(answerRevoke, { id })).body).toEqual({ code: 'proof_needed' });
	expect(await lost.signedIn()).toBe(true);
	await phone.passkeySignIn();
	expect((await phone.post(answerRevoke, { id })).status).toBe(200);
	expect(await lost.pull()).toMatchObject({ status: 401, body: { code: 'revoked' } });
	expect((await lost.get(answerSession)).body).toMatchObject({ code: 'revoked', serverKey: {} });
	expect((await lost.post(answerDevices, {})).body).toMatchObject({ code: 'revoked', serverKey: {} });
	expect(await phone.signedIn()).toBe(true);
	expect((await list(phone)).find((one) => one.id === id)).toMatchObject({ removed: true });
	expect((await notices(phone)).map((one) => one.kind)).toEqual([
		'passkey-added',
		'phone-added',
		'phone-removed'
	]);
	const lines = await db().selectFrom('audit_line').select('action').where('object', '=', id).execute();
	expect(lines.map((one) => one.action)).toEqual(['revoke']);
});

test('a removed phone’s live line is poked at once, so that it asks and hears', async () => {
	const { phone, lost } = await twoPhones('DV5');
	const request = new Request('http://localhost:3000/api/sync/live', {
		headers: { 'sec-fetch-site': 'same-origin' }
	});
	const reader = (await answerLive(lost.browser.call(request), server)).body!.getReader();
	const next = async () => new TextDecoder().decode((await reader.read()).value);
	await next();
	await phone.post(answerRevoke, { id: lost.browser.deviceId });
	// What was written just before the stream opened may be told on it first.
	let poke = await next();
	while (!poke.includes(`user:${phone.userId}`)) poke = await next();
	await reader.cancel();
});

test('a passkey made on the removed phone, and what would have unlocked it, go with it', async () => {
	const { phone, scopeId } = await family(server, 'DV6');
	const lost = new Phone(server);
	await lost.letter(scopeId, 'DV6-G');
	expect(lost.userId).toBe(phone.userId);
	await lost.makePasskey();
	expect((await lost.post(answerDeviceSecret, {})).status).toBe(200);
	await age(phone, 0);
	expect((await phone.post(answerRevoke, { id: lost.browser.deviceId })).status).toBe(200);
	expect((await lost.passkeySignIn()).body).toEqual({ code: 'proof_wrong' });
	expect((await lost.post(answerDeviceSecret, {})).body).toMatchObject({ code: 'revoked' });
	const left = await db()
		.selectFrom('device_secret')
		.selectAll()
		.where('device_id', '=', lost.browser.deviceId)
		.execute();
	expect(left).toEqual([]);
	// A new letter is how somebody comes back, on that phone too.
	await lost.letter(scopeId, 'DV6-G');
	expect(await lost.signedIn()).toBe(true);
});

test('a removed phone hands over sealed work for a day, once each, and nothing else', async () => {
	const { phone, lost } = await twoPhones('DV7');
	const { serverKey } = await facts(phone);
	const item = { id: crypto.randomUUID(), envelope: await sealFor(serverKey, 'what was never sent') };
	// While it is not removed there is no such door, nor for nobody.
	expect((await lost.post(answerQuarantine, { items: [item] })).body).toEqual({ code: 'needs_sign_in' });
	expect((await new Phone(server).post(answerQuarantine, { items: [item] })).status).toBe(401);
	await phone.post(answerRevoke, { id: lost.browser.deviceId });
	for (let twice = 0; twice < 2; twice++)
		expect((await lost.post(answerQuarantine, { items: [item] })).body).toEqual({ kept: 1 });
	const rows = await db()
		.selectFrom('quarantine')
		.selectAll()
		.where('device_id', '=', lost.browser.deviceId)
		.execute();
	expect(rows).toHaveLength(1);
	expect(JSON.stringify(rows)).not.toContain('never sent');
	const opened = await server.database.transact((tx) =>
		openEnvelope(tx, item.envelope, { secret: TEST_SECRET })
	);
	expect(opened?.toString()).toBe('what was never sent');
	await db()
		.updateTable('device')
		.set({ revoked_at: new Date(Date.now() - 25 * 3_600_000) })
		.where('id', '=', lost.browser.deviceId)
		.execute();
	expect((await lost.post(answerQuarantine, { items: [item] })).body).toEqual({ code: 'needs_sign_in' });
	expect((await lost.pull()).body).toMatchObject({ code: 'revoked' });
});

test('one phone fills no disk: its room in quarantine ends', async () => {
	const { phone, lost } = await twoPhones('DV8');
	const { serverKey } = await facts(phone);
	const envelope = await sealFor(serverKey, 'x');
	await phone.post(answerRevoke, { id: lost.browser.deviceId });
	let kept = 0;
	for (let n = 0; n < 11; n++) {
		const items = Array.from({ length: 50 }, () => ({ id: crypto.randomUUID(), envelope }));
		kept += (await lost.post(answerQuarantine, { items })).body['kept'] as number;
	}
	expect(kept).toBe(500);
});

test('nor do many phones of one person: what they hand over together ends too', async () => {
	const { phone, lost } = await twoPhones('DV21');
	const third = new Phone(server);
	third.keys.keys = phone.keys.keys;
	expect((await third.passkeySignIn()).status).toBe(200);
	const { serverKey } = await facts(phone);
	const small = await sealFor(serverKey, 'x');
	const large = { ...small, ct: 'A'.repeat(349_000) };
	for (const one of [lost, third]) {
		await age(phone, 0);
		expect((await phone.post(answerRevoke, { id: one.browser.deviceId })).status).toBe(200);
	}
	const give = async (from: Phone, envelope: typeof small) => {
		const items = [{ id: crypto.randomUUID(), envelope }];
		return (await from.post(answerQuarantine, { items })).body['kept'] as number;
	};
	let kept = 0;
	for (let n = 0; n < 40; n++) kept += await give(lost, large);
	expect(kept).toBe(40);
	const more = await Promise.all(Array.from({ length: 12 }, () => give(third, large)));
	expect(more.filter((one) => one === 1)).toHaveLength(8);
	// Words still find room where a large thing does not, and other families lose none.
	expect(await give(lost, small)).toBe(1);
	const { phone: other, lost: theirs } = await twoPhones('DV22');
	await other.post(answerRevoke, { id: theirs.browser.deviceId });
	expect(await give(theirs, large)).toBe(1);
});

test('when it has wiped itself the browser is told to clear the rest, and other people’s data stays', async () => {
	const { phone, lost } = await twoPhones('DV9');
	expect((await lost.post(answerEnd, { wiped: true, alone: true })).headers.has('clear-site-data')).toBe(
		false
	);
	await lost.passkeySignIn();
	const token = lost.browser.jar.get('s')!;
	await phone.post(answerRevoke, { id: lost.browser.deviceId });
	expect((await lost.post(answerEnd, { wiped: true })).headers.get('clear-site-data')).toBe(
		'"cache", "cookies"'
	);
	lost.browser.jar.set('s', token);
	expect((await lost.post(answerEnd, { wiped: true, alone: true })).headers.get('clear-site-data')).toBe(
		'"cache", "cookies", "storage"'
	);
});

test('the secret for a phone is made once, kept sealed, and given only straight after a proof', async () => {
	const { phone, lost } = await twoPhones('DV10');
	const first = await phone.post(answerDeviceSecret, {});
	expect(Buffer.from(first.body['secret'] as string, 'base64url')).toHaveLength(32);
	expect((await phone.post(answerDeviceSecret, {})).body).toEqual(first.body);
	expect((await lost.post(answerDeviceSecret, {})).body).not.toEqual(first.body);
	await age(phone, 6);
	expect((await phone.post(answerDeviceSecret, {})).body).toEqual({ code: 'proof_needed' });
	expect((await new Phone(server).post(answerDeviceSecret, {})).body).toEqual({ code: 'needs_sign_in' });
	const kept = JSON.stringify(await db().selectFrom('device_secret').selectAll().execute());
	expect(kept).not.toContain(first.body['secret']);
	await phone.passkeySignIn();
	expect((await phone.post(answerDeviceSecret, {})).body).toEqual(first.body);
});

test('who is here: no name, how fresh the proof is, and nothing for a page of another site', async () => {
	const { phone } = await family(server, 'DV11');
	expect(await facts(phone)).toMatchObject({
		session: { userId: phone.userId, provedBy: 'letter', passkeys: 0, passkeyHere: false, mail: false }
	});
	await phone.makePasskey();
	expect(await facts(phone)).toMatchObject({ session: { passkeys: 1, passkeyHere: true } });
	await age(phone, 6);
	expect((await facts(phone)).session!.freshUntil).toBeNull();
	expect((await facts(new Phone(server))).session).toBeNull();
	const request = new Request('http://localhost:3000/api/session', {
		headers: { 'sec-fetch-site': 'cross-site' }
	});
	expect((await say(() => answerSession(phone.browser.call(request), server))).body).toEqual({
		code: 'bad_request'
	});
});

test('a phone with several people: the other profile hears "sign in", never that its scopes are gone', async () => {
	const { phone, scopeId } = await family(server, 'DV12');
	const other = new Phone(server);
	other.browser.jar = phone.browser.jar;
	expect((await other.pull()).body).toEqual({ code: 'needs_sign_in' });
	expect(((await phone.pull()).body as { granted: string[] }).granted).toContain(scopeId);
});

test('nodes that start together make one server key; it serves a year and opens for 400 days more', async () => {
	const made = await Promise.all(
		Array.from({ length: 8 }, () =>
			server.database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: new Date() }))
		)
	);
	expect(new Set(made.map((key) => key.kid)).size).toBe(1);
	const sealed = await sealFor(made[0]!, 'kept');
	const day = 86_400_000;
	const at = (days: number) => new Date(Date.now() + days * day);
	const key = (days: number) =>
		server.database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: at(days) }));
	const opened = () => server.database.transact((tx) => openEnvelope(tx, sealed, { secret: TEST_SECRET }));
	expect((await key(364)).kid).toBe(made[0]!.kid);
	expect((await key(366)).kid).not.toBe(made[0]!.kid);
	expect((await opened())?.toString()).toBe('kept');
	await key(366 + 399);
	expect((await opened())?.toString()).toBe('kept');
	await key(366 + 399 + 367);
	expect(await opened()).toBeNull();
});

test('an envelope that was bent, or sealed to nobody, opens as nothing', async () => {
	const key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
	const good = await sealFor(key, 'words');
	const open = (sealed: typeof good, secret = TEST_SECRET) =>
		server.database.transact((tx) => openEnvelope(tx, sealed, { secret }));
	expect((await open(good))?.toString()).toBe('words');
	const flip = (text: string) => (text[5] === 'A' ? 'B' : 'A') + text.slice(1);
	for (const field of ['epk', 'iv', 'ct'] as const)
		expect(await open({ ...good, [field]: flip(good[field]) })).toBeNull();
	expect(await open({ ...good, kid: crypto.randomUUID() })).toBeNull();
	expect(await open(good, `${TEST_SECRET}!`)).toBeNull();
	const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const stranger = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
	expect(await open(await sealFor({ kid: key.kid, public: stranger }, 'x'))).toBeNull();
});

test('a removed phone that comes back, and a letter used on a known one, are news to the others; a second child is not', async () => {
	const { phone, lost, scopeId } = await twoPhones('DV20');
	const added = async () => (await notices(phone)).filter((one) => one.kind === 'phone-added').length;
	expect(await added()).toBe(1);
	await age(phone, 0);
	await phone.post(answerRevoke, { id: lost.browser.deviceId });
	expect((await lost.passkeySignIn()).status).toBe(200);
	expect(await added()).toBe(2);
	// It is known again: the same way in is no news.
	expect((await lost.passkeySignIn()).status).toBe(200);
	expect(await added()).toBe(2);
	await lost.letter(scopeId, 'DV20-G');
	expect(await added()).toBe(2);
	// Signed out, and somebody comes in by a letter: that is told, once, though the phone asks again.
	await lost.post(answerEnd, {});
	const code = await letterCode(server.database, scopeId, 'DV20-G');
	for (let twice = 0; twice < 2; twice++) {
		lost.browser.jar.delete('s');
		const ask = { code, bornOn: '2017-05-04', ...lost.place };
		expect((await lost.post(answerRedeem, ask)).status).toBe(200);
		expect(await added()).toBe(3);
	}
});
