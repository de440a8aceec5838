import { fileRef, type FileRef } from '#contract/blobs.ts';
import { orderedJson } from '#contract/ordered-json.ts';
import { sha256 } from '../access/keyed-hash.ts';
import { sentRows, type SentRow } from '../cases/sent-rows.ts';
import type { Tx } from '../db/transaction.ts';

/** The files that a row of words names. What does not read as one (laid by another hand) names none. */
export const filesOf = ({ v }: Pick<SentRow, 'v'>): FileRef[] =>
	(v.files ?? []).flatMap((file) => {
		const read = fileRef.safeParse(file);
		return read.success ? [read.data] : [];
	});

/** How the words that came to this scope name a file, the first first. Nobody but its sender writes words there that name any. */
export async function namedIn(tx: Tx, scope: string, id: string): Promise<FileRef[]> {
	const all = (await sentRows(tx, [scope])).flatMap(filesOf).filter((ref) => ref.id.toLowerCase() === id);
	return [...new Map(all.map((ref) => [namedHash(ref), ref])).values()];
}

/** What must be the same for two namings to be of one file. */
export const namedHash = ({ id, key, type, bytes, sha256: sum }: FileRef): string =>
	sha256(orderedJson({ id: id.toLowerCase(), key, type, bytes, sha256: sum }));
