import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerCreate, answerCreateOptions } from '#server/access/answer-passkey-create.ts';
import { answerPasskeyOptions, answerPasskeySignIn } from '#server/access/answer-passkey-sign-in.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { relyingParty } from '#server/access/passkeys.ts';
import type { Call } from '#server/edge/caller.ts';
import { knock } from '#server/access/door.ts';
import type { Runtime } from '#server/runtime.ts';
import type { CreateOptions } from '../../support/authenticator.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { family, Phone } from '../../support/sign-in.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());
const db = () => server.database.db;
const WRONG = { status: 422, body: { code: 'proof_wrong' } };

test('after a letter a passkey is made, and it signs in with no name, on this phone and on another', async () => {
	const { phone } = await family(server, 'PK1');
	const made = await phone.makePasskey();
	expect(made.status).toBe(200);
	const token = [...phone.browser.jar.values()][0];
	await phone.post(answerEnd, {});
	expect(await phone.signedIn()).toBe(false);
	expect(await phone.passkeySignIn()).toMatchObject({ status: 200, body: { userId: phone.userId } });
	expect(await phone.signedIn()).toBe(true);
	expect([...phone.browser.jar.values()]).not.toContain(token);
	// What a platform copies to the person's tablet works there too.
	const tablet = new Phone(server);
	tablet.keys.keys = phone.keys.keys;
	expect(await tablet.passkeySignIn()).toMatchObject({ status: 200, body: { userId: phone.userId } });
	expect(await phone.signedIn()).toBe(true);
});

test('the options ask for what unlocks a phone, and name nobody', async () => {
	const { phone } = await family(server, 'PK2');
	const options = (await phone.post(answerCreateOptions, { label: 'Added today' })).body as CreateOptions &
		Record<string, unknown>;
	expect(options).toMatchObject({
		rp: { id: 'localhost' },
		attestation: 'none',
		authenticatorSelection: {
			residentKey: 'required',
			userVerification: 'required',
			authenticatorAttachment: 'platform'
		}
	});
	expect(JSON.stringify(options)).not.toContain(phone.userId);
	expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
	// Without a session the question is the same for everybody: no list of passkeys to compare.
	const stranger = await new Phone(server).challenge();
	expect(stranger).not.toHaveProperty('allowCredentials');
	expect(stranger).toMatchObject({ userVerification: 'required' });
});

test('nobody without a session makes a passkey; a second one needs a fresh proof', async () => {
	expect((await new Phone(server).makePasskey()).body).toEqual({ code: 'needs_sign_in' });
	const { phone } = await family(server, 'PK3');
	await phone.makePasskey();
	await age(phone, 6);
	expect(await phone.makePasskey()).toMatchObject({ status: 403, body: { code: 'proof_needed' } });
	await phone.passkeySignIn();
	expect((await phone.makePasskey()).status).toBe(200);
});

test('a challenge works once, for five minutes, in the browser that asked', async () => {
	const { phone } = await family(server, 'PK4');
	await phone.makePasskey();
	const asked = await phone.challenge();
	const credential = phone.keys.show(asked);
	const body = { ...phone.place, credential };
	expect((await phone.post(answerPasskeySignIn, body)).status).toBe(200);
	expect(await phone.post(answerPasskeySignIn, body)).toMatchObject(WRONG);
	// Another browser shows an answer to a question it never asked: a page that lured somebody, a stolen body.
	const thief = new Phone(server);
	await thief.challenge();
	const stolen = phone.keys.show(await phone.challenge());
	expect(await thief.post(answerPasskeySignIn, { ...thief.place, credential: stolen })).toMatchObject(WRONG);
	expect(await thief.signedIn()).toBe(false);
	// And it is used up for its owner too.
	expect(await phone.post(answerPasskeySignIn, { ...phone.place, credential: stolen })).toMatchObject(WRONG);
	const late = await phone.challenge();
	await db()
		.updateTable('challenge')
		.set({ expires_at: new Date(Date.now() - 1) })
		.execute();
	const old = phone.keys.show(late);
	expect(await phone.post(answerPasskeySignIn, { ...phone.place, credential: old })).toMatchObject(WRONG);
});

