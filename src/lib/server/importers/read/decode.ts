import { createHash } from 'node:crypto';
import { FileUnusable } from '../unusable.ts';
import type { Inspected } from './inspect.ts';

/**
 * The text of a file, in pieces. Checks at the end that these were the bytes that were judged: a file that changes
 * between the two readings must not be written.
 */
export async function* decoded({ source, encoding, sha256 }: Inspected): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding, { fatal: true });
	const hash = createHash('sha256');
	let zero = false;
	const piece = (bytes?: Buffer) => {
		try {
			const text = decoder.decode(bytes, { stream: bytes !== undefined });
			zero ||= text.includes('\0');
			return text;
		} catch {
			throw new FileUnusable('The letters of this file cannot be read.', 'Save it again as "CSV UTF-8".');
		}
	};
	for await (const chunk of await source.open()) {
		hash.update(chunk as Buffer);
		const text = piece(chunk as Buffer);
		if (zero) throw new FileUnusable('The file holds zero bytes, so it is not text.', 'Export it again.');
		if (text !== '') yield text;
	}
	const rest = piece();
	if (rest !== '') yield rest;
	if (hash.digest('hex') !== sha256) {
		throw new FileUnusable(
			'The file changed while it was being read.',
			'Wait until it is finished and run it again.'
		);
	}
}
