import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Kind } from '../kinds.ts';
import { inFile } from '../unusable.ts';
import { isZip } from './magic.ts';
import { fileAt, filesIn, isFolder, sized, type SourceFile } from './source-file.ts';
import { filesInZip } from './zip-files.ts';

export type Sources = { files: SourceFile[]; close: () => void };

/** The files that were named. Only a SEN2 return may come as a folder or a zip. Throws FileUnusable. */
export async function openSources(kind: Kind, paths: readonly string[]): Promise<Sources> {
	const sources: Sources = { files: [], close: () => {} };
	for (const path of paths) {
		try {
			await addSource(kind, path, sources);
		} catch (error) {
			sources.close();
			throw inFile(error, basename(path));
		}
	}
	return sources;
}

async function addSource(kind: Kind, path: string, sources: Sources): Promise<void> {
	if (kind === 'sen2' && (await isFolder(path))) {
		sources.files.push(...(await filesIn(path)));
		return;
	}
	const file = await fileAt(path);
	if (kind !== 'sen2' || !isZip(await firstBytes(path))) {
		sources.files.push(file);
		return;
	}
	const zip = await filesInZip(path);
	const before = sources.close;
	sources.close = () => {
		before();
		zip.close();
	};
	sources.files.push(...zip.files.map(sized));
}

async function firstBytes(path: string): Promise<Buffer> {
	const handle = await open(path);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
}
