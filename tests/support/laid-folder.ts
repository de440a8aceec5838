import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { LaidFolder } from './many-families.ts';

const SECRET = 'a-secret-for-the-sweep-a-secret-for-the-sweep-1';
/** A process of its own each time: a process opens a data folder only once. */
const run = (file: string, args: string[]): unknown =>
	JSON.parse(
		execFileSync('node', [join(import.meta.dirname, file), ...args], {
			encoding: 'utf8',
			maxBuffer: 256 * 1024 * 1024
		})
	);

/** The families of many-families.ts in a new folder; start the server on it with `LAID_ENV`. Remove it yourself. */
export const layInFolder = (): LaidFolder => run('many-families.ts', [SECRET]) as LaidFolder;
export const LAID_ENV: Record<string, string> = { SERVER_SECRET: SECRET };

/** Every row that somebody's request must not change, by table. No server may hold the folder. */
export const dump = (dataDir: string): Record<string, string[]> =>
	run('dump-folder.ts', [dataDir, SECRET]) as Record<string, string[]>;
