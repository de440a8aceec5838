import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../db/open-database.ts';
import { faultLine } from '../fault-line.ts';
import { exportDatabase, ExportStopped } from './export-database.ts';

const HOUR_MS = 3_600_000;
/** A night and a morning: long enough to notice, short enough for a small disk. */
const KEPT = 14;
/** `2026-11-25T07-00-12`: sorts by time and is a file name everywhere. */
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/;

export const exportsFolder = (dataDir: string) => join(dataDir, 'exports');

/** One backup under the data folder; the oldest beyond 14 go. */
export async function exportNow(
	database: Database,
	{ config, stopped }: { config: Config; stopped?: () => boolean }
): Promise<string> {
	const all = exportsFolder(config.dataDir);
	await mkdir(all, { recursive: true, mode: 0o700 });
	const folder = join(all, new Date().toISOString().slice(0, 19).replaceAll(':', '-'));
	const { secret, blobDir } = config;
	await exportDatabase(database, { folder, secret, blobDir, ...(stopped && { stopped }) });
	const names = (await readdir(all)).filter((name) => NAME.test(name)).sort();
	for (const name of names.slice(0, -KEPT)) await rm(join(all, name), { recursive: true });
	return folder;
}

/** The embedded database has no other backup than this one. Returns the way to stop, which waits for a running export. */
export function exportHourly(database: Database, config: Config, every = HOUR_MS): () => Promise<void> {
	let stopping = false;
	let running: Promise<unknown> = Promise.resolve();
	const turn = async () => {
		try {
			await exportNow(database, { config, stopped: () => stopping });
		} catch (problem) {
			if (!(problem instanceof ExportStopped))
				console.error('backup: the hourly export failed:', faultLine(problem));
		}
	};
	const timer = setInterval(() => (running = running.then(turn)), every).unref();
	return async () => {
		stopping = true;
		clearInterval(timer);
		await running;
	};
}
