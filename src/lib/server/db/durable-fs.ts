import { fsyncSync, openSync, closeSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Where PGlite mounts the data folder inside its own file system. */
const MOUNT = '/pglite/data';

type Stream = { nfd: number; path?: string };
type Runtime = {
	NODEFS: { stream_ops: { fsync?: (stream: Stream) => number }; tryFSOperation: <T>(work: () => T) => T };
};
type StartOptions = Parameters<NodeFS['init']>[1];

/**
 * PGlite as shipped never calls fsync: a power cut loses or corrupts what was acknowledged (sync-and-security §3.1). The
 * runtime calls `fsync` on a stream if it is there, so we put it there. An error must be the runtime's own ErrnoError
 * (`tryFSOperation` makes it so): with any other, a failed fsync was swallowed and the commit acknowledged.
 */
export class DurableFS extends NodeFS {
	/** Number of files flushed so far; the start probe requires it to rise with a commit. */
	flushed = 0;
	#known = new Set<string>();

	async init(pg: PGlite, options: StartOptions) {
		const started = await super.init(pg, options);
		const hook = (runtime: unknown) => this.#hook(runtime as Runtime);
		started.emscriptenOpts.preRun = [...((started.emscriptenOpts.preRun as unknown[]) ?? []), hook] as never;
		return started;
	}

	#hook({ NODEFS }: Runtime) {
		// After a kill PostgreSQL flushes some 2,000 files; their names were there before, so each folder is flushed once only.
		for (const path of pathsBelow(this.rootDir)) {
			this.#known.add(join(MOUNT, relative(this.rootDir, path)));
			if (statSync(path).isDirectory()) flush(path);
		}
		NODEFS.stream_ops.fsync = (stream) => {
			NODEFS.tryFSOperation(() => {
				fsyncSync(stream.nfd);
				this.#flushFolderOnce(stream.path);
			});
			this.flushed++;
			return 0;
		};
	}

	/** A new or renamed file is only found after a power cut when its folder was flushed too; PGlite never asks for that. */
	#flushFolderOnce(path: string | undefined) {
		if (!path?.startsWith(MOUNT) || this.#known.has(path)) return;
		flush(dirname(join(this.rootDir, relative(MOUNT, path))));
		this.#known.add(path);
	}
}

/** Flushes one file, or the names in one folder. */
export function flush(path: string): void {
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

const pathsBelow = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

/** Flushes everything under a folder: PGlite copies a new database in without doing so. */
export function flushTree(folder: string): void {
	for (const path of [...pathsBelow(folder), folder]) flush(path);
}
