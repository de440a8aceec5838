import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileUnusable } from '../unusable.ts';

/** Bytes that can be read more than once: a file on disk, or an entry of a zip. `name` never holds a folder. */
export type SourceFile = { name: string; size: number; open: () => Promise<Readable> };

/** The largest file taken, and the most a zip may unpack to (issue 2 §3). A council's yearly return is about 60 MB. */
export const LARGEST_BYTES = 400 * 1024 * 1024;
/** Read at a time: a piece is parsed in one go, on the server's thread, and the usual 64 kB took some 5 ms. */
const PIECE_BYTES = 16 * 1024;
/** The nine files of a Blade export, and a few that a person may have left beside them. */
const FOLDER_FILES = 12;

export async function fileAt(path: string): Promise<SourceFile> {
	const name = basename(path);
	const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
	if (found instanceof Error) {
		throw found.code === 'ENOENT' || found.code === 'ENOTDIR'
			? new FileUnusable('There is no such file.', 'Check the name and the folder.')
			: new FileUnusable(`The file cannot be opened (${found.code}).`, 'Check who may read it.');
	}
	if (found.isDirectory()) {
		throw new FileUnusable('This is a folder, not a file.', 'Name the file inside it.');
	}
	if (!found.isFile()) throw new FileUnusable('This is not an ordinary file.', 'Save it as a file first.');
	return sized({
		name,
		size: found.size,
		open: async () => createReadStream(path, { highWaterMark: PIECE_BYTES })
	});
}

/** The files of a folder, not of folders inside it: a Blade export is flat. */
export async function filesIn(folder: string): Promise<SourceFile[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const names = entries
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map((entry) => entry.name)
		.sort();
	if (names.length === 0)
		throw new FileUnusable('The folder is empty.', 'Give the folder that holds the export.');
	if (names.length > FOLDER_FILES) {
		throw new FileUnusable(
			`The folder holds ${names.length} files; at most ${FOLDER_FILES} are read.`,
			'Leave only the files of one export in the folder.'
		);
	}
	return Promise.all(names.map((name) => fileAt(join(folder, name))));
}

export const isFolder = async (path: string) => (await stat(path).catch(() => null))?.isDirectory() ?? false;

export function sized(file: SourceFile): SourceFile {
	if (file.size === 0) throw new FileUnusable('The file is empty.', 'Export it again.');
	if (file.size > LARGEST_BYTES) {
		throw new FileUnusable(
			`The file is ${Math.round(file.size / 1024 / 1024)} MB; at most ${LARGEST_BYTES / 1024 / 1024} MB is read.`,
			'Split it into smaller files.'
		);
	}
	return file;
}
