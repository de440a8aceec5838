import { chunksOf, fileRef, type FileRef } from '#contract/blobs.ts';
import type { OutboxRow, ProfileDb } from '../db.ts';
import { dropUnnamed, rowsOfFiles } from './named.ts';

/** The files that the arguments of a mutation name. Ours wrote them; what is none is left to the server, which says so. */
export const filesIn = (args: unknown): FileRef[] => {
	const files = (args as { files?: unknown } | null)?.files;
	return Array.isArray(files) ? files.filter((one): one is FileRef => fileRef.safeParse(one).success) : [];
};

/** In the transaction that writes the words: their files leave the draft and wait, so that no kill leaves words without them. */
export async function queueFiles(
	db: ProfileDb,
	{ mid, scope }: Pick<OutboxRow, 'mid' | 'scope'>,
	files: readonly FileRef[]
): Promise<void> {
	for (const { id, bytes } of files) {
		const have = '0'.repeat(chunksOf(bytes));
		await db.uploads.put({ id, mid, scope, bytes, have, state: 'waiting' });
	}
	await db.rows.bulkDelete(
		await rowsOfFiles(
			db,
			files.map(({ id }) => id)
		)
	);
}

/** In the transaction that takes words out of the outbox: what nobody put back into a draft leaves the phone with them. */
export async function unqueueFiles(db: ProfileDb, mid: string): Promise<void> {
	const ids = (await db.uploads.where('mid').equals(mid).primaryKeys()) as string[];
	await db.uploads.bulkDelete(ids);
	await dropUnnamed(db, ids);
}
