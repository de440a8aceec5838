import { sql } from 'kysely';
import { caseOfScope, sharedScope } from '#contract/scope.ts';
import type { Ack } from '#contract/sync/push.ts';
import { can, type FamilyActor } from '../access/can.ts';
import { databaseNow } from '../cases/database-now.ts';
import { lockScope, writeScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import { UNHEARD } from '../instance.ts';
import type { RowStore, StoredRow } from './row-store.ts';

/**
 * The protocol's memory in the database, for one phone of the person who is signed in. Locks the phone's row until the transaction
 * ends: two requests of one phone are settled one after the other. The phone first, then scopes, as everybody locks them.
 */
export async function sqlRowStore(tx: Tx, actor: FamilyActor, deviceId: string): Promise<RowStore> {
	const { accountId } = actor;
	const mine = tx.updateTable('device').where('account_id', '=', accountId).where('id', '=', deviceId);
	const device = await tx
		.selectFrom('device')
		.select('last_seq')
		.where('account_id', '=', accountId)
		.where('id', '=', deviceId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	let lastSeq = device.last_seq;
	const reach = async (seq: number) => {
		await mine.set({ last_seq: seq }).execute();
		lastSeq = seq;
	};
	const mutations = () => tx.selectFrom('mutation').where('account_id', '=', accountId);
	return {
		lastSeq: async () => lastSeq,
		async settled(mid) {
			const row = await mutations().select(['args_hash', 'ack']).where('mid', '=', mid).executeTakeFirst();
			return row ? { hash: row.args_hash, ack: row.ack } : null;
		},
		mayWrite: (scope) => can(actor, 'write', scope),
		async row(scope, t, id) {
			await beginScope(tx, scope);
			await lockScope(tx, scope);
			const row = await tx
				.selectFrom('scope_row')
				.select(['ver', 'deleted', 'v'])
				.where('scope_id', '=', scope)
				.where('t', '=', t)
				.where('id', '=', id)
				.executeTakeFirst();
			return row ? { ...row, v: row.v as StoredRow['v'] } : null;
		},
		async changedByOthers(scope, { t, id, ver }) {
			const later = await tx
				.selectFrom('mutation')
				.select('fields')
				.where('scope_id', '=', scope)
				.where('row_t', '=', t)
				.where('row_id', '=', id)
				.where('ver', '>', ver)
				.where(({ not, and }) => not(and({ account_id: accountId, device_id: deviceId })))
				.execute();
			return new Set(later.flatMap((row) => row.fields));
		},
		write: async (scope, rows) => (await writeScope(tx, scope, rows)).ver,
		now: () => databaseNow(tx),
		async settle({ mid, seq, scope, hash, ack, touched }) {
			await tx
				.insertInto('mutation')
				.values({
					account_id: accountId,
					mid,
					device_id: deviceId,
					seq,
					scope_id: scope,
					args_hash: hash,
					ack: JSON.stringify(ack satisfies Ack),
					ver: ack.ver ?? null,
					row_t: touched?.t ?? null,
					row_id: touched?.id ?? null,
					fields: JSON.stringify(touched?.fields ?? [])
				})
				.execute();
			await reach(seq);
		},
		pass: reach
	};
}

/**
 * A scope that a restored copy did not have yet begins above all that the old life can have handed out, as those do that were in it
 * (`mintEpoch`): a phone that had read the old versions would seem to know what is written now. The case's shared scope is always there.
 */
async function beginScope(tx: Tx, scope: string): Promise<void> {
	const caseId = caseOfScope(scope);
	if (caseId === null) return;
	await sql`
		insert into scope (id, ver)
		select ${scope}::text, ver / ${UNHEARD}::bigint * ${UNHEARD}::bigint from scope where id = ${sharedScope(caseId)}
		on conflict do nothing`.execute(tx);
}
