import * as z from 'zod/mini';

/**
 * Files that go with words: a photo of a page, a recorded voice, a drawing. A file travels in chunks that are sealed on the phone under a
 * key of its own; that key travels inside the sealed mutation whose words the file belongs to, so that the server can open a file only
 * once it has the words, and words never wait for files.
 */

/** Of a file before it is sealed. The last chunk may be smaller. */
export const CHUNK_BYTES = 512 * 1024;
/** Said before somebody picks or records, never after. */
export const FILE_BYTES = 10 * 1024 * 1024;
/** What may wait on one phone. */
export const UNSENT_BYTES = 60 * 1024 * 1024;
export const FILES_EACH = 10;
export const VOICE_MINUTES = 10;
export const PHOTO_EDGE = 2048;

export const FILE_TYPES = ['image/jpeg', 'image/png', 'audio/webm', 'audio/mp4'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/**
 * A file as words name it, in `files` of a message or of views. `key`: 32 bytes, AES-256-GCM. `bytes` and `sha256` (hex) are of the file
 * before it is sealed. `question`: of the form, absent in a message. `seconds`: of a voice.
 */
export const fileRef = z.object({
	id: z.uuid(),
	key: z.string().check(z.regex(/^[\w-]{43}$/)),
	type: z.enum(FILE_TYPES),
	bytes: z.number().check(z.int(), z.minimum(1), z.maximum(FILE_BYTES)),
	sha256: z.string().check(z.regex(/^[\da-f]{64}$/)),
	question: z.optional(z.string().check(z.regex(/^[a-z-]{1,40}$/))),
	seconds: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(3600)))
});
export type FileRef = z.infer<typeof fileRef>;

export const chunksOf = (bytes: number): number => Math.ceil(bytes / CHUNK_BYTES);
/** A sealed chunk: 12 bytes of iv, the ciphertext, 16 bytes of tag. Its additional data. */
export const placeOfChunk = (id: string, at: number, chunks: number): string => `${id}:${at}:${chunks}`;
export const SEALED_EXTRA = 28;
/** GET /api/blobs/{id}: the file as it was kept, pictures encoded anew, sealed like one chunk under the same key. Its additional data. */
export const placeOfKept = (id: string): string => `${id}:kept`;

/** POST /api/blobs: says that a file is coming, or asks what of it has come. The same answer however often it is asked. */
export const blobAsk = z.object({
	id: z.uuid(),
	scope: z.string().check(z.maxLength(120)),
	bytes: z.number().check(z.int(), z.minimum(1), z.maximum(FILE_BYTES))
});
export type BlobAsk = z.infer<typeof blobAsk>;

/**
 * uploading: chunks are missing; words: all chunks are here and the words that name the file are not; done: opened, checked and kept;
 * refused: it can never be kept, `code` says why.
 */
export const BLOB_STATES = ['uploading', 'words', 'done', 'refused'] as const;
export const BLOB_REFUSALS = ['not_opened', 'wrong_hash', 'wrong_type', 'scan'] as const;
/** `have`: one character for each chunk, 1 or 0. Answer to `ask`, to each chunk and to `complete`. */
export const blobAnswer = z.looseObject({
	state: z.enum(BLOB_STATES),
	have: z.string().check(z.regex(/^[01]{1,40}$/)),
	code: z.optional(z.string())
});
export type BlobAnswer = z.infer<typeof blobAnswer>;

/**
 * PUT /api/blobs/{id}/{n}: the sealed bytes as `application/octet-stream` (without a type the server is given no body), with their SHA-256 in
 * this header. POST /api/blobs/{id}/complete `{}` follows the last.
 */
export const CHUNK_HASH_HEADER = 'X-Chunk-SHA256';
