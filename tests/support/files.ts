import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { chunksOf, CHUNK_BYTES, placeOfChunk, type FileRef, type FileType } from '#contract/blobs.ts';

/** A file as a phone has it: how words name it, and its chunks as they go over the wire. */
export type PhoneFile = { ref: FileRef; plain: Buffer; chunks: Buffer[] };

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export { sha256 as sumOfBytes };

/** iv, ciphertext, tag. */
export function sealedBytes(key: string, place: string, plain: Uint8Array): Buffer {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv).setAAD(Buffer.from(place));
	return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function fileOf(plain: Buffer, type: FileType, more: Partial<FileRef> = {}): PhoneFile {
	const ref: FileRef = {
		id: crypto.randomUUID(),
		key: randomBytes(32).toString('base64url'),
		type,
		bytes: plain.byteLength,
		sha256: sha256(plain),
		...more
	};
	const count = chunksOf(plain.byteLength);
	const chunks = Array.from({ length: count }, (_, n) =>
		sealedBytes(
			ref.key,
			placeOfChunk(ref.id, n, count),
			plain.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)
		)
	);
	return { ref, plain, chunks };
}

const EBML = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
/** Begins as a recording of a browser does; the rest is noise, which nobody has to play here. */
export const voice = (bytes: number): Buffer => Buffer.concat([EBML, randomBytes(bytes - EBML.byteLength)]);
/** The same in the container of another browser. */
export const voiceMp4 = (bytes: number): Buffer =>
	Buffer.concat([Buffer.from('0000001c667479704d344120', 'hex'), randomBytes(bytes - 12)]);
