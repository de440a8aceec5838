import { requireSession, type Call } from '../edge/caller.ts';
import { Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { disk, isGone, refusalOf } from './disk.ts';
import { ownBlob, readId } from './own-blob.ts';
import { bodyOf } from './sealing.ts';
import { keptPath } from './ways.ts';

/** GET /api/blobs/{id}: the kept file, sealed as it lies here; the key stands in the words on the person's phones. */
export async function answerKept(call: Call, server: Runtime, at: { id: string }): Promise<Response> {
	const { accountId } = await requireSession(call, server);
	const whose = { accountId, id: readId(at.id) };
	const { row } = await server.database.transact((tx) => ownBlob(tx, whose, 'read'), { readOnly: true });
	if (row.kept_sha256 === null) throw new Refusal('not_found');
	const path = keptPath(server.config.blobDir, whose, row.kept_sha256);
	// Read whole: a stream from the disk that nobody reads to its end (HEAD, a phone that went away) would keep the file open.
	const sealed = await disk.readFile(path).catch((problem: unknown) => {
		throw isGone(problem) ? new Refusal('not_found') : refusalOf(problem);
	});
	return new Response(bodyOf([sealed]), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(sealed.byteLength),
			'cache-control': 'no-store'
		}
	});
}
