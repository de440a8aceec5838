import type { OutboxRow, SendingDb } from '../db.ts';
import { readMeta } from '../meta.ts';

/** The highest number that this device ever gave, 0 before the first. */
export async function highestSeq(db: SendingDb): Promise<number> {
	const [last] = await db.outbox.orderBy('seq').reverse().limit(1).keys();
	return Math.max(0, Number(last ?? 0), (await readMeta(db, 'forgotten')) ?? 0);
}

/** Oldest first. */
export const unanswered = (db: SendingDb) => db.outbox.orderBy('seq').filter(({ ack }: OutboxRow) => !ack);
