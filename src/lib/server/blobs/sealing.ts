import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CHUNK_BYTES, SEALED_EXTRA } from '#contract/blobs.ts';

/**
 * AES-256-GCM as phones do it: iv, ciphertext, tag. In pieces of half a megabyte, each well under a millisecond, with a turn of the loop between
 * them: families' requests go on, and no ten megabytes are copied, which costs our thread more than the work itself (WebCrypto copies them).
 */
const TAG = 16;
const IV = SEALED_EXTRA - TAG;
const METHOD = 'aes-256-gcm';
const keyOf = (key: string) => Buffer.from(key, 'base64url');

async function* inPieces(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	for (const part of parts)
		for (let at = 0; at < part.byteLength; at += CHUNK_BYTES) {
			yield part.subarray(at, at + CHUNK_BYTES);
			await nextTurn();
		}
}

/** Null: another key, another place, or changed. Nothing of it is given out before its tag was looked at. */
export async function openSealed(key: string, place: string, sealed: Buffer): Promise<Buffer[] | null> {
	if (sealed.byteLength < SEALED_EXTRA) return null;
	const decipher = createDecipheriv(METHOD, keyOf(key), sealed.subarray(0, IV))
		.setAAD(Buffer.from(place))
		.setAuthTag(sealed.subarray(-TAG));
	const plain: Buffer[] = [];
	for await (const piece of inPieces([sealed.subarray(IV, -TAG)])) plain.push(decipher.update(piece));
	try {
		decipher.final();
	} catch {
		return null;
	}
	return plain;
}

export async function sealAgain(key: string, place: string, plain: readonly Uint8Array[]): Promise<Buffer[]> {
	const iv = randomBytes(IV);
	const cipher = createCipheriv(METHOD, keyOf(key), iv).setAAD(Buffer.from(place));
	const sealed: Buffer[] = [iv];
	for await (const piece of inPieces(plain)) sealed.push(cipher.update(piece));
	cipher.final();
	sealed.push(cipher.getAuthTag());
	return sealed;
}

/** SHA-256 as hex. */
export async function sumOf(parts: readonly Uint8Array[]): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of inPieces(parts)) hash.update(piece);
	return hash.digest('hex');
}

export const lengthOf = (parts: readonly Uint8Array[]): number =>
	parts.reduce((sum, part) => sum + part.byteLength, 0);

/** A body that is handed out piece by piece. */
export const bodyOf = (parts: readonly Uint8Array[]): BodyInit =>
	ReadableStream.from(inPieces(parts)) as unknown as BodyInit;
