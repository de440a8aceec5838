import { sql } from 'kysely';
import type { Envelope } from '#contract/access/quarantine.ts';
import type { Tx } from '../db/transaction.ts';

/** A removed phone may hand over what it had not sent for a day; a thief's has no reason to be listened to longer. */
export const QUARANTINE_MS = 86_400_000;
/** What one phone may leave here: a full outbox of words. Files wait with their own limit in issue 4. */
const MOST_ITEMS = 500;
/** What one person's phones may leave here together: some 4,000 pages of words. Phones are as easily added as removed. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Keeps sealed items unread, once each. Returns how many of these ids are kept now; fewer than were given means that the
 * phone's or its person's room here is full.
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
	// One at a time for each person: many at once would all find the room that is left.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`quarantine ${accountId}`}, 0))`.execute(tx);
	const there = new Set((await mine()).map((row) => row.id));
	let room = MOST_BYTES - (await bytesOf(tx, accountId));
	const fresh = [...new Map(items.map((item) => [item.id, item])).values()]
		.filter((item) => !there.has(item.id))
		.slice(0, Math.max(0, MOST_ITEMS - there.size))
		.filter((item) => (room -= JSON.stringify(item.envelope).length) >= 0);
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

async function bytesOf(tx: Tx, accountId: string): Promise<number> {
	const { bytes } = await tx
		.selectFrom('quarantine')
		.select(sql<string>`coalesce(sum(octet_length(envelope::text)), 0)`.as('bytes'))
		.where('account_id', '=', accountId)
		.executeTakeFirstOrThrow();
	return Number(bytes);
}
