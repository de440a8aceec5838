import {
	CHUNK_HASH_HEADER,
	CHUNK_BYTES,
	SEALED_EXTRA,
	chunksOf,
	type BlobAsk,
	type FileRef
} from '#contract/blobs.ts';
import { openChunks, sumOf } from '#store/files/seal-file.ts';

type Blob = BlobAsk & { chunks: Map<number, ArrayBuffer>; state: 'open' | 'done' | 'refused'; code?: string };

/** The server's side of contract/blobs.ts on plain maps, small enough to be read in one go. `words`: what it has been told of files. */
export class BlobServer {
	words = new Map<string, FileRef>();
	blobs = new Map<string, Blob>();
	/** The files as they were opened. */
	kept = new Map<string, Uint8Array>();

	async answer(path: string, init: { method?: string; body?: unknown; headers: Headers }): Promise<Response> {
		const [, id, what] = /^\/api\/blobs(?:\/([^/]+)\/([^/]+))?$/.exec(path) ?? [];
		if (!id) return this.#begin(JSON.parse(String(init.body)) as BlobAsk);
		const blob = this.blobs.get(id);
		if (!blob) return said({ code: 'not_found' }, 404);
		if (what === 'complete') await this.#complete(blob);
		else if (blob.state === 'open') {
			const bytes = init.body as ArrayBuffer;
			if ((await sumOf(bytes)) !== init.headers.get(CHUNK_HASH_HEADER))
				return said({ code: 'chunk_wrong' }, 422);
			const plain = Math.min(CHUNK_BYTES, blob.bytes - Number(what) * CHUNK_BYTES);
			if (bytes.byteLength !== plain + SEALED_EXTRA) return said({ code: 'bad_request' }, 400);
			blob.chunks.set(Number(what), bytes.slice(0));
		}
		return this.#says(blob);
	}

	#begin(ask: BlobAsk): Response {
		if (!this.blobs.has(ask.id)) this.blobs.set(ask.id, { ...ask, chunks: new Map(), state: 'open' });
		return this.#says(this.blobs.get(ask.id)!);
	}

	async #complete(blob: Blob): Promise<void> {
		const ref = this.words.get(blob.id);
		if (blob.state !== 'open' || blob.chunks.size < chunksOf(blob.bytes) || !ref) return;
		const rows = [...blob.chunks].sort(([a], [b]) => a - b);
		try {
			const whole = await openChunks(
				ref,
				rows.map(([at, bytes]) => ({ file: blob.id, at, sum: '', bytes }))
			);
			this.kept.set(blob.id, whole);
			blob.state = 'done';
		} catch {
			Object.assign(blob, { state: 'refused', code: 'not_opened' });
		}
	}

	#says({ bytes, chunks, state, code }: Blob): Response {
		const have = Array.from({ length: chunksOf(bytes) }, (_, at) => (chunks.has(at) ? '1' : '0')).join('');
		const now = state !== 'open' ? state : have.includes('0') ? 'uploading' : 'words';
		return said({ state: now, have, ...(code && { code }) });
	}
}

export const said = (json: object, status = 200) => Response.json(json, { status });
