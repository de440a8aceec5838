import { readConfig, type Config } from './config.ts';
import { listenToNodes } from './db/listener.ts';
import { openDatabase, type Database } from './db/open-database.ts';
import { LiveHub } from './sync/live-hub.ts';

/** What the endpoints stand on, made once by the `init` hook before the server listens. */
export type Runtime = {
	config: Config;
	database: Database;
	live: LiveHub;
	/** Work to stop before the database closes. */
	beforeClose(stop: () => Promise<void>): void;
	close(): Promise<void>;
};

/** On globalThis because a development server loads this module again after every edit, and the folder opens only once. */
const PLACE = Symbol.for('alongside.runtime');
const place = globalThis as { [PLACE]?: Promise<Runtime> };

/** The running server. Throws when `init` has not been called. */
export async function runtime(): Promise<Runtime> {
	const started = place[PLACE];
	if (!started) throw new Error('The server has not been started.');
	return started;
}

/** Opens the database by the settings; the second call gets the first one's server. */
export function startRuntime(config: () => Config = readConfig): Promise<Runtime> {
	place[PLACE] ??= open(config()).catch((problem: unknown) => {
		delete place[PLACE];
		throw problem;
	});
	return place[PLACE];
}

async function open(config: Config): Promise<Runtime> {
	const database = await openDatabase(config);
	const live = new LiveHub(database.feed);
	const { db, feed } = database;
	const url = config.databaseUrl;
	const stopListening = url ? listenToNodes({ url, db, feed, watched: () => live.scopes() }) : async () => {};
	const stops: (() => Promise<void>)[] = [stopListening];
	return {
		config,
		database,
		live,
		beforeClose: (stop) => void stops.push(stop),
		close: async () => {
			delete place[PLACE];
			live.close();
			for (const stop of stops) await stop();
			await database.close();
		}
	};
}
