import type { ZodMiniType } from 'zod/mini';
import {
	mailCodeAddress,
	mailCodeConfirm,
	mailCodeSend,
	mailCodeSignIn
} from '#contract/access/mail-code.ts';
import type { Tx } from '../db/transaction.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import { faultLine } from '../fault-line.ts';
import { senderFor } from '../mail/mailer.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { markBrowser, markOf } from './browser-mark.ts';
import { knock, welcome } from './door.ts';
import { addressKey, codeForAddress, codeToSignIn, keepAddress, tryCode } from './mail-code.ts';
import { tellPhones } from './notices.ts';
import { refuseProof, signIn } from './sign-in.ts';
import { requireFresh } from './step-up.ts';

const LIMIT = 4 * 1024;
/** Codes one mailbox is sent in an hour: enough for slow mail, too few to annoy a stranger with. */
const CODES_AN_HOUR = 5;
/**
 * Codes asked for from one network address in an hour. Only confirmed mailboxes are written to, and a mobile network's families
 * share an address; to a mailbox that somebody only names, ten.
 */
const SENT_AN_HOUR = 60;
const NAMED_AN_HOUR = 10;

/** The body; `not_found` where no mail is set up: then there is no such door. */
async function read<T>(call: Call, server: Runtime, shape: ZodMiniType<T>): Promise<T> {
	if (!server.config.mail) throw new Refusal('not_found');
	return readJson(call.request, { shape, limit: LIMIT, origins: originsOf(call, server) });
}

/** Counts the network address and the mailbox, whether anybody has that mailbox or not. */
async function mayWrite(
	tx: Tx,
	server: Runtime,
	at: { door: 'mail' | 'mail-named'; caller: string; mailbox: string; now: Date }
) {
	const { secret } = server.config;
	const tries = at.door === 'mail' ? SENT_AN_HOUR : NAMED_AN_HOUR;
	const door = await knock(tx, { door: at.door, address: at.caller, secret, now: at.now, tries });
	if ('retryAfter' in door) return door;
	const mailbox = addressKey(secret, at.mailbox);
	return knock(tx, { door: 'mail-to', address: mailbox, secret, now: at.now, tries: CODES_AN_HOUR });
}

/** Handed over after the answer: how long it takes would tell whether there was anything to send. */
function send(server: Runtime, to: string, code: string): void {
	const text = [
		`Your code for Alongside is ${code}.`,
		'Type it where you asked for it, on the same phone. It works for 10 minutes.',
		'If you did not ask for a code, you do not need to do anything. Nobody can use it without your phone.'
	].join('\n\n');
	senderFor(server.config.mail!)({ to: to.trim(), subject: 'Your code for Alongside', text }).catch(
		// Never to whom.
		(problem: unknown) => console.error('mail:', faultLine(problem))
	);
}

/** POST /api/mail-code/send: the answer never says whether anybody has the address. */
export async function answerMailSend(call: Call, server: Runtime): Promise<Response> {
	const { address } = await read(call, server, mailCodeSend);
	const { secret } = server.config;
	const now = new Date();
	const browser = markBrowser(call);
	const made = await server.database.transact(async (tx) => {
		const door = await mayWrite(tx, server, { door: 'mail', caller: addressOf(call), mailbox: address, now });
		return 'retryAfter' in door ? door : codeToSignIn(tx, { browser, address, secret, now });
	});
	if ('retryAfter' in made) throw new Refusal('too_many', made);
	if (made.accountId !== null) send(server, address, made.code);
	return answer({});
}

/** POST /api/mail-code/sign-in. */
export async function answerMailSignIn(call: Call, server: Runtime): Promise<Response> {
	const ask = await read(call, server, mailCodeSignIn);
	const { secret } = server.config;
	const now = new Date();
	const browser = markOf(call) ?? '';
	const tried = await server.database.transact(async (tx) => {
		const door = await knock(tx, { door: 'mail-code', address: addressOf(call), secret, now });
		if ('retryAfter' in door) return door;
		return { door, right: await tryCode(tx, { use: 'sign-in', browser, code: ask.code, secret, now }) };
	});
	if ('retryAfter' in tried) throw new Refusal('too_many', tried);
	if (!tried.right) return refuseProof(call, server, { reason: 'wrong-code', device: ask.deviceId });
	const { deviceId, deviceName, account } = ask;
	const { accountId } = tried.right;
	const body = await signIn(call, server, { accountId, by: 'mail', deviceId, deviceName, account, now });
	await server.database.transact((tx) => welcome(tx, tried.door.id));
	return answer(body);
}

/** POST /api/mail-code/address: a signed-in person, freshly proved, names the address that codes shall go to. */
export async function answerMailAddress(call: Call, server: Runtime): Promise<Response> {
	const { address } = await read(call, server, mailCodeAddress);
	const session = await requireSession(call, server);
	const { secret } = server.config;
	const { accountId } = session;
	const now = new Date();
	const browser = markBrowser(call);
	const made = await server.database.transact(async (tx) => {
		await requireFresh(tx, session, now);
		const door = await mayWrite(tx, server, {
			door: 'mail-named',
			caller: addressOf(call),
			mailbox: address,
			now
		});
		if ('retryAfter' in door) return door;
		return { code: await codeForAddress(tx, { browser, address, secret, now, accountId }) };
	});
	if ('retryAfter' in made) throw new Refusal('too_many', made);
	send(server, address, made.code);
	return answer({});
}

/** POST /api/mail-code/confirm. */
export async function answerMailConfirm(call: Call, server: Runtime): Promise<Response> {
	const { code } = await read(call, server, mailCodeConfirm);
	const { accountId, deviceId } = await requireSession(call, server);
	const { secret } = server.config;
	const now = new Date();
	const browser = markOf(call) ?? '';
	const outcome = await server.database.transact(async (tx) => {
		const right = await tryCode(tx, { use: 'address', browser, code, secret, now });
		if (!right || right.accountId !== accountId) return 'proof_wrong' as const;
		if (!(await keepAddress(tx, { ...right, now }))) return 'address_taken' as const;
		await tellPhones(tx, { accountId, kind: 'mail-changed', device: deviceId, now });
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'way-in-added',
			object: right.addressHmac,
			address: addressOf(call),
			device: deviceId
		});
		return null;
	});
	if (outcome) throw new Refusal(outcome);
	return answer({});
}
