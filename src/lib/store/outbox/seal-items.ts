import { onDb, type OutboxRow } from '../db.ts';
import type { ServerKey } from '../keys/envelope.ts';
import { readMeta, stillHere, writeMeta } from '../meta.ts';
import { DAMAGED, mutationOf } from './item.ts';
import { highestSeq, unanswered } from './numbers.ts';
import { envelopeOf, openWords, type Open } from './words.ts';
import { emptied, isAsItWas, written } from './write-items.ts';

/**
 * `unopened`: the mutation that the server could not open, though it is sealed to this key: bytes of it changed on the phone. What
 * waits under no number of this device's is numbered anew first.
 */
export async function sealRows(open: Open, key: ServerKey, unopened?: string): Promise<number> {
	const { db, sealer } = open;
	const before = await onDb(db, () => unanswered(db).toArray());
	if (before.some(({ seq }) => seq < 1)) await forkRows(open);
	const waiting = await onDb(db, () => unanswered(db).toArray());
	const rows = waiting.filter(
		(row) => row.envelope?.kid !== key.kid || row.mid === unopened || !mutationOf(row)
	);
	const words = await openWords(sealer, rows);
	let sealed = 0;
	for (const [at, row] of rows.entries()) {
		const plain = words[at];
		const envelope = plain && (await envelopeOf(key, row, plain));
		if (envelope && mutationOf({ ...row, envelope })) sealed += await sealAnew(open, row, envelope);
		// To an older key, of which the server keeps its half for 400 days.
		else if (!envelope && mutationOf(row) && row.mid !== unopened) continue;
		else await setAside(open, row);
	}
	return sealed;
}

function sealAnew({ db }: Open, row: OutboxRow, envelope: OutboxRow['envelope']): Promise<number> {
	return onDb(db, () =>
		db.transaction('rw', db.outbox, db.meta, async () => {
			await stillHere(db);
			const now = await db.outbox.get(row.mid);
			if (!isAsItWas(now, row)) return 0;
			await db.outbox.put({ ...now, envelope });
			return 1;
		})
	);
}

/** It can never be sent, and must not hold up what comes after it: into the tray, with an empty mutation under its number. */
async function setAside(open: Open, row: OutboxRow): Promise<void> {
	const becomes: OutboxRow = { ...row, ack: damagedNow() };
	await written(open, async () => {
		const of = await open.db.outbox.get(row.mid);
		return isAsItWas(of, row) ? { ...emptied(row), of, becomes } : null;
	});
}

const damagedNow = (): OutboxRow['ack'] => ({
	status: 'rejected',
	code: DAMAGED,
	answeredAt: new Date().toISOString()
});

/** Something was written or answered meanwhile. */
const TURNS = 5;

/** A new device id, and everything unanswered numbered from 1. What was answered keeps its order below that. */
export async function forkRows(open: Open): Promise<void> {
	for (let turn = 0; turn < TURNS; turn++) if (await fork(open)) return;
	throw new Error('The outbox is being written somewhere else without pause.');
}

async function fork(open: Open): Promise<boolean> {
	const { db, sealer } = open;
	const waiting = await onDb(db, () => unanswered(db).toArray());
	const words = await openWords(sealer, waiting);
	const key = await readMeta(db, 'serverKey');
	const going: OutboxRow[] = [];
	for (const [at, { envelope: _, ...row }] of waiting.entries()) {
		const plain = words[at];
		if (!plain) continue;
		const anew = { ...row, seq: going.length + 1 };
		const envelope = key && (await envelopeOf(key, anew, plain).catch(() => undefined));
		going.push({ ...anew, ...(envelope && { envelope }) });
	}
	const deviceId = crypto.randomUUID();
	return onDb(db, () =>
		db.transaction('rw', db.outbox, db.meta, async () => {
			await stillHere(db);
			const now = await unanswered(db).toArray();
			if (now.length !== waiting.length || !now.every((row, at) => isAsItWas(row, waiting[at]!)))
				return false;
			const highest = await highestSeq(db);
			const left = await db.outbox.filter(({ mid }) => !going.some((row) => row.mid === mid)).toArray();
			const aside = left.map((row) => ({ ...row, seq: row.seq - highest, ack: row.ack ?? damagedNow() }));
			await db.outbox.bulkPut([...aside, ...going]);
			await writeMeta(db, 'deviceId', deviceId);
			await writeMeta(db, 'forgotten', 0);
			return true;
		})
	);
}