test('a challenge for making is none for signing in, and one of another session is none for making', async () => {
	const { phone } = await family(server, 'PK5');
	await phone.makePasskey();
	const create = (await phone.post(answerCreateOptions, { label: 'x' })).body as CreateOptions;
	const shown = phone.keys.show({ challenge: create.challenge, rpId: 'localhost' });
	expect(await phone.post(answerPasskeySignIn, { ...phone.place, credential: shown })).toMatchObject(WRONG);
	// The same browser, another person signed in meanwhile: the passkey must not become theirs.
	const before = (await phone.post(answerCreateOptions, { label: 'x' })).body as CreateOptions;
	const { phone: other } = await family(server, 'PK6');
	other.browser.jar.set('ask', phone.browser.jar.get('ask')!);
	expect(await other.post(answerCreate, phone.keys.create(before))).toMatchObject(WRONG);
});

test.each([
	['another origin', { origin: 'https://evil.example' }],
	['another site’s id', { rpId: 'evil.example' }],
	['no check of the person', { userVerified: false }],
	['another person’s handle', { userHandle: 'AAAA' }],
	['the wrong ceremony', { type: 'webauthn.create' }],
	['another challenge', { challenge: 'AAAA' }]
])('signing in is refused for %s, and nothing is signed in', async (_, bend) => {
	const { phone } = await family(server, `PB${crypto.randomUUID().slice(0, 6)}`);
	await phone.makePasskey();
	await phone.post(answerEnd, {});
	expect(await phone.passkeySignIn(bend)).toMatchObject(WRONG);
	expect(await phone.signedIn()).toBe(false);
});

test.each([
	['another origin', { origin: 'https://evil.example' }],
	['another site’s id', { rpId: 'evil.example' }],
	['no check of the person', { userVerified: false }],
	['the wrong ceremony', { type: 'webauthn.get' }]
])('making is refused for %s, and nothing is kept', async (_, bend) => {
	const { phone } = await family(server, `PC${crypto.randomUUID().slice(0, 6)}`);
	expect(await phone.makePasskey(bend)).toMatchObject(WRONG);
	const kept = await db().selectFrom('passkey').selectAll().where('account_id', '=', phone.userId).execute();
	expect(kept).toEqual([]);
});

test('a copied passkey is noticed by its counter', async () => {
	const { phone } = await family(server, 'PK7');
	await phone.makePasskey();
	expect((await phone.passkeySignIn({ counter: 10 })).status).toBe(200);
	expect(await phone.passkeySignIn({ counter: 10 })).toMatchObject(WRONG);
	expect(await phone.passkeySignIn({ counter: 9 })).toMatchObject(WRONG);
	expect((await phone.passkeySignIn({ counter: 11 })).status).toBe(200);
});

test('a credential id belongs to one person for ever', async () => {
	const { phone: first } = await family(server, 'PK8');
	const { phone: second } = await family(server, 'PK9');
	await first.makePasskey();
	const id = first.keys.keys[0]!.id;
	expect(await second.makePasskey({ id })).toMatchObject(WRONG);
	expect(await first.passkeySignIn()).toMatchObject({ status: 200, body: { userId: first.userId } });
	// The second's key under the first's id proves nothing.
	expect(await second.passkeySignIn()).toMatchObject(WRONG);
});

test('a phone that holds one person’s data is not signed in as another, and keeps its session', async () => {
	const { phone } = await family(server, 'PK10');
	const { phone: other } = await family(server, 'PK11');
	await other.makePasskey();
	await phone.post(answerPasskeyOptions, {});
	phone.keys.keys = other.keys.keys;
	const refused = await phone.passkeySignIn({}, { account: phone.userId });
	expect(refused).toMatchObject({ status: 422, body: { code: 'other_person' } });
	expect(await phone.signedIn()).toBe(true);
});

test('a session that somebody planted is never the one signed in, and ends', async () => {
	const { phone: thief } = await family(server, 'PK12');
	const { phone } = await family(server, 'PK13');
	await phone.makePasskey();
	// The thief's cookie lies in the victim's browser before they sign in.
	phone.browser.jar.set('s', thief.browser.jar.get('s')!);
	expect((await phone.passkeySignIn()).status).toBe(200);
	expect(phone.browser.jar.get('s')).not.toBe(thief.browser.jar.get('s'));
	expect(await thief.signedIn()).toBe(false);
	expect(await phone.signedIn()).toBe(true);
});

