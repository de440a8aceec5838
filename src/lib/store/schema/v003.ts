import { PROFILE_V2 } from './v002.ts';

/** Version 3, frozen: beside the words, the files that go with them. */
export const PROFILE_V3 = { ...PROFILE_V2, chunks: '[file+at]', uploads: 'id,mid' } as const;

/**
 * A piece of a file, sealed under the file's own key exactly as it goes up (`contract/blobs.ts`). An ArrayBuffer: WebKit loses Blobs.
 * `sum`: SHA-256 of `bytes`, hex, so that a changed byte is seen without any key, before it is sent.
 */
export type ChunkV3 = { file: string; at: number; sum: string; bytes: ArrayBuffer };

/**
 * A file whose words were sent, in clear, so that a locked phone can go on: no words and no key. waiting: not all of it is with the
 * server, or nobody has said so; done: the server has checked and kept it; refused: it never will be, `code` says why; kept: its row came
 * back with a pull, and the bytes have left this phone.
 */
export type UploadV3 = {
	/** The file's. */
	id: string;
	/** The mutation whose words name it. */
	mid: string;
	scope: string;
	/** Of the file before it is sealed. */
	bytes: number;
	/** One character for each chunk: 1, the server has it. */
	have: string;
	state: 'waiting' | 'done' | 'refused' | 'kept';
	code?: string;
	/** Of `done`: the last pull before it. Only a later one confirms. */
	pulledBefore?: string;
};
