import { randomBytes } from 'node:crypto';
import type { Tx } from '../db/transaction.ts';
import { seal, unseal } from './sealed.ts';

/**
 * The 256 random bits that only the server keeps for one phone of one person, as base64url: made at the first asking, the same
 * ever after, gone when the phone is revoked. Whoever calls has made sure of a fresh proof.
 */
export async function deviceSecret(
	tx: Tx,
	{ accountId, deviceId, secret }: { accountId: string; deviceId: string; secret: string }
): Promise<string> {
	const at = { secret, use: 'device-secret' as const, place: `${accountId}|${deviceId}` };
	const mine = { account_id: accountId, device_id: deviceId };
	await tx
		.insertInto('device_secret')
		.values({ ...mine, sealed: seal(at, randomBytes(32)) })
		.onConflict((on) => on.doNothing())
		.execute();
	const row = await tx
		.selectFrom('device_secret')
		.select('sealed')
		.where('account_id', '=', accountId)
		.where('device_id', '=', deviceId)
		.executeTakeFirstOrThrow();
	return unseal(at, row.sealed).toString('base64url');
}
