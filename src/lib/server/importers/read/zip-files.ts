import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { FileUnusable } from '../unusable.ts';
import { LARGEST_BYTES, type SourceFile } from './source-file.ts';

/** Nine files of a Blade export and a few more (issue 2 §3). */
const MOST_ENTRIES = 12;
/** Deflate cannot do better than about 1,030 to 1 and a real export does about 20 to 1: more is a bomb. */
const MOST_RATIO = 200;
/** Below this a high ratio is harmless: a small file of one repeated value. */
const RATIO_FROM_BYTES = 1024 * 1024;

const MEND = 'Zip only the nine CSV files of the export, with no folders, and try again.';

/** The entries of a zip, judged by its directory before a byte is unpacked. Call `close` when done. */
export async function filesInZip(path: string): Promise<{ files: SourceFile[]; close: () => void }> {
	const zip = await openZip(path);
	try {
		const files: SourceFile[] = [];
		let unpacked = 0;
		let entries = 0;
		for await (const entry of zip.eachEntry()) {
			if (++entries > MOST_ENTRIES) {
				throw new FileUnusable(`The zip holds more than ${MOST_ENTRIES} files.`, MEND);
			}
			if (entry.fileName.endsWith('/')) continue;
			judgeEntry(entry);
			unpacked += entry.uncompressedSize;
			if (unpacked > LARGEST_BYTES) {
				throw new FileUnusable(`The zip unpacks to more than ${LARGEST_BYTES / 1024 / 1024} MB.`, MEND);
			}
			const name = entry.fileName.split('/').pop() ?? entry.fileName;
			// A Mac adds hidden copies of each file's attributes.
			if (entry.fileName.startsWith('__MACOSX/') || name.startsWith('.')) continue;
			files.push({ name, size: entry.uncompressedSize, open: () => openEntry(zip, entry) });
		}
		if (files.length === 0) throw new FileUnusable('The zip is empty.', MEND);
		if (new Set(files.map((file) => file.name.toLowerCase())).size < files.length) {
			throw new FileUnusable('The zip holds two files of the same name.', MEND);
		}
		return { files, close: () => zip.close() };
	} catch (error) {
		zip.close();
		throw readable(error);
	}
}

/** yauzl itself refuses absolute paths, `..` and backslashes, and an entry that unpacks to more than it promised. */
function judgeEntry(entry: yauzl.Entry): void {
	if (entry.isEncrypted()) throw new FileUnusable('The zip has a password.', 'Save it without one.');
	if (/\.(zip|7z|rar|gz|tgz|xlsx)$/i.test(entry.fileName)) {
		throw new FileUnusable('The zip holds another packed file.', MEND);
	}
	const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
	if (entry.uncompressedSize > RATIO_FROM_BYTES && ratio > MOST_RATIO) {
		throw new FileUnusable(`A file in the zip unpacks to ${Math.round(ratio)} times its size.`, MEND);
	}
}

function openZip(path: string): Promise<yauzl.ZipFile> {
	return yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
		throw readable(error);
	});
}

async function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
	return zip.openReadStreamPromise(entry).catch((error: unknown) => {
		throw readable(error);
	});
}

/** A broken zip, in words; yauzl's own message is kept as the reason, it names no content. */
function readable(error: unknown): unknown {
	if (error instanceof FileUnusable) return error;
	const reason = error instanceof Error ? error.message : String(error);
	return new FileUnusable(`The zip cannot be read: ${reason}.`, MEND);
}
