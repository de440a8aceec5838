import type { FileRef, FileType } from '#contract/blobs.ts';
import type { UploadV3 } from './schema/v003.ts';

/** Where a file is kept while its words are written: the writer's own scope, and the draft it belongs to. */
export type FilePlace = { scope: string; draft: string };
export type NewFile = FilePlace & { type: FileType; question?: string; seconds?: number };
/** What it takes to open a file: of a row, of an item in the outbox, of what was sent. */
export type Sealed = Pick<FileRef, 'id' | 'key' | 'bytes' | 'sha256'>;
/** A voice that is being recorded. `at`: how many pieces are kept. */
export type Recording = { id: string; scope: string; key: string; at: number };
export type Upload = UploadV3;

/**
 * The files of this phone. `add`, `giveBack` and `piece` throw what `put` throws, and nothing of that call is kept then. Naming a file in
 * the `files` of what goes into the outbox sends it: in the same write it leaves the draft and waits for its words to arrive.
 */
export interface FileStore {
	/** Seals and writes bytes and row, all or none. Also throws TooLong: a file, or all that wait, are larger than may be. */
	add(bytes: Uint8Array, file: NewFile): Promise<FileRef>;
	/** Opens it and looks at its sum. Throws Damaged: a byte changed, or it is not on this phone (any more). */
	read(file: Sealed): Promise<Uint8Array<ArrayBuffer>>;
	/** Out of its draft. The bytes go too, unless they are on their way with words that were sent. */
	remove(file: { scope: string; id: string }): Promise<void>;
	/** Back into a draft, with words that were taken back. Files that are not on this phone any more are left out. Answers with the rest. */
	giveBack(files: readonly FileRef[], place: FilePlace): Promise<FileRef[]>;
	/** From a backup: the same file under its own key. Does nothing when it is here. */
	restore(file: FileRef, what: { bytes: Uint8Array; place: FilePlace; addedAt: string }): Promise<void>;
	/** Bytes that have not reached the server for good. */
	unsentBytes(): Promise<number>;
	/** What was sent and where it is. The store's `subscribe` calls back when it changes; empty until it was read, and while locked. */
	uploads(): readonly Upload[];

	/** A voice begins. What is said is kept in pieces as it comes, so that a phone that dies loses seconds and not minutes. */
	record(file: NewFile): Promise<Recording>;
	piece(of: Recording, bytes: Uint8Array): Promise<void>;
	/** What was kept of it, in order up to the first piece that does not open; then `add` makes the file and `remove` lets go of the pieces. */
	recorded(of: Pick<Recording, 'id' | 'key'>): Promise<Uint8Array<ArrayBuffer>>;
}

/** For sync. Nothing here opens anything: it works while the phone is locked. */
export interface FilePush {
	/** Something is left to be sent or confirmed. */
	any(): Promise<boolean>;
	/** Files whose words the server has and whose bytes it may not have, oldest words first. */
	waiting(): Promise<Upload[]>;
	/** A sealed chunk. Null: it is not whole any more, and the file is marked refused (`damaged`). */
	chunk(id: string, at: number): Promise<{ bytes: ArrayBuffer; sum: string } | null>;
	/** Keeps an answer of the server's. One to a file that is settled changes nothing. */
	told(id: string, answer: { state: string; have: string; code?: string | undefined }): Promise<void>;
	/** After a pull: what the server keeps and has told of again leaves the phone. Needs an open phone. */
	confirm(): Promise<void>;
}
/** Never a word of the server's. */
export const FILE_DAMAGED = 'damaged';
/** A row of a voice that is still being recorded has no sum yet. */
export const isUnfinished = ({ sha256 }: { sha256: string }) => sha256 === '';
