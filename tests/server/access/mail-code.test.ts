import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	answerMailAddress,
	answerMailConfirm,
	answerMailSend,
	answerMailSignIn
} from '#server/access/answer-mail-code.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerRevoke } from '#server/access/answer-devices.ts';
import { answerSession } from '#server/access/answer-session.ts';
import { readConfig } from '#server/config.ts';
import { notifySender } from '#server/mail/notify.ts';
import { senderFor } from '#server/mail/mailer.ts';
import { readMail } from '#server/mail/settings.ts';
import type { Runtime } from '#server/runtime.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { testRuntime } from '../../support/family.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { family, Phone } from '../../support/sign-in.ts';

let mail: MailServer;
let server: Runtime;
let without: Runtime;
beforeAll(async () => {
	mail = await startMailServer();
	without = await testRuntime();
	const config = readConfig({
		SERVER_SECRET: TEST_SECRET,
		DATA_DIR: '/nonexistent',
		MAIL_URL: mail.url,
		MAIL_FROM: 'Alongside <no-reply@example.org>'
	});
	server = { ...without, config };
});
afterAll(async () => {
	await without.close();
	await mail.stop();
});
const WRONG = { status: 422, body: { code: 'proof_wrong' } };
/** A mail's own id begins with eight hexadecimal places, which now and then are all digits: the code is asked for by its sentence. */
const codeIn = (text: string) => /Alongside is (\d{8})\./.exec(text)![1]!;
const other = (code: string) => (code === '00000000' ? '00000001' : '00000000');

/** A family that confirmed its address. */
async function withAddress(ref: string, address: string): Promise<Phone> {
	const { phone } = await family(server, ref);
	expect((await phone.post(answerMailAddress, { address })).status).toBe(200);
	const code = codeIn((await mail.next(address)).text);
	expect(await phone.post(answerMailConfirm, { code })).toMatchObject({ status: 200 });
	return phone;
}
const signIn = (phone: Phone, code: string) => phone.post(answerMailSignIn, { ...phone.place, code });

test('where no mail is set up there is no such door, and the server says which ways it has', async () => {
	const phone = new Phone(without);
	for (const endpoint of [answerMailSend, answerMailSignIn, answerMailAddress, answerMailConfirm])
		expect(await phone.post(endpoint, {})).toMatchObject({ status: 404, body: { code: 'not_found' } });
	expect((await phone.get(answerSession)).body['ways']).toEqual(['letter', 'passkey']);
	expect((await new Phone(server).get(answerSession)).body['ways']).toEqual(['letter', 'passkey', 'mail']);
});

test('a confirmed address gets a code, and the code signs in once, in the browser that asked', async () => {
	const phone = await withAddress('ML1', 'One@example.org');
	await phone.post(answerEnd, {});
	expect((await phone.post(answerMailSend, { address: 'one@example.ORG ' })).body).toEqual({
		code: 'bad_request'
	});
	expect((await phone.post(answerMailSend, { address: 'one@example.ORG' })).body).toEqual({});
	const { text } = await mail.next('one@example.org');
	expect(text).not.toMatch(/ML1|Child|Guardian/);
	const code = codeIn(text);
	// Somebody else saw the code, or was sent it: in their browser it is nothing.
	const thief = new Phone(server);
	expect(await signIn(thief, code)).toMatchObject(WRONG);
	expect(await signIn(phone, code)).toMatchObject({ status: 200, body: { userId: phone.userId } });
	expect(await phone.signedIn()).toBe(true);
	expect(await signIn(phone, code)).toMatchObject(WRONG);
	const kept = JSON.stringify(await server.database.db.selectFrom('account_mail').selectAll().execute());
	expect(kept.toLowerCase()).not.toContain('one@');
});

test('an unknown address is answered the same, and nothing is sent', async () => {
	const before = mail.mails.length;
	const phone = await withAddress('ML2', 'two@example.org');
	const [known, stranger] = [new Phone(server), new Phone(server)];
	const yes = await known.post(answerMailSend, { address: 'two@example.org' });
	const no = await stranger.post(answerMailSend, { address: 'nobody@example.org' });
	expect({ ...no, headers: [...no.headers] }).toEqual({ ...yes, headers: [...yes.headers] });
	await mail.next('two@example.org');
	expect(mail.mails.length - before).toBe(2);
	// What follows looks the same too: five tries, then nothing.
	for (const one of [known, stranger])
		for (let n = 0; n < 6; n++) expect(await signIn(one, '12345678')).toMatchObject(WRONG);
	expect(phone.userId).not.toBe('');
});

test('the right code after five wrong ones, or after ten minutes, is too late', async () => {
	const phone = await withAddress('ML3', 'three@example.org');
	await phone.post(answerMailSend, { address: 'three@example.org' });
	const code = codeIn((await mail.next('three@example.org')).text);
	for (let n = 0; n < 5; n++) expect(await signIn(phone, other(code))).toMatchObject(WRONG);
	expect(await signIn(phone, code)).toMatchObject(WRONG);
	await phone.post(answerMailSend, { address: 'three@example.org' });
	const next = codeIn((await mail.next('three@example.org')).text);
	await server.database.db
		.updateTable('mail_code')
		.set({ expires_at: new Date(Date.now() - 1) })
		.execute();
	expect(await signIn(phone, next)).toMatchObject(WRONG);
});

