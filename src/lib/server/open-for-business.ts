import type { EventEmitter } from 'node:events';
import type { Config } from './config.ts';
import type { Runtime } from './runtime.ts';
import { startRuntime } from './runtime.ts';

/** What scripts/serve.ts may know of us; it imports nothing of this room, which would load the database twice. */
type Entry = { config: Config; greeting: string[] };
const PLACE = Symbol.for('alongside.entry');

/** Starts the server's memory, takes jobs from commands, and leaves the entry what it prints after it listens. */
export async function openForBusiness(): Promise<void> {
	const server = await startRuntime();
	const greeting = await prepare(server);
	(globalThis as { [PLACE]?: Entry })[PLACE] = { config: server.config, greeting };
	const signals: EventEmitter = process;
	signals.once('alongside:stopping', () => server.live.close());
	signals.once('sveltekit:shutdown', () => void server.close());
}

async function prepare(server: Runtime): Promise<string[]> {
	void server;
	return [];
}
