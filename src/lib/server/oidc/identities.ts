import { keyedHash } from '../access/keyed-hash.ts';
import type { Tx } from '../db/transaction.ts';

/** Issuer and subject together name a person; an e-mail address never does: providers let go of them and give them to others. */
export const identityKey = (secret: string, { issuer, sub }: { issuer: string; sub: string }) =>
	keyedHash(secret, 'identity', `${issuer}\0${sub}`);

/** The account that this identity opens, or null. */
export async function accountOf(tx: Tx, key: string, now: Date): Promise<string | null> {
	const row = await tx
		.updateTable('identity')
		.set({ last_used: now })
		.where('identity_hmac', '=', key)
		.returning('account_id')
		.executeTakeFirst();
	return row?.account_id ?? null;
}

/** Lets an identity open an account. False when it opens somebody else's: nothing is changed then. */
export async function linkIdentity(
	tx: Tx,
	{ key, accountId, provider }: { key: string; accountId: string; provider: string }
): Promise<boolean> {
	await tx
		.insertInto('identity')
		.values({ identity_hmac: key, account_id: accountId, provider })
		.onConflict((at) => at.doNothing())
		.execute();
	const row = await tx
		.selectFrom('identity')
		.select('account_id')
		.where('identity_hmac', '=', key)
		.executeTakeFirstOrThrow();
	return row.account_id === accountId;
}

/** The providers that open an account: what a person sees in their list of ways in. */
export async function linkedProviders(
	tx: Tx,
	accountId: string
): Promise<{ provider: string; linkedAt: Date }[]> {
	return tx
		.selectFrom('identity')
		.select(['provider', 'linked_at as linkedAt'])
		.where('account_id', '=', accountId)
		.orderBy('linked_at')
		.execute();
}

/** Takes a provider away from an account; the letter and other ways stay. */
export async function unlinkProvider(tx: Tx, accountId: string, provider: string): Promise<boolean> {
	const gone = await tx
		.deleteFrom('identity')
		.where('account_id', '=', accountId)
		.where('provider', '=', provider)
		.executeTakeFirst();
	return gone.numDeletedRows > 0n;
}