test('a mailbox is not written to more than five times an hour, whoever asks; a network address asks sixty times', async () => {
	await withAddress('ML4', 'four@example.org');
	const said: number[] = [];
	for (let n = 0; n < 5; n++)
		said.push((await new Phone(server).post(answerMailSend, { address: 'four@example.org' })).status);
	expect(said).toEqual([200, 200, 200, 200, 429]);
	const spammer = new Phone(server);
	const answers: number[] = [];
	for (let n = 0; n < 61; n++)
		answers.push((await spammer.post(answerMailSend, { address: `x${n}@example.org` })).status);
	expect(answers).toEqual([...Array<number>(60).fill(200), 429]);
	// To a mailbox that somebody only names, ten.
	const { phone } = await family(server, 'ML4b');
	const named: number[] = [];
	for (let n = 0; n < 11; n++)
		named.push((await phone.post(answerMailAddress, { address: `y${n}@example.org` })).status);
	expect(named).toEqual([...Array<number>(10).fill(200), 429]);
});

test('an address is changed only with a fresh proof, only by its own reader, and belongs to one account', async () => {
	const phone = await withAddress('ML5', 'five@example.org');
	await server.database.db
		.updateTable('session')
		.set({ proved_at: new Date(Date.now() - 6 * 60_000) })
		.where('account_id', '=', phone.userId)
		.execute();
	expect(await phone.post(answerMailAddress, { address: 'new@example.org' })).toMatchObject({
		status: 403,
		body: { code: 'proof_needed' }
	});
	expect((await new Phone(server).post(answerMailAddress, { address: 'a@example.org' })).status).toBe(401);
	const { phone: second } = await family(server, 'ML6');
	await second.post(answerMailAddress, { address: 'five@example.org' });
	const code = codeIn((await mail.next('five@example.org')).text);
	// A code for an address is none for signing in.
	expect(await signIn(second, code)).toMatchObject(WRONG);
	expect((await second.post(answerMailConfirm, { code })).body).toEqual({ code: 'address_taken' });
	// The browser changed hands between asking and confirming.
	await second.post(answerMailAddress, { address: 'six@example.org' });
	const six = codeIn((await mail.next('six@example.org')).text);
	const { phone: third } = await family(server, 'ML7');
	third.browser.jar.set('ask', second.browser.jar.get('ask')!);
	expect(await third.post(answerMailConfirm, { code: six })).toMatchObject(WRONG);
});

test('a mailed code is proof enough only while there is no passkey', async () => {
	const phone = await withAddress('ML8', 'eight@example.org');
	const fresh = async () =>
		((await phone.get(answerSession)).body['session'] as { freshUntil: string | null }).freshUntil;
	const byMail = async () => {
		await phone.post(answerMailSend, { address: 'eight@example.org' });
		await signIn(phone, codeIn((await mail.next('eight@example.org')).text));
	};
	await byMail();
	expect(await fresh()).not.toBeNull();
	await phone.makePasskey();
	await byMail();
	expect(await fresh()).toBeNull();
	const revoke = await phone.post(answerRevoke, { id: crypto.randomUUID() });
	expect(revoke.body).toEqual({ code: 'proof_needed' });
	await phone.passkeySignIn();
	expect(await fresh()).not.toBeNull();
});

test('a mail server that refuses changes nothing in the answer', async () => {
	const refusing = await startMailServer();
	refusing.refuse();
	const settings = readMail({ MAIL_URL: refusing.url, MAIL_FROM: 'a@example.org' }).mail!;
	await expect(senderFor(settings)({ to: 'x@example.org', subject: 's', text: 't' })).rejects.toThrow();
	await refusing.stop();
});

test('Notify is asked as its interface wants it, with a token of its own key', async () => {
	const service = '6b1f0f9e-8a1c-4f43-9f0e-0d4a3a3b9b11';
	const key = '0a7f1c52-7c0e-4a76-a1a0-1f3d0b8e7c22';
	const template = '3d9f9a3e-1111-4222-8333-444455556666';
	const { mail: settings } = readMail({
		NOTIFY_API_KEY: `a-name-${service}-${key}`,
		NOTIFY_TEMPLATE: template
	});
	if (settings?.kind !== 'notify') throw new Error('not read');
	const asked: { url: string; init: RequestInit }[] = [];
	const send = notifySender(settings, async (url, init) => {
		asked.push({ url: String(url), init: init! });
		return new Response('{}', { status: 201 });
	});
	await send({ to: 'x@example.org', subject: 'Your code', text: 'It is 12345678' });
	const { url, init } = asked[0]!;
	expect(url).toBe('https://api.notifications.service.gov.uk/v2/notifications/email');
	expect(JSON.parse(init.body as string)).toEqual({
		email_address: 'x@example.org',
		template_id: template,
		personalisation: { subject: 'Your code', text: 'It is 12345678' }
	});
	const token = (init.headers as Record<string, string>)['authorization']!.slice('Bearer '.length);
	const { jwtVerify } = await import('jose');
	const { payload } = await jwtVerify(token, new TextEncoder().encode(key), { algorithms: ['HS256'] });
	expect(payload.iss).toBe(service);
	expect(Math.abs(payload.iat! - Date.now() / 1000)).toBeLessThan(30);
	const down = notifySender(settings, async () => new Response('no', { status: 500 }));
	await expect(down({ to: 'x@example.org', subject: 's', text: 't' })).rejects.toThrow('500');
});

test('mail settings that cannot work are named', () => {
	expect(readMail({}).mail).toBeUndefined();
	expect(readMail({ MAIL_URL: 'smtp://x' }).problems).toHaveLength(1);
	expect(readMail({ MAIL_URL: 'http://x', MAIL_FROM: 'a@b' }).problems).toHaveLength(1);
	expect(readMail({ NOTIFY_API_KEY: 'short', NOTIFY_TEMPLATE: 'x' }).problems).toHaveLength(2);
	expect(() => readConfig({ SERVER_SECRET: TEST_SECRET, MAIL_URL: 'nowhere' })).toThrow('MAIL_FROM');
});
