import { placeOfKept, type FileRef } from '#contract/blobs.ts';
import type { BlobRow } from './blob-rows.ts';
import { disk, isGone, refusalOf } from './disk.ts';
import { namedHash } from './named.ts';
import { openSealed } from './sealing.ts';
import { keptPath } from './ways.ts';

/** A kept file, opened with the key in the words that name it. Null: these words name another one, or it does not open any more. */
export async function openKept(blobDir: string, row: BlobRow, ref: FileRef): Promise<Buffer[] | null> {
	if (row.kept_sha256 === null || row.named_sha256 !== namedHash(ref)) return null;
	const path = keptPath(blobDir, { accountId: row.account_id, id: row.id }, row.kept_sha256);
	const sealed = await disk.readFile(path).catch((problem: unknown) => {
		if (isGone(problem)) return null;
		throw refusalOf(problem);
	});
	return sealed && openSealed(ref.key, placeOfKept(ref.id), sealed);
}
