import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from '../edge/refusal.ts';

/** What touches the disk for files, in one place, so that a test can have any step of it fail. */
export const disk = { mkdir, open, readFile, rename, rm };

/** What was not finished when the process ended has this ending. */
export const ASIDE = '.tmp';
const AGAIN_S = 60;

/**
 * Puts a file in its place whole or not at all: written beside it, judged by `good`, flushed, then named, and the name flushed too. What
 * stood there before is replaced. Throws what `parts` and `good` throw, and Refusal `unavailable` when the disk failed.
 */
export async function putInPlace(
	path: string,
	parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	good: () => void = () => {}
): Promise<void> {
	const aside = `${path}.${crypto.randomUUID()}${ASIDE}`;
	const folder = dirname(path);
	try {
		const made = await disk.mkdir(folder, { recursive: true, mode: 0o700 });
		const file = await disk.open(aside, 'wx', 0o600);
		try {
			for await (const part of parts) await file.writeFile(part);
			good();
			await file.sync();
		} finally {
			await file.close();
		}
		await disk.rename(aside, path);
		for (const one of foldersUpTo(folder, made)) await flushFolder(one);
	} catch (problem) {
		// One that cannot be removed now is tidied away later.
		await disk.rm(aside, { force: true }).catch(() => {});
		throw refusalOf(problem);
	}
}

/** A folder that was made just now is found after a power cut only if the ones above it were flushed. */
function foldersUpTo(folder: string, made: string | undefined): string[] {
	if (made === undefined) return [folder];
	const all = [folder];
	for (let at = folder; at.length >= made.length; at = dirname(at)) all.push(dirname(at));
	return all;
}

export async function flushFolder(path: string): Promise<void> {
	const handle = await disk.open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

export const isGone = (problem: unknown): boolean => (problem as NodeJS.ErrnoException).code === 'ENOENT';

/** A disk's own words hold a path, and with it a person's id: the log gets the code alone. */
export function refusalOf(problem: unknown): unknown {
	const { syscall, code } = problem as NodeJS.ErrnoException;
	if (problem instanceof Refusal || syscall === undefined) return problem;
	console.error(`blobs: the disk failed: ${syscall} ${code ?? ''}`);
	return new Refusal('unavailable', { retryAfter: AGAIN_S });
}
