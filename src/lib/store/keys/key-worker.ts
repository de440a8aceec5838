import type { Stretching } from './key-core.ts';
import { serveKeys, type Port } from './serve-keys.ts';

/**
 * The worker that holds the keys while the phone is unlocked. The page imports this file too, only to learn where it lies: as an
 * ordinary part of the app it is in the precache, so a locked phone opens without a connection. Whatever it imports is loaded in the
 * worker: files of `keys/` alone, and no `import()` of a written-out name, because what Vite puts around one asks for a document
 * (tests/unit/store/worker-files.test.ts).
 */
export const url = import.meta.url;

declare const WorkerGlobalScope: (new () => Port) | undefined;

async function fetchArgon(from: string): Promise<Stretching> {
	// Only this app's own files.
	if (new URL(from).origin !== new URL(url).origin) throw new TypeError('Not of this app.');
	return ((await import(/* @vite-ignore */ from)) as { argon: Stretching }).argon;
}

if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope)
	serveKeys(globalThis as unknown as Port, fetchArgon);
