import type { DevicesAnswer } from '#contract/access/devices.ts';
import type { Tx } from '../db/transaction.ts';

/** A removed phone stays on the list this long, so that its person can see that it has heard of it or not. */
const REMOVED_SHOWN_MS = 90 * 86_400_000;

/** The person's phones and browsers, the one that asks first, then by when they were seen. */
export async function devicesOf(
	tx: Tx,
	{ accountId, deviceId, now }: { accountId: string; deviceId: string; now: Date }
): Promise<DevicesAnswer> {
	const rows = await tx
		.selectFrom('device')
		.select(['id', 'name', 'last_seen', 'revoked_at'])
		.where('account_id', '=', accountId)
		.orderBy('last_seen', 'desc')
		.execute();
	const since = new Date(now.getTime() - REMOVED_SHOWN_MS);
	const devices = rows
		.filter((row) => row.revoked_at === null || row.revoked_at > since)
		.map((row) => ({
			id: row.id,
			name: row.name,
			lastSeen: row.last_seen.toISOString(),
			thisOne: row.id === deviceId,
			removed: row.revoked_at !== null
		}));
	return { devices: devices.sort((a, b) => Number(b.thisOne) - Number(a.thisOne)) };
}

/** False when the account has no such phone. */
export async function renameDevice(
	tx: Tx,
	{ accountId, id, name }: { accountId: string; id: string; name: string }
): Promise<boolean> {
	const row = await tx
		.updateTable('device')
		.set({ name })
		.where('account_id', '=', accountId)
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Takes a phone off its person's list: its sessions end, what the server kept to unlock it goes, and so do the passkeys made on
 * it, copied elsewhere by the platform or not: whoever holds the phone must not come back with one. False when the account has
 * no such phone; a second time changes nothing.
 */
export async function revokeDevice(
	tx: Tx,
	{ accountId, id, now }: { accountId: string; id: string; now: Date }
): Promise<boolean> {
	const found = await tx
		.selectFrom('device')
		.select('revoked_at')
		.where('account_id', '=', accountId)
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!found) return false;
	if (found.revoked_at === null)
		await tx
			.updateTable('device')
			.set({ revoked_at: now })
			.where('account_id', '=', accountId)
			.where('id', '=', id)
			.execute();
	await tx
		.updateTable('session')
		.set({ ended_at: now })
		.where('account_id', '=', accountId)
		.where('device_id', '=', id)
		.where('ended_at', 'is', null)
		.execute();
	for (const table of ['device_secret', 'passkey'] as const)
		await tx.deleteFrom(table).where('account_id', '=', accountId).where('device_id', '=', id).execute();
	return true;
}
