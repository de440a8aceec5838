import type { PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import { PUSH_MUTATIONS } from '#contract/sync/push.ts';
import type { Actor } from '../access/can.ts';
import type { Tx } from '../db/transaction.ts';

/** What this phone has pushed and not heard of yet, oldest first: as many as one push can hold, a phone that missed more asks again. */
export async function acksOf(
	tx: Tx,
	actor: Actor,
	{ deviceId, acked }: PullRequest
): Promise<PullAnswer['acks']> {
	if (actor.kind !== 'family' || acked === undefined) return { lastSeq: 0, recent: [] };
	const device = await tx
		.selectFrom('device')
		.select('last_seq')
		.where('account_id', '=', actor.accountId)
		.where('id', '=', deviceId)
		.executeTakeFirst();
	const rows = await tx
		.selectFrom('mutation')
		.select('ack')
		.where('account_id', '=', actor.accountId)
		.where('device_id', '=', deviceId)
		.where('seq', '>', acked)
		.orderBy('seq')
		.limit(PUSH_MUTATIONS)
		.execute();
	return { lastSeq: device?.last_seq ?? 0, recent: rows.map((row) => row.ack) };
}
