import { randomInt, timingSafeEqual } from 'node:crypto';
import { MAIL_CODE_DIGITS } from '#contract/access/mail-code.ts';
import type { Tx } from '../db/transaction.ts';
import { keyedHash } from './keyed-hash.ts';
import { seal } from './sealed.ts';

/** Mail can be slow; ten minutes and five tries leave a guesser one chance in 20 million (sync-and-security §5.2). */
export const CODE_MS = 10 * 60_000;
const TRIES = 5;

/** Capitals say nothing about whose mailbox it is. */
export const addressKey = (secret: string, address: string) =>
	keyedHash(secret, 'mail-address', address.trim().normalize('NFKC').toLowerCase());
const codeKey = (secret: string, browser: string, code: string) =>
	keyedHash(secret, 'mail-code', `${browser} ${code}`);

type Asked = { browser: string; address: string; secret: string; now: Date };

/**
 * Makes a code for signing in and says whose it is: null when nobody confirmed this address. The same row is written either
 * way, so that neither the answer nor what follows tells which.
 */
export async function codeToSignIn(
	tx: Tx,
	asked: Asked
): Promise<{ code: string; accountId: string | null }> {
	const known = await tx
		.selectFrom('account_mail')
		.select('account_id')
		.where('address_hmac', '=', addressKey(asked.secret, asked.address))
		.executeTakeFirst();
	const accountId = known?.account_id ?? null;
	return { code: await keepCode(tx, asked, { use: 'sign-in', account_id: accountId }), accountId };
}

/** Makes a code that shows that a signed-in person reads this address. */
export async function codeForAddress(tx: Tx, asked: Asked & { accountId: string }): Promise<string> {
	const { secret, accountId, address } = asked;
	return keepCode(tx, asked, {
		use: 'address',
		account_id: accountId,
		address_sealed: seal({ secret, use: 'mail', place: accountId }, Buffer.from(address.trim()))
	});
}

type Row = { use: 'sign-in' | 'address'; account_id: string | null; address_sealed?: string };

async function keepCode(tx: Tx, { browser, address, secret, now }: Asked, row: Row): Promise<string> {
	const code = String(randomInt(10 ** MAIL_CODE_DIGITS)).padStart(MAIL_CODE_DIGITS, '0');
	await tx.deleteFrom('mail_code').where('expires_at', '<', now).execute();
	// One for a browser: a newer one ends the older, with its tries.
	await tx.deleteFrom('mail_code').where('browser_sha256', '=', browser).execute();
	await tx
		.insertInto('mail_code')
		.values({
			...row,
			browser_sha256: browser,
			code_hmac: codeKey(secret, browser, code),
			address_hmac: addressKey(secret, address),
			expires_at: new Date(now.getTime() + CODE_MS)
		})
		.execute();
	return code;
}

export type RightCode = { accountId: string; addressHmac: string; addressSealed: string | null };

/**
 * What a typed code opens, or null. Call it in a transaction that commits whatever the answer, so that a wrong try is
 * counted. A right code is used up.
 */
export async function tryCode(
	tx: Tx,
	ask: { use: Row['use']; browser: string; code: string; secret: string; now: Date }
): Promise<RightCode | null> {
	const row = await tx
		.selectFrom('mail_code')
		.selectAll()
		.where('browser_sha256', '=', ask.browser)
		.forUpdate()
		.executeTakeFirst();
	if (!row || row.use !== ask.use || row.expires_at <= ask.now || row.tries >= TRIES) return null;
	const [theirs, ours] = [codeKey(ask.secret, ask.browser, ask.code), row.code_hmac].map((hex) =>
		Buffer.from(hex, 'hex')
	);
	const mine = tx.updateTable('mail_code').where('browser_sha256', '=', ask.browser);
	if (!timingSafeEqual(theirs!, ours!) || row.account_id === null) {
		await mine.set({ tries: row.tries + 1 }).execute();
		return null;
	}
	await tx.deleteFrom('mail_code').where('browser_sha256', '=', ask.browser).execute();
	return {
		accountId: row.account_id,
		addressHmac: row.address_hmac,
		addressSealed: row.address_sealed
	};
}

/** The confirmed address of an account from now on. False when another account has it. */
export async function keepAddress(
	tx: Tx,
	{ accountId, addressHmac, addressSealed, now }: RightCode & { now: Date }
): Promise<boolean> {
	const theirs = await tx
		.selectFrom('account_mail')
		.select('account_id')
		.where('address_hmac', '=', addressHmac)
		.executeTakeFirst();
	if (theirs && theirs.account_id !== accountId) return false;
	const row = { address_hmac: addressHmac, address_sealed: addressSealed!, confirmed_at: now };
	await tx
		.insertInto('account_mail')
		.values({ account_id: accountId, ...row })
		.onConflict((at) => at.column('account_id').doUpdateSet(row))
		.execute();
	return true;
}
