import { randomBytes } from 'node:crypto';
import { placeOfKept } from '#contract/blobs.ts';
import { putInPlace } from '#server/blobs/disk.ts';
import { namedHash } from '#server/blobs/named.ts';
import { lengthOf, sealAgain, sumOf } from '#server/blobs/sealing.ts';
import { keptPath } from '#server/blobs/ways.ts';
import type { Database } from '#server/db/open-database.ts';
import { fileOf, voice } from './files.ts';

/** A file that came and was kept, with these words in it in clear. Returns how the words of its sender name it. */
export async function layFile(
	database: Database,
	{ blobDir, scope, accountId, says }: { blobDir: string; scope: string; accountId: string; says: string }
) {
	const plain = Buffer.concat([voice(60 + randomBytes(1)[0]!), Buffer.from(says)]);
	const { ref } = fileOf(plain, 'audio/webm');
	const sealed = await sealAgain(ref.key, placeOfKept(ref.id), [plain]);
	const sum = await sumOf(sealed);
	await putInPlace(keptPath(blobDir, { accountId, id: ref.id }, sum), sealed);
	const kept = { kept_sha256: sum, kept_bytes: lengthOf(sealed), named_sha256: namedHash(ref) };
	await database.db
		.insertInto('blob')
		.values({
			account_id: accountId,
			id: ref.id,
			scope_id: scope,
			bytes: ref.bytes,
			have: '1',
			state: 'done',
			...kept
		})
		.execute();
	return ref;
}
