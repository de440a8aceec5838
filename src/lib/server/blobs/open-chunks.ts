import { chunksOf, placeOfChunk, type FileRef } from '#contract/blobs.ts';
import { disk, isGone, refusalOf } from './disk.ts';
import { openSealed, sumOf } from './sealing.ts';
import { chunkPath, type Whose } from './ways.ts';

export type Opened = { plain: Buffer[] } | { refused: 'not_opened' | 'wrong_hash' } | { missing: number };

/** All chunks of a file, opened as these words say and put together again. */
export async function openChunks(
	blobDir: string,
	whose: Whose,
	{ ref, bytes }: { ref: FileRef; bytes: number }
): Promise<Opened> {
	// It came as a file of another size than the words say.
	if (ref.bytes !== bytes) return { refused: 'wrong_hash' };
	const chunks = chunksOf(bytes);
	const plain: Buffer[] = [];
	for (let n = 0; n < chunks; n++) {
		const sealed = await disk.readFile(chunkPath(blobDir, whose, n)).catch((problem: unknown) => {
			if (isGone(problem)) return null;
			throw refusalOf(problem);
		});
		// After a restore of the database alone the folder may lack it: the phone sends it again.
		if (!sealed) return { missing: n };
		const part = await openSealed(ref.key, placeOfChunk(ref.id, n, chunks), sealed);
		if (!part) return { refused: 'not_opened' };
		plain.push(...part);
	}
	return (await sumOf(plain)) === ref.sha256 ? { plain } : { refused: 'wrong_hash' };
}
