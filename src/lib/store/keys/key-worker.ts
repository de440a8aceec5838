import { createKeyCore } from './key-core.ts';
import { serveKeys, type Port } from './key-port.ts';

/**
 * The worker that holds the keys while the phone is unlocked. The page imports this file too, only to learn where it lies: as an
 * ordinary part of the app it is in the precache, so a locked phone opens without a connection.
 */
export const url = import.meta.url;

declare const WorkerGlobalScope: (new () => Port) | undefined;
if (typeof WorkerGlobalScope !== 'undefined' && globalThis instanceof WorkerGlobalScope)
	serveKeys(globalThis as unknown as Port, createKeyCore());
