import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';
import { keyedHash } from './keyed-hash.ts';

const HOUR_MS = 3_600_000;
/** Ten wrong codes an hour from one address: a family never needs that many, a guesser of 60 bits gets nowhere. */
const TRIES = 10;

export type Knock = {
	door: string;
	address: string;
	secret: string;
	now: Date;
	/** How many an hour, where nothing is guessed behind the door and many people share one address. */
	tries?: number;
};

/**
 * Counts an attempt at a public door before it is judged, so that many at once cannot slip past the count. The address is
 * kept as a keyed hash only, for an hour. Returns the attempt's id, or the seconds to wait.
 */
export async function knock(
	tx: Tx,
	{ door, address, secret, now, tries: most = TRIES }: Knock
): Promise<{ id: string } | { retryAfter: number }> {
	const since = new Date(now.getTime() - HOUR_MS);
	const address_hmac = keyedHash(secret, 'address', `${door} ${address}`);
	// One at a time for each address: PostgreSQL would let requests at the same moment all read the same count.
	await sql`select pg_advisory_xact_lock(hashtextextended(${address_hmac}, 0))`.execute(tx);
	await tx
		.deleteFrom('door_try')
		.where('id', 'in', (from) =>
			from.selectFrom('door_try').select('id').where('at', '<', since).forUpdate().skipLocked()
		)
		.execute();
	const tries = await tx
		.selectFrom('door_try')
		.select('at')
		.where('door', '=', door)
		.where('address_hmac', '=', address_hmac)
		.orderBy('at')
		.execute();
	if (tries.length >= most) {
		const free = tries[tries.length - most]!.at.getTime() + HOUR_MS;
		return { retryAfter: Math.max(1, Math.ceil((free - now.getTime()) / 1000)) };
	}
	const id = crypto.randomUUID();
	await tx.insertInto('door_try').values({ id, door, address_hmac, at: now }).execute();
	return { id };
}

/** The attempt was a good one: it counts no more. */
export async function welcome(tx: Tx, id: string): Promise<void> {
	await tx.deleteFrom('door_try').where('id', '=', id).execute();
}
