import { CHUNK_BYTES, chunksOf, placeOfChunk } from '#contract/blobs.ts';
import type { ChunkV3 } from '../schema/v003.ts';
import { Damaged } from '../errors.ts';
import { base64url, fromBase64url } from '../keys/envelope.ts';
import type { Sealed } from '../files.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const IV = 12;
const utf8 = new TextEncoder();
const gcm = (iv: Bytes, place: string) => ({ name: 'AES-GCM', iv, additionalData: utf8.encode(place) });
/** Bytes of a view that may lie on shared memory or inside a larger buffer: a copy of their own. */
export const own = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

export const sumOf = async (bytes: BufferSource): Promise<string> =>
	Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');

export const newFileKey = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
const keyOf = (key: string, use: KeyUsage) =>
	crypto.subtle.importKey('raw', fromBase64url(key), 'AES-GCM', false, [use]);

/** The iv before the ciphertext, the tag behind it: as it lies here and as it goes up. */
export async function sealPiece(key: string, place: string, plain: Bytes): Promise<ArrayBuffer> {
	const iv = crypto.getRandomValues(new Uint8Array(IV));
	const ct = new Uint8Array(await crypto.subtle.encrypt(gcm(iv, place), await keyOf(key, 'encrypt'), plain));
	const sealed = new Uint8Array(IV + ct.length);
	sealed.set(iv);
	sealed.set(ct, IV);
	return sealed.buffer;
}

/** Throws Damaged. */
export async function openPiece(key: string, place: string, sealed: ArrayBuffer): Promise<Bytes> {
	try {
		const bytes = new Uint8Array(sealed);
		const by = await keyOf(key, 'decrypt');
		return new Uint8Array(await crypto.subtle.decrypt(gcm(bytes.slice(0, IV), place), by, bytes.slice(IV)));
	} catch {
		throw new Damaged();
	}
}

export async function sealChunks(id: string, key: string, plain: Bytes): Promise<ChunkV3[]> {
	const chunks = chunksOf(plain.length);
	const rows: ChunkV3[] = [];
	for (let at = 0; at < chunks; at++) {
		const part = plain.slice(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES);
		const bytes = await sealPiece(key, placeOfChunk(id, at, chunks), part);
		rows.push({ file: id, at, sum: await sumOf(bytes), bytes });
	}
	return rows;
}

/** Throws Damaged when a chunk is missing, was changed or belongs elsewhere. */
export async function openChunks(file: Sealed, rows: readonly ChunkV3[]): Promise<Bytes> {
	const { id, key, bytes, sha256 } = file;
	const chunks = chunksOf(bytes);
	if (rows.length !== chunks) throw new Damaged();
	const parts: Bytes[] = [];
	for (const [at, row] of rows.entries())
		parts.push(await openPiece(key, placeOfChunk(id, at, chunks), row.bytes));
	const whole = joined(parts);
	if (whole.length !== bytes || (await sumOf(whole)) !== sha256) throw new Damaged();
	return whole;
}

export function joined(parts: readonly Bytes[]): Bytes {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