test('saying another person’s phone id signs nobody out', async () => {
	const { phone } = await family(server, 'PK14');
	const { phone: other } = await family(server, 'PK15');
	await other.makePasskey();
	const credential = other.keys.show(await other.challenge());
	const taken = { deviceId: phone.browser.deviceId, deviceName: 'Phone', credential };
	expect((await other.post(answerPasskeySignIn, taken)).status).toBe(200);
	expect(await phone.signedIn()).toBe(true);
});

test('ten wrong proofs keep nobody else of that address out; after 200 it waits', async () => {
	const { phone } = await family(server, 'PK16');
	await phone.makePasskey();
	for (let n = 0; n < 10; n++) expect(await phone.passkeySignIn({ challenge: 'AAAA' })).toMatchObject(WRONG);
	expect((await phone.passkeySignIn()).status).toBe(200);
	const { address } = phone.browser;
	const at = { door: 'passkey', address, secret: server.config.secret, now: new Date(), tries: 1_000 };
	for (let n = 10; n < 200; n++) await server.database.transact((tx) => knock(tx, at));
	expect(await phone.passkeySignIn()).toMatchObject({ status: 429, body: { code: 'too_many' } });
});

test('nothing is made or signed in from another site’s page', async () => {
	const { phone } = await family(server, 'PK17');
	const cross = { 'sec-fetch-site': 'cross-site' };
	for (const [endpoint, body] of [
		[answerCreateOptions, { label: 'x' }],
		[answerPasskeyOptions, {}]
	] as const)
		expect((await phone.post(endpoint, body, cross)).body).toEqual({ code: 'bad_request' });
});

test('secrets are nowhere in the clear: no challenge, no mark, no session token', async () => {
	const { phone } = await family(server, 'PK18');
	await phone.makePasskey();
	const asked = await phone.challenge();
	const kept = JSON.stringify([
		await db().selectFrom('challenge').selectAll().execute(),
		await db().selectFrom('session').selectAll().execute()
	]);
	for (const secret of [asked.challenge, phone.browser.jar.get('ask')!, phone.browser.jar.get('s')!])
		expect(kept).not.toContain(secret);
});

test('over https every cookie is bound to the host, out of reach of scripts and of other sites', async () => {
	const { scopeId } = await oneChild(server.database, 'PK19');
	const code = await letterCode(server.database, scopeId);
	const browser = new Browser('198.51.100.250');
	const kept = new Map<string, object>();
	const secure = (body: object): Call => {
		const call = browser.post('/api', body);
		const set = (name: string, value: string, options: object) => {
			browser.jar.set(name, value);
			kept.set(name, options);
		};
		return { ...call, url: new URL('https://alongside.example/api'), cookies: { ...call.cookies, set } };
	};
	const place = { deviceId: browser.deviceId, deviceName: 'Phone' };
	await answerRedeem(secure({ code, bornOn: '2017-05-04', ...place }), server);
	const options = (await (await answerPasskeyOptions(secure({}), server)).json()) as { rpId: string };
	expect(options.rpId).toBe('alongside.example');
	expect([...kept.keys()].sort()).toEqual(['__Host-ask', '__Host-s']);
	for (const flags of kept.values())
		expect(flags).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
});

test('the relying party is the address families type, whatever the server is called inside', async () => {
	const call = new Browser().post('/api', {});
	const config = { ...server.config, publicOrigin: 'https://alongside.example.gov.uk' };
	const { rpID, origins } = relyingParty(call, { ...server, config });
	expect(rpID).toBe('alongside.example.gov.uk');
	expect(origins).toContain('https://alongside.example.gov.uk');
	expect(relyingParty(call, server).rpID).toBe('localhost');
});

/** The session's proof was so many minutes ago. */
async function age(phone: Phone, minutes: number): Promise<void> {
	await db()
		.updateTable('session')
		.set({ proved_at: new Date(Date.now() - minutes * 60_000) })
		.where('account_id', '=', phone.userId)
		.execute();
}
