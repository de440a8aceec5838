import { FILE_BYTES, UNSENT_BYTES, type FileRef } from '#contract/blobs.ts';
import { Damaged, TooLong } from '../errors.ts';
import type { FilePlace, NewFile, Recording, Sealed } from '../files.ts';
import { onDb } from '../db.ts';
import { removeLocal, writeLocal } from '../local-rows.ts';
import type { Session } from '../profile-session.ts';
import type { ChunkV3 } from '../schema/v003.ts';
import { chunksIn } from './named.ts';
import { joined, newFileKey, openChunks, openPiece, own, sealChunks, sealPiece, sumOf } from './seal-file.ts';

type Kept = Omit<FileRef, 'id'> & { draft: string; addedAt: string };
const rowOf = (id: string, scope: string, v: Kept) => ({ scope, t: 'file', id, v });
const detailsOf = ({ type, question, seconds }: Pick<FileRef, 'type' | 'question' | 'seconds'>) => ({
	type,
	...(question !== undefined && { question }),
	...(seconds !== undefined && { seconds })
});

export async function addFile(on: Session, bytes: Uint8Array, file: NewFile): Promise<FileRef> {
	if (bytes.length === 0 || bytes.length > FILE_BYTES) throw new TooLong();
	if ((await unsentBytes(on)) + bytes.length > UNSENT_BYTES) throw new TooLong();
	const plain = own(bytes);
	const ref: FileRef = {
		...{ id: crypto.randomUUID(), key: newFileKey() },
		...detailsOf(file),
		...{ bytes: plain.length, sha256: await sumOf(plain) }
	};
	await keep(on, ref, { plain, place: file, addedAt: new Date().toISOString() });
	return ref;
}

async function keep(
	on: Session,
	{ id, ...ref }: FileRef,
	by: { plain: Uint8Array<ArrayBuffer>; place: FilePlace; addedAt: string }
): Promise<void> {
	const { draft, scope } = by.place;
	const chunks = await sealChunks(id, ref.key, by.plain);
	on.set.absorb(await writeLocal(on, [rowOf(id, scope, { ...ref, draft, addedAt: by.addedAt })], chunks));
}

export async function restoreFile(
	on: Session,
	file: FileRef,
	by: { bytes: Uint8Array; place: FilePlace; addedAt: string }
): Promise<void> {
	if ((await chunksIn(on.db, file.id).count()) === 0) await keep(on, file, { ...by, plain: own(by.bytes) });
}

export async function readFile({ db }: Pick<Session, 'db'>, file: Sealed): Promise<Uint8Array<ArrayBuffer>> {
	return openChunks(file, await onDb(db, () => chunksIn(db, file.id).toArray()));
}

export async function removeFile(on: Session, { scope, id }: { scope: string; id: string }): Promise<void> {
	await removeLocal(on.db, [{ scope, t: 'file', id }]);
	await on.set.settle();
}

export async function giveBack(
	on: Session,
	files: readonly FileRef[],
	{ scope, draft }: FilePlace
): Promise<FileRef[]> {
	const here: FileRef[] = [];
	for (const file of files) if ((await chunksIn(on.db, file.id).count()) > 0) here.push(file);
	const addedAt = new Date().toISOString();
	const rows = here.map(({ id, key, bytes, sha256, ...file }) =>
		rowOf(id, scope, { key, bytes, sha256, ...detailsOf(file), draft, addedAt })
	);
	if (rows.length) on.set.absorb(await writeLocal(on, rows));
	return here;
}

/** What lies in drafts and what is on its way; a file that is both is counted once. */
export async function unsentBytes(on: Session): Promise<number> {
	const drafts = on.set.rows().filter(({ t }) => t === 'file');
	const going = (await on.db.uploads.toArray()).filter(({ state }) => state === 'waiting');
	const sizes = new Map<string, number>();
	for (const { id, v } of drafts) sizes.set(id, (v as Kept).bytes);
	for (const { id, bytes } of going) sizes.set(id, bytes);
	return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Bound to its place among the pieces; how many there will be nobody knows yet. */
const placeOfPiece = (id: string, at: number) => `${id}:${at}:piece`;

export async function beginRecording(on: Session, file: NewFile): Promise<Recording> {
	const { scope, draft } = file;
	const [id, key] = [crypto.randomUUID(), newFileKey()];
	const v = { key, bytes: 0, sha256: '', draft, addedAt: new Date().toISOString(), ...detailsOf(file) };
	on.set.absorb(await writeLocal(on, [rowOf(id, scope, v)]));
	return { id, scope, key, at: 0 };
}

export async function keepPiece(on: Session, of: Recording, bytes: Uint8Array): Promise<void> {
	const { db } = on;
	const { id, key, at } = of;
	const sealed = await sealPiece(key, placeOfPiece(id, at), own(bytes));
	const sum = await sumOf(sealed);
	await onDb(db, () =>
		db.transaction('rw', [db.rows, db.chunks], async () => {
			// Taken away meanwhile, or the phone was emptied: a piece that nothing names would stay for ever.
			if (!(await db.rows.get([of.scope, 'file', id]))) throw new Damaged();
			await db.chunks.put({ file: id, at, sum, bytes: sealed });
		})
	);
	of.at = at + 1;
}

export const recordedOf = async ({ db }: Session, of: Pick<Recording, 'id' | 'key'>) =>
	openPieces(of, await onDb(db, () => chunksIn(db, of.id).toArray()));

/** In order, up to the first that is missing or does not open. */
export async function openPieces(
	{ id, key }: Pick<Recording, 'id' | 'key'>,
	rows: readonly ChunkV3[]
): Promise<Uint8Array<ArrayBuffer>> {
	const parts: Uint8Array<ArrayBuffer>[] = [];
	for (const [at, row] of rows.entries()) {
		const opened = row.at === at && (await openPiece(key, placeOfPiece(id, at), row.bytes).catch(() => null));
		if (!opened) break;
		parts.push(opened);
	}
	return joined(parts);
}
