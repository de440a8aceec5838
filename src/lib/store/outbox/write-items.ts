import { userScope } from '#contract/scope.ts';
import { SCHEMA } from '#contract/version.ts';
import { onDb, type OutboxRow } from '../db.ts';
import { isDamaged } from '../errors.ts';
import { filesTables } from '../files/named.ts';
import { retireKey } from '../isolate.ts';
import { keyPlace } from '../keys/places.ts';
import { stillHere } from '../meta.ts';
import type { OutboxItem } from '../outbox.ts';
import { DAMAGED, EMPTY, itemOf, stateOf } from './item.ts';
import { newMid } from './new-mid.ts';
import { highestSeq } from './numbers.ts';
import { sealedRow, type Facts, type Open } from './words.ts';

/**
 * `of`: the row whose number it takes, as it was when that was decided; without one it takes the next number. `becomes`: what is left
 * of that row; nothing, without it.
 */
type Draft = { facts: Facts; args: unknown; of?: OutboxRow; becomes?: OutboxRow };

/** Several tabs that write at the same moment meet here. */
const TURNS = 20;

/**
 * Seals and writes one row; resolves after the durable write. Its number is part of both seals, so it is read first and looked at
 * again inside the transaction that writes. `draft` answers null when there is nothing to write any more.
 */
export async function written(open: Open, draft: () => Promise<Draft | null>): Promise<OutboxRow | null> {
	const { db, sealer } = open;
	const scope = userScope(open.id);
	for (let turn = 0; turn < TURNS; turn++) {
		const next = await onDb(db, draft);
		if (!next) return null;
		const row = await onDb(db, () => attempt(open, next)).catch(async (error: unknown) => {
			if (!isDamaged(error)) throw error;
			await retireKey(db, scope);
			return null;
		});
		if (row) return row;
		sealer.forget(scope);
	}
	throw new Error('The outbox is being written somewhere else without pause.');
}

async function attempt(open: Open, { facts, args, of, becomes }: Draft): Promise<OutboxRow | null> {
	const { id, db } = open;
	const { kid, row } = await sealedRow(open, facts, args);
	const { tables, follow } = await filesWith(open, { args, gone: of && !becomes ? of.mid : undefined });
	return db.transaction('rw', [db.outbox, db.keys, db.meta, ...tables], async () => {
		await stillHere(db);
		if ((await db.keys.get(keyPlace(userScope(id))))?.kid !== kid) return null;
		if (of) {
			if (!isAsItWas(await db.outbox.get(of.mid), of)) return null;
			await (becomes ? db.outbox.put(becomes) : db.outbox.delete(of.mid));
		} else if ((await highestSeq(db)) + 1 !== row.seq) return null;
		await db.outbox.add(row);
		await follow?.(row);
		return row;
	});
}

type Following = { tables: ReturnType<typeof filesTables>; follow?: (row?: OutboxRow) => Promise<void> };

/** What is written together with words that name files, or that named some and go (`gone`); fetched only where there are any. */
async function filesWith(
	{ db }: Open,
	{ args, gone }: { args: unknown; gone: string | undefined }
): Promise<Following> {
	const some = (args as { files?: unknown } | null)?.files !== undefined;
	if (!some && !(gone && (await db.uploads.where('mid').equals(gone).count()))) return { tables: [] };
	const { filesIn, queueFiles, unqueueFiles } = await import('../files/queue-files.ts');
	return {
		tables: filesTables(db),
		async follow(row) {
			// First: words that take the place of others may name the same files.
			if (row) await queueFiles(db, row, filesIn(args));
			if (gone) await unqueueFiles(db, gone);
		}
	};
}

/** Nothing happened to it between looking and writing. */
export const isAsItWas = (now: OutboxRow | undefined, then: OutboxRow): now is OutboxRow =>
	now?.mid === then.mid &&
	now.seq === then.seq &&
	now.offered === then.offered &&
	now.ack?.status === then.ack?.status &&
	now.envelope?.iv === then.envelope?.iv;

type Mutation = { scope: string; name: string; args: unknown };

export async function addItem(
	open: Open,
	{ scope, name, args }: Mutation,
	instead?: string
): Promise<OutboxItem> {
	const mid = newMid();
	const at = new Date().toISOString();
	const row = await written(open, async () => {
		const of = instead === undefined ? undefined : await open.db.outbox.get(instead);
		if (isUnsaid(of)) return { facts: { mid, seq: of.seq, scope, name, at, offered: false }, args, of };
		const seq = (await highestSeq(open.db)) + 1;
		return { facts: { mid, seq, scope, name, at, offered: false }, args };
	});
	return itemOf(row!, { sv: SCHEMA, args })!;
}

/** Keeps a number and says nothing. */
export const emptied = ({ seq, scope, at, offered }: OutboxRow, ack?: OutboxRow['ack']): Draft => ({
	facts: { mid: newMid(), seq, scope, name: EMPTY, at, offered, ...(ack && { ack }) },
	args: {}
});

/** It never left this phone. */
const isUnsaid = (row: OutboxRow | undefined): row is OutboxRow =>
	row !== undefined && !row.ack && !row.offered && row.name !== EMPTY;

/** The words leave the phone; false when they may have arrived already. */
export async function cancelItem(open: Open, mid: string): Promise<boolean> {
	const row = await written(open, async () => {
		const of = await open.db.outbox.get(mid);
		return isUnsaid(of) ? { ...emptied(of), of } : null;
	});
	return row !== null;
}

/** Its number stays settled, so that a server which forgot it finds no gap when it is told again. */
export async function discardItem(open: Open, mid: string): Promise<void> {
	const { db } = open;
	const inTray = async () => {
		const row = await db.outbox.get(mid);
		return row?.ack && stateOf(row) === 'tray' ? { ...row, ack: row.ack } : null;
	};
	const found = await onDb(db, inTray);
	if (found && !hasNumber(found)) {
		const { tables, follow } = await filesWith(open, { args: null, gone: mid });
		const out = async () => {
			await db.outbox.delete(mid);
			await follow?.();
		};
		return onDb(db, () => db.transaction('rw', [db.outbox, ...tables], out));
	}
	await written(open, async () => {
		const of = await inTray();
		return of && { ...emptied(of, { status: 'done', answeredAt: of.ack.answeredAt }), of };
	});
}

/** Not when it is of an earlier device id, nor when an empty mutation took its place. */
const hasNumber = ({ seq, ack }: OutboxRow) => seq > 0 && ack?.code !== DAMAGED;
