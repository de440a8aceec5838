import { randomBytes } from 'node:crypto';
import type { Tx } from '../db/transaction.ts';
import { sha256 } from './keyed-hash.ts';

/** A person finds a finger in seconds; five minutes leaves room for a child in the way. */
export const CHALLENGE_MS = 5 * 60_000;

/** What one ceremony is bound to: what it is for, the browser that asked, and the account when somebody is signed in. */
export type Bound = { use: 'create' | 'sign-in'; browser: string; accountId?: string | undefined; now: Date };

/** 32 random bytes, of which the database keeps a hash. Sweeps what has died. */
export async function newChallenge(
	tx: Tx,
	{ use, browser, accountId, now }: Bound
): Promise<Uint8Array<ArrayBuffer>> {
	await tx.deleteFrom('challenge').where('expires_at', '<', now).execute();
	const bytes = new Uint8Array(randomBytes(32));
	await tx
		.insertInto('challenge')
		.values({
			challenge_sha256: sha256(Buffer.from(bytes).toString('base64url')),
			use,
			browser_sha256: browser,
			account_id: accountId ?? null,
			expires_at: new Date(now.getTime() + CHALLENGE_MS)
		})
		.execute();
	return bytes;
}

/** Whether the challenge (base64url) was ours and for this. Whatever the answer, it is used up. */
export async function takeChallenge(
	tx: Tx,
	challenge: string,
	{ use, browser, accountId, now }: Bound
): Promise<boolean> {
	const row = await tx
		.deleteFrom('challenge')
		.where('challenge_sha256', '=', sha256(challenge))
		.returningAll()
		.executeTakeFirst();
	return (
		row !== undefined &&
		row.use === use &&
		row.browser_sha256 === browser &&
		row.account_id === (accountId ?? null) &&
		row.expires_at > now
	);
}
