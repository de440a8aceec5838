import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join, relative } from 'node:path';

const DAY_MS = 86_400_000;
/** A phone that keeps a page open for a month still finds the parts of its own build. */
const KEPT_DAYS = 30;
const PREFIX = '/_app/immutable/';
const TYPES: Record<string, string> = {
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.woff2': 'font/woff2',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.wasm': 'application/wasm'
};

export type OlderBuilds = { answer(request: IncomingMessage, response: ServerResponse): boolean };

/**
 * Keeps the files of past builds beside the data: their names carry a hash of their content, so they lie together without
 * clashing. A file's time is when a build last had it; 30 days later it goes.
 */
export async function keepOlderBuilds({
	build,
	kept
}: {
	build: string;
	kept: string;
}): Promise<OlderBuilds> {
	const current = join(build, 'client', PREFIX);
	await mkdir(kept, { recursive: true });
	const now = new Date();
	for (const path of await filesBelow(current)) {
		const copy = join(kept, relative(current, path));
		if (!existsSync(copy)) await copyWhole(path, copy);
		await utimes(copy, now, now);
	}
	for (const path of await filesBelow(kept)) {
		if (now.getTime() - (await stat(path)).mtimeMs > KEPT_DAYS * DAY_MS) await rm(path);
	}
	return { answer: (request, response) => answer({ current, kept }, request, response) };
}

async function filesBelow(folder: string): Promise<string[]> {
	if (!existsSync(folder)) return [];
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function copyWhole(from: string, to: string) {
	await mkdir(dirname(to), { recursive: true });
	const draft = `${to}.${process.pid}.part`;
	await copyFile(from, draft);
	await rename(draft, to);
}

/** Answers for a file that only an older build has. False: it is not ours to answer. */
function answer(
	at: { current: string; kept: string },
	request: IncomingMessage,
	response: ServerResponse
): boolean {
	const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
	if (!path.startsWith(PREFIX) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
	const name = path.slice(PREFIX.length);
	// Names of built files need no escapes and never climb.
	if (!/^[\w./-]+$/.test(name) || name.includes('..') || existsSync(join(at.current, name))) return false;
	const file = join(at.kept, name);
	const type = TYPES[extname(name)];
	if (!type || !existsSync(file)) return false;
	const headers = {
		'content-type': type,
		'content-length': statSync(file).size,
		'cache-control': 'public,max-age=31536000,immutable'
	};
	response.writeHead(200, headers);
	if (request.method === 'HEAD') response.end();
	else
		createReadStream(file)
			.on('error', () => response.destroy())
			.pipe(response);
	return true;
}
