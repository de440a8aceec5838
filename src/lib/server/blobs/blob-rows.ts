import { sql, type Selectable } from 'kysely';
import { chunksOf, UNSENT_BYTES, type BlobAnswer } from '#contract/blobs.ts';
import type { Tables } from '../db/tables.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../edge/refusal.ts';
import type { Whose } from './ways.ts';

export type BlobRow = Selectable<Tables['blob']>;

/** Six messages full of files, none of them finished: more is no family's work. */
const MOST_OPEN = 60;
/** What one person may begin in a day: a child's whole file, photographed, and a disk is still not full. */
const MOST_A_DAY = 300;
const HOUR_S = 3_600;
const DAY_MS = 86_400_000;

export const says = ({ state, have, code }: BlobRow): BlobAnswer => ({
	state,
	have,
	...(code !== null && { code })
});

export const findBlob = (tx: Tx, { accountId, id }: Whose): Promise<BlobRow | undefined> =>
	tx
		.selectFrom('blob')
		.selectAll()
		.where('account_id', '=', accountId)
		.where('id', '=', id)
		.executeTakeFirst();

/**
 * The file with this id, begun now if it is new. Throws Refusal: `bad_request` when it was begun as another one, `too_many` when this person's
 * room for unfinished files is full.
 */
export async function beginBlob(
	tx: Tx,
	{ accountId, id, scope, bytes }: Whose & { scope: string; bytes: number }
): Promise<BlobRow> {
	// One at a time for each person: many at once would all find the room that is left.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`blob ${accountId}`}, 0))`.execute(tx);
	const there = await findBlob(tx, { accountId, id });
	if (there) {
		if (there.scope_id !== scope || there.bytes !== bytes) throw new Refusal('bad_request');
		return there;
	}
	await requireRoom(tx, { accountId, bytes });
	return tx
		.insertInto('blob')
		.values({
			account_id: accountId,
			id,
			scope_id: scope,
			bytes,
			have: '0'.repeat(chunksOf(bytes)),
			state: 'uploading'
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

async function requireRoom(
	tx: Tx,
	{ accountId, bytes }: { accountId: string; bytes: number }
): Promise<void> {
	const since = new Date(Date.now() - DAY_MS);
	const unfinished = sql`state in ('uploading', 'words')`;
	const used = await tx
		.selectFrom('blob')
		.select([
			sql<number>`coalesce(sum(bytes) filter (where ${unfinished}), 0)::int`.as('bytes'),
			sql<number>`(count(*) filter (where ${unfinished}))::int`.as('open'),
			sql<number>`(count(*) filter (where made_at > ${since}))::int`.as('today')
		])
		.where('account_id', '=', accountId)
		.executeTakeFirstOrThrow();
	if (used.bytes + bytes > UNSENT_BYTES || used.open >= MOST_OPEN || used.today >= MOST_A_DAY)
		throw new Refusal('too_many', { retryAfter: HOUR_S });
}

/** Writes down that a chunk is on the disk, or that it is not there any more. Undefined: the file is gone. */
export async function markChunk(
	tx: Tx,
	whose: Whose,
	{ n, here }: { n: number; here: boolean }
): Promise<BlobRow | undefined> {
	const mine = { account_id: whose.accountId, id: whose.id };
	const row = await tx
		.selectFrom('blob')
		.selectAll()
		.where(({ and }) => and(mine))
		.forUpdate()
		.executeTakeFirst();
	if (!row || row.state === 'done' || row.state === 'refused') return row;
	const have = row.have.slice(0, n) + (here ? '1' : '0') + row.have.slice(n + 1);
	return tx
		.updateTable('blob')
		.set({ have, state: have.includes('0') ? 'uploading' : 'words', changed_at: new Date() })
		.where(({ and }) => and(mine))
		.returningAll()
		.executeTakeFirst();
}

export type Settling =
	| { state: 'done'; kept_sha256: string; kept_bytes: number; named_sha256: string; scanned: boolean }
	| { state: 'refused'; code: string };

/** Settles a file for good. Undefined: somebody else had settled it, or it is gone. */
export const settleBlob = (tx: Tx, { accountId, id }: Whose, how: Settling): Promise<BlobRow | undefined> =>
	tx
		.updateTable('blob')
		.set({ ...how, changed_at: new Date() })
		.where('account_id', '=', accountId)
		.where('id', '=', id)
		.where('state', 'in', ['uploading', 'words'])
		.returningAll()
		.executeTakeFirst();
