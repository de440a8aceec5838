import { createHash } from 'node:crypto';
import { CHUNK_BYTES, CHUNK_HASH_HEADER, SEALED_EXTRA } from '#contract/blobs.ts';
import { Refusal } from '../edge/refusal.ts';

/** Exactly what a sealed chunk of this file must measure. */
export const sealedSize = (bytes: number, n: number): number =>
	Math.min(CHUNK_BYTES, bytes - n * CHUNK_BYTES) + SEALED_EXTRA;

/**
 * The parts of a chunk as they come, and `good`, to be asked at the end: throws Refusal `bad_request` or `too_large` for another length,
 * `chunk_wrong` for another hash.
 */
export function readChunk(
	request: Request,
	size: number
): { parts: AsyncGenerator<Uint8Array>; good: () => void } {
	// Kit gives no body to a request that names no type.
	if (!/^application\/octet-stream\b/i.test(request.headers.get('content-type') ?? ''))
		throw new Refusal('bad_request');
	const promised = request.headers.get(CHUNK_HASH_HEADER)?.toLowerCase();
	if (!promised || !/^[\da-f]{64}$/.test(promised)) throw new Refusal('bad_request');
	const hash = createHash('sha256');
	let bytes = 0;
	async function* parts(): AsyncGenerator<Uint8Array> {
		const reader = request.body?.getReader();
		try {
			// By hand: leaving a loop over the body would cut the connection, and a full disk could not be told.
			for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
				bytes += next.value.byteLength;
				// To its end, as in edge/read-json.ts, though nothing past its size is kept.
				if (bytes > size) continue;
				hash.update(next.value);
				yield next.value;
			}
		} catch (problem) {
			throw new Refusal((problem as { status?: number }).status === 413 ? 'too_large' : 'bad_request');
		} finally {
			reader?.releaseLock();
		}
	}
	const good = () => {
		if (bytes !== size) throw new Refusal(bytes > size ? 'too_large' : 'bad_request');
		if (hash.digest('hex') !== promised) throw new Refusal('chunk_wrong');
	};
	return { parts: parts(), good };
}

/** Hears a refused request out: leaving off cuts the connection before the answer is heard. */
export async function hearOut(request: Request): Promise<void> {
	if (!request.body || request.body.locked) return;
	const reader = request.body.getReader();
	// The adapter bounds it. A phone that went away in the middle hears no answer either way.
	const more = () =>
		reader.read().then(
			({ done }) => !done,
			() => false
		);
	while (await more());
}
