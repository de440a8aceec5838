import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isGone, putInPlace } from '../blobs/disk.ts';
import { keptPath } from '../blobs/ways.ts';

/** A backup's own copy of BLOB_DIR, as far as rows of `blob` name it. Files stay sealed: their keys stand in the words. */
export const filesFolder = (folder: string): string => join(folder, 'blobs');
type Row = { account_id: string; id: string; kept_sha256: string };
const pathIn = (root: string, row: Row) =>
	keptPath(root, { accountId: row.account_id, id: row.id }, row.kept_sha256);

async function* rowsOf(folder: string): AsyncGenerator<Row> {
	const lines = createInterface({ input: createReadStream(join(folder, 'blob.jsonl'), 'utf8') });
	for await (const line of lines) {
		const row = (line === '' ? {} : JSON.parse(line)) as Partial<Row>;
		// A refused one has no file.
		if (row.kept_sha256) yield row as Row;
	}
}

/**
 * Puts every file that the rows just written name beside them. A kept file never changes, so on the same disk it is a second name and takes
 * no room: an hourly backup of many photos is as quick as one of none. One that the disk has lost is left out and counted.
 */
export async function addFiles(
	folder: string,
	{ blobDir, step }: { blobDir: string; step: () => void }
): Promise<{ lost: number }> {
	let lost = 0;
	for await (const row of rowsOf(folder)) {
		step();
		const to = pathIn(filesFolder(folder), row);
		await mkdir(dirname(to), { recursive: true, mode: 0o700 });
		await link(pathIn(blobDir, row), to)
			.catch((problem: unknown) => {
				if (isGone(problem)) throw problem;
				// Another disk, or one without second names.
				return copyFile(pathIn(blobDir, row), to, constants.COPYFILE_EXCL);
			})
			.catch((problem: unknown) => {
				if (!isGone(problem)) throw problem;
				lost++;
			});
	}
	return { lost };
}

/** The first file that is not what its row says, or null; and how many are not there at all. */
export async function checkFiles(folder: string): Promise<{ changed: string | null; lost: number }> {
	let lost = 0;
	for await (const row of rowsOf(folder)) {
		const path = pathIn(filesFolder(folder), row);
		if (!(await isThere(path))) lost++;
		else if ((await sumOfFile(path)) !== row.kept_sha256) return { changed: path, lost };
	}
	return { changed: null, lost };
}

/** Into BLOB_DIR, on the disk before the first row says that they are there. */
export async function restoreFiles(folder: string, blobDir: string): Promise<number> {
	let files = 0;
	for await (const row of rowsOf(folder)) {
		const from = pathIn(filesFolder(folder), row);
		if (!(await isThere(from))) continue;
		await putInPlace(pathIn(blobDir, row), createReadStream(from) as AsyncIterable<Uint8Array>);
		files++;
	}
	return files;
}

const isThere = (path: string): Promise<boolean> =>
	stat(path).then(
		() => true,
		(problem: unknown) => {
			if (isGone(problem)) return false;
			throw problem;
		}
	);

async function sumOfFile(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const part of createReadStream(path)) hash.update(part as Buffer);
	return hash.digest('hex');
}
