import type { StaffFile } from '#contract/staff/views.ts';
import type { BlobRow } from '../blobs/blob-rows.ts';
import { filesOf, namedHash } from '../blobs/named.ts';
import type { SentRow } from '../cases/sent-rows.ts';
import type { Tx } from '../db/transaction.ts';

/** What has come of the files that people sent in these scopes. */
export const blobsIn = async (tx: Tx, scopes: readonly string[]): Promise<BlobRow[]> =>
	scopes.length === 0
		? []
		: tx
				.selectFrom('blob')
				.selectAll()
				.where('account_id', 'in', [...new Set(scopes.map((scope) => scope.split(':').at(-1)!))])
				.where('scope_id', 'in', [...scopes])
				.execute();

/** The files that a row names, as an officer sees them; nothing where it names none. */
export function filesShown(row: SentRow, blobs: readonly BlobRow[]): { files?: StaffFile[] } {
	const files = filesOf(row).map((ref): StaffFile => {
		const blob = blobs.find((one) => one.id === ref.id.toLowerCase());
		const kept = blob?.state === 'done' && blob.named_sha256 === namedHash(ref);
		// Kept by the key of other words: these name a file that never came.
		const refused = blob?.state === 'refused' || (blob?.state === 'done' && !kept);
		return {
			id: ref.id,
			type: ref.type,
			bytes: ref.bytes,
			seconds: ref.seconds ?? null,
			question: ref.question ?? null,
			state: kept ? 'kept' : refused ? 'refused' : 'waiting',
			scanned: kept && blob.scanned
		};
	});
	return files.length > 0 ? { files } : {};
}
