import type { Envelope } from '#contract/access/quarantine.ts';
import type { Tx } from '../db/transaction.ts';

/** A removed phone may hand over what it had not sent for a day; a thief's has no reason to be listened to longer. */
export const QUARANTINE_MS = 86_400_000;
/** What one phone may leave here: a full outbox of words. Files wait with their own limit in issue 4. */
const MOST_ITEMS = 500;

/**
 * Keeps sealed items unread, once each. Returns how many of these ids are kept now; fewer than were given means that the
 * phone's room here is full.
 */
export async function keepSealed(
	tx: Tx,
	{
		accountId,
		deviceId,
		items,
		now
	}: { accountId: string; deviceId: string; items: readonly { id: string; envelope: Envelope }[]; now: Date }
): Promise<number> {
	const mine = () =>
		tx
			.selectFrom('quarantine')
			.select('id')
			.where('account_id', '=', accountId)
			.where('device_id', '=', deviceId)
			.execute();
	const there = new Set((await mine()).map((row) => row.id));
	const fresh = [...new Map(items.map((item) => [item.id, item])).values()]
		.filter((item) => !there.has(item.id))
		.slice(0, Math.max(0, MOST_ITEMS - there.size));
	if (fresh.length > 0)
		await tx
			.insertInto('quarantine')
			.values(
				fresh.map(({ id, envelope }) => ({
					id,
					account_id: accountId,
					device_id: deviceId,
					envelope: JSON.stringify(envelope),
					received_at: now
				}))
			)
			.onConflict((at) => at.doNothing())
			.execute();
	const kept = new Set((await mine()).map((row) => row.id));
	return new Set(items.filter((item) => kept.has(item.id)).map((item) => item.id)).size;
}
