import { createHash } from 'node:crypto';
import { FileUnusable } from '../unusable.ts';
import { refuseKnownBinary, startsWith } from './magic.ts';
import type { SourceFile } from './source-file.ts';

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
/** A file read through once: its digest, and in which encoding all of it can be read. */
export type Inspected = { source: SourceFile; sha256: string; encoding: Encoding };

/** Enough to see a signature, and zeros at every second place. */
const HEAD = 4096;
/** Bytes that windows-1252 leaves undefined: a file with one of them is in yet another encoding. */
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** UTF-8 letters as they look byte by byte. With broken bytes beside them the file was glued from two encodings. */
const UTF8_PAIR = /\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]/;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\x01-\x08\x0e-\x1f]/;

const ENCODING_MEND = 'Save it again as "CSV UTF-8".';

type Seen = { utf8: boolean; pair: boolean; undefined1252: boolean; zero: boolean; control: boolean };

/** Reads the whole file once. Throws FileUnusable when it is not text in an encoding we can name. */
export async function inspect(source: SourceFile): Promise<Inspected> {
	const hash = createHash('sha256');
	const seen: Seen = { utf8: true, pair: false, undefined1252: false, zero: false, control: false };
	const strict = new TextDecoder('utf-8', { fatal: true });
	let head: Buffer = Buffer.alloc(0);
	let size = 0;
	for await (const chunk of bytesOf(source)) {
		const bytes: Buffer = chunk;
		hash.update(bytes);
		size += bytes.length;
		if (head.length < HEAD) head = Buffer.concat([head, bytes.subarray(0, HEAD - head.length)]);
		look(bytes, seen, strict);
	}
	if (size === 0) throw new FileUnusable('The file is empty.', 'Export it again.');
	if (seen.utf8) seen.utf8 = decodes(strict);
	refuseKnownBinary(head);
	return { source, sha256: hash.digest('hex'), encoding: encodingOf(head, size, seen) };
}

/** The bytes of a file. A fault on the way (a disk, a broken or lying zip) is the file's, and is said. */
async function* bytesOf(source: SourceFile): AsyncGenerator<Buffer> {
	try {
		for await (const chunk of await source.open()) yield chunk as Buffer;
	} catch (error) {
		if (error instanceof FileUnusable) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new FileUnusable(`The file cannot be read: ${reason}.`, 'Copy or export it again.');
	}
}

function look(bytes: Buffer, seen: Seen, strict: TextDecoder): void {
	if (seen.utf8) seen.utf8 = decodes(strict, bytes);
	seen.zero ||= bytes.includes(0);
	const raw = bytes.toString('latin1');
	seen.control ||= CONTROL.test(raw);
	if (!seen.pair) seen.pair = UTF8_PAIR.test(raw);
	if (!seen.undefined1252) seen.undefined1252 = bytes.some((byte) => UNDEFINED_1252.has(byte));
}

function decodes(strict: TextDecoder, bytes?: Buffer): boolean {
	try {
		strict.decode(bytes, { stream: bytes !== undefined });
		return true;
	} catch {
		return false;
	}
}

function encodingOf(head: Buffer, size: number, seen: Seen): Encoding {
	const wide = wideEncoding(head);
	if (wide) {
		if (size % 2 === 1)
			throw new FileUnusable('The file is cut off in the middle of a letter.', 'Export it again.');
		return wide;
	}
	if (seen.zero) throw new FileUnusable('The file holds zero bytes, so it is not text.', ENCODING_MEND);
	if (seen.control)
		throw new FileUnusable('The file holds control characters, so it is not text.', ENCODING_MEND);
	if (seen.utf8) return 'utf-8';
	if (seen.pair)
		throw new FileUnusable('The file mixes two encodings, so names would come out wrong.', ENCODING_MEND);
	if (seen.undefined1252) throw new FileUnusable('The letters of this file cannot be read.', ENCODING_MEND);
	return 'windows-1252';
}

function wideEncoding(head: Buffer): Encoding | null {
	if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) {
		throw new FileUnusable('The file is in UTF-32.', ENCODING_MEND);
	}
	if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
	if (startsWith(head, [0xfe, 0xff])) return 'utf-16be';
	// Without a mark: English text in UTF-16 has a zero in nearly every second byte.
	const zeros = [0, 0];
	for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
	const most = head.length * 0.4;
	if ((zeros[1] ?? 0) > most && zeros[0] === 0) return 'utf-16le';
	if ((zeros[0] ?? 0) > most && zeros[1] === 0) return 'utf-16be';
	return null;
}
