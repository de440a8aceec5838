import type { Ack } from '#contract/sync/push.ts';
import type { OutboxRow, SendingDb } from '../db.ts';
import { readMeta, writeMeta } from '../meta.ts';
import type { Offer } from '../outbox.ts';
import { DAMAGED, EMPTY, mutationOf, stateOf } from './item.ts';
import { highestSeq, unanswered } from './numbers.ts';

/** Everything here reads and writes what is in clear: it works while the phone is locked. */

const DAY_MS = 24 * 60 * 60_000;
const KEPT_MS = 30 * DAY_MS;

/**
 * Stops at the first that cannot go: what comes after it would only be refused as a gap. Marked before it is answered with, because
 * from then on nobody knows whether it arrived.
 */
export function offerRows(db: SendingDb, most: number, bytes: number): Promise<Offer | null> {
	return db.transaction('rw', db.outbox, db.meta, async () => {
		const deviceId = await readMeta(db, 'deviceId');
		if (!deviceId || !(await readMeta(db, 'account'))?.signedIn) return null;
		const waiting = await unanswered(db).limit(most).toArray();
		const mutations: Offer['mutations'] = [];
		let room = bytes;
		for (const row of waiting) {
			const mutation = mutationOf(row);
			room -= row.envelope?.ct.length ?? 0;
			if (!mutation || (room < 0 && mutations.length > 0)) break;
			mutations.push(mutation);
		}
		const news = waiting.slice(0, mutations.length).filter(({ offered }) => !offered);
		await db.outbox.bulkPut(news.map((row) => ({ ...row, offered: true })));
		return mutations.length > 0 ? { deviceId, mutations } : null;
	});
}

/**
 * An answer counts once, and only under the number that the mutation has now: one that was asked for before everything was numbered
 * anew would leave that number without a mutation.
 */
export function acknowledgeRows(db: SendingDb, acks: readonly Ack[], answeredAt: string): Promise<void> {
	return db.transaction('rw', db.outbox, async () => {
		for (const { mid, seq, status, code, ver, receipt } of acks) {
			const row = await db.outbox.get(mid);
			if (!row || isAnswered(row) || row.seq !== seq) continue;
			const ack = { status, answeredAt, code, ver, receipt };
			await db.outbox.put({ ...row, ack: told(ack) });
		}
	});
}

/** What was set aside as damaged may have arrived before that: then the server's word stands. */
const isAnswered = ({ ack }: OutboxRow) => ack !== undefined && ack.code !== DAMAGED;

const told = (ack: NonNullable<OutboxRow['ack']>) =>
	Object.fromEntries(Object.entries(ack).filter(([, value]) => value !== undefined)) as typeof ack;

export async function ackedUpTo(db: SendingDb): Promise<number> {
	return db.transaction('r', db.outbox, db.meta, async () => {
		const first = await unanswered(db).first();
		return first ? Math.max(0, first.seq - 1) : highestSeq(db);
	});
}

/**
 * From 1 on, what was answered under an earlier device id waits too: `seal` then numbers everything anew. An empty mutation goes only
 * when exactly its number is missed: it may stand for one that the server remembers by another id.
 */
export function reofferRows(db: SendingDb, from: number): Promise<void> {
	const isForgotten = ({ seq, name, ack }: OutboxRow) => {
		if (!ack || ack.code === DAMAGED) return false;
		if (name === EMPTY) return from > 1 && seq === from;
		return seq >= from || (from <= 1 && seq < 1);
	};
	return db.transaction('rw', db.outbox, async () => {
		for (const { ack, ...row } of await db.outbox.orderBy('seq').filter(isForgotten).toArray()) {
			const receipt = ack?.receipt ?? row.receipt;
			await db.outbox.put({ ...row, ...(receipt && { receipt }) });
		}
	});
}

/** Never from the tray, which only a person empties. */
export function pruneRows(db: SendingDb, now: number): Promise<void> {
	return db.transaction('rw', db.outbox, db.meta, async () => {
		const over = (row: OutboxRow) =>
			stateOf(row) === 'received' && now - Date.parse(row.ack!.answeredAt) > KEPT_MS;
		const gone = await db.outbox.filter(over).toArray();
		if (gone.length === 0) return;
		await writeMeta(db, 'forgotten', await highestSeq(db));
		await db.outbox.bulkDelete(gone.map(({ mid }) => mid));
	});
}
