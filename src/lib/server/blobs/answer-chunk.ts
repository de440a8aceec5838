import { originsOf, requireSession, type Call } from '../edge/caller.ts';
import { requireOwnPage } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { markChunk, says, type BlobRow } from './blob-rows.ts';
import { putInPlace } from './disk.ts';
import { ownBlob, readId } from './own-blob.ts';
import { hearOut, readChunk, sealedSize } from './read-chunk.ts';
import { chunkPath } from './ways.ts';

/** PUT /api/blobs/{id}/{n}. Answered once the chunk is on the disk and written down; one that is here already is not written again. */
export async function answerChunk(
	call: Call,
	server: Runtime,
	at: { id: string; n: string }
): Promise<Response> {
	try {
		return answer(says(await takeChunk(call, server, at)));
	} finally {
		await hearOut(call.request);
	}
}

async function takeChunk(call: Call, server: Runtime, at: { id: string; n: string }): Promise<BlobRow> {
	const { request } = call;
	const { transact } = server.database;
	requireOwnPage(request, originsOf(call, server));
	const { accountId } = await requireSession(call, server);
	const whose = { accountId, id: readId(at.id) };
	const { row } = await transact((tx) => ownBlob(tx, whose, 'write'), { readOnly: true });
	const n = /^\d{1,2}$/.test(at.n) ? Number(at.n) : Infinity;
	if (n >= row.have.length) throw new Refusal('bad_request');
	const { parts, good } = readChunk(request, sealedSize(row.bytes, n));
	if (row.have[n] === '1' || row.state === 'done' || row.state === 'refused') return row;
	await putInPlace(chunkPath(server.config.blobDir, whose, n), parts, good);
	// Asked again: while it came in, a hold may have been placed or the file settled.
	const marked = await transact(async (tx) => {
		await ownBlob(tx, whose, 'write');
		return markChunk(tx, whose, { n, here: true });
	});
	if (!marked) throw new Refusal('not_found');
	return marked;
}
