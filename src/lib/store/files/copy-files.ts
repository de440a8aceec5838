import type { CopiedFile } from '#contract/backup-file.ts';
import type { FileRef } from '#contract/blobs.ts';
import type { OpenRow } from '../family-store.ts';
import { isUnfinished } from '../files.ts';
import { base64url } from '../keys/envelope.ts';
import type { OutboxItem } from '../outbox.ts';
import type { Session } from '../profile-session.ts';
import type { ChunkV3 } from '../schema/v003.ts';
import { openPieces, readFile, recordedOf } from './keep-file.ts';
import { openChunks } from './seal-file.ts';

/** A copy is one text that a phone holds in memory several times over while it is made: 20 MB of files are about 27 of text. */
export const COPY_FILES_BYTES = 20 * 1024 * 1024;

/** Of drafts first: what was sent has another copy on its way. */
export function namedFiles(rows: readonly OpenRow[], outbox: readonly OutboxItem[]): FileRef[] {
	const named = new Map<string, FileRef>();
	for (const { t, id, v } of rows) if (t === 'file') named.set(id, { ...(v as FileRef), id });
	for (const { state, args } of outbox) {
		if (state === 'received') continue;
		for (const file of (args as { files?: FileRef[] } | null)?.files ?? [])
			if (!named.has(file.id)) named.set(file.id, file);
	}
	return [...named.values()];
}

type Found = { rows: readonly OpenRow[]; outbox: readonly OutboxItem[] };
type Bytes = Uint8Array<ArrayBuffer>;

/** Their bytes for a copy, as far as they fit and open; the copy says how many it had to leave out. */
async function copied({ rows, outbox }: Found, read: (file: FileRef) => Promise<Bytes>) {
	const files: CopiedFile[] = [];
	const named = namedFiles(rows, outbox);
	let room = COPY_FILES_BYTES;
	for (const file of named) {
		const bytes = file.bytes <= room && (await read(file).catch(() => null));
		if (!bytes || bytes.length > room) continue;
		room -= bytes.length;
		files.push({ id: file.id, type: file.type, data: base64url(bytes) });
	}
	return { files, filesLeftOut: named.length - files.length };
}

export const filesForCopy = (on: Session) =>
	copied({ rows: on.set.rows(), outbox: on.outbox.items() }, (file) =>
		isUnfinished(file) ? recordedOf(on, file) : readFile(on, file)
	);

/** From the chunks as they lie in a database that does not open. */
export const filesForRescue = (found: Found, chunks: readonly ChunkV3[]) =>
	copied(found, (file) => {
		const own = chunks.filter((chunk) => chunk.file === file.id);
		return isUnfinished(file) ? openPieces(file, own) : openChunks(file, own);
	});
