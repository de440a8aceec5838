import { placeOfKept, type FileRef } from '#contract/blobs.ts';
import { audit, type AuditDraft } from '../access/audit.ts';
import { Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { findBlob, markChunk, settleBlob, type BlobRow, type Settling } from './blob-rows.ts';
import { disk, putInPlace } from './disk.ts';
import { namedHash, namedIn } from './named.ts';
import { openChunks } from './open-chunks.ts';
import { drawAnew } from './picture.ts';
import { realType } from './real-type.ts';
import { scan } from './scan.ts';
import { lengthOf, sealAgain, sumOf } from './sealing.ts';
import { chunksFolder, keptPath, type Whose } from './ways.ts';

export type Place = Pick<Runtime, 'database' | 'config'>;
type By = Pick<AuditDraft, 'actor' | 'address' | 'device'>;
/** When the scanner cannot say, the phone comes back. */
const LATER_S = 300;

/**
 * Opens a file once its chunks and the words that name it are here, and keeps what it turned out to be. Undefined: it is not there. Throws Refusal
 * `unavailable` when disk or scanner failed: nothing has changed then.
 */
export async function complete(server: Place, whose: Whose, by: By): Promise<BlobRow | undefined> {
	const { transact } = server.database;
	const { row, named } = await transact(
		async (tx) => {
			const row = await findBlob(tx, whose);
			return { row, named: row?.state === 'words' ? await namedIn(tx, row.scope_id, whose.id) : [] };
		},
		{ readOnly: true }
	);
	if (row?.state !== 'words' || named.length === 0) return row;
	const found = await judge(server, row, named);
	if ('missing' in found) return transact((tx) => markChunk(tx, whose, { n: found.missing, here: false }));
	const settled = await settle(server, { row, how: found, by });
	// What is left of it here is tidied away if this fails.
	await disk.rm(chunksFolder(server.config.blobDir, whose), { recursive: true, force: true }).catch(() => {});
	return settled;
}

/** By the first words that open it; where none do, why the first did not. */
async function judge(
	server: Place,
	row: BlobRow,
	named: readonly FileRef[]
): Promise<Settling | { missing: number }> {
	let first: Settling | undefined;
	for (const ref of named) {
		const how = await keep(server, row, ref);
		if ('missing' in how || how.state === 'done') return how;
		first ??= how;
	}
	return first!;
}

async function keep({ config }: Place, row: BlobRow, ref: FileRef): Promise<Settling | { missing: number }> {
	const { blobDir, scanCommand } = config;
	const whose = { accountId: row.account_id, id: row.id };
	const opened = await openChunks(blobDir, whose, { ref, bytes: row.bytes });
	if ('missing' in opened) return opened;
	if ('refused' in opened) return { state: 'refused', code: opened.refused };
	const plain = await asItsType(opened.plain, ref.type);
	if (!plain) return { state: 'refused', code: 'wrong_type' };
	const looked = scanCommand ? await scan(plain, { command: scanCommand, blobDir }) : null;
	if (looked === 'later') throw new Refusal('unavailable', { retryAfter: LATER_S });
	if (looked === 'refused') return { state: 'refused', code: 'scan' };
	const sealed = await sealAgain(ref.key, placeOfKept(ref.id), plain);
	const sum = await sumOf(sealed);
	await putInPlace(keptPath(blobDir, whose, sum), sealed);
	return {
		state: 'done',
		kept_sha256: sum,
		kept_bytes: lengthOf(sealed),
		named_sha256: namedHash(ref),
		scanned: looked === 'clean'
	};
}

/** Null: it is not what its words call it. */
async function asItsType(plain: Buffer[], type: FileRef['type']): Promise<Buffer[] | null> {
	if (realType(plain[0]!) !== type) return null;
	if (type !== 'image/jpeg' && type !== 'image/png') return plain;
	const drawn = await drawAnew(Buffer.concat(plain), type);
	return drawn && [drawn];
}

async function settle(
	{ database, config }: Place,
	{ row, how, by }: { row: BlobRow; how: Settling; by: By }
): Promise<BlobRow | undefined> {
	const whose = { accountId: row.account_id, id: row.id };
	const settled = await database.transact(async (tx) => {
		const mine = await settleBlob(tx, whose, how);
		if (!mine) return findBlob(tx, whose);
		const action = how.state === 'done' ? 'file-kept' : 'file-refused';
		await audit(tx, { ...by, action, scope: row.scope_id, object: row.id });
		return mine;
	});
	if (how.state === 'done' && settled?.kept_sha256 !== how.kept_sha256)
		// Another node was quicker; the row names its file.
		await disk.rm(keptPath(config.blobDir, whose, how.kept_sha256), { force: true }).catch(() => {});
	return settled;
}
