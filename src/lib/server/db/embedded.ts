import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DurableFS, flush, flushTree } from './durable-fs.ts';
import { PARSERS } from './parsers.ts';
import { OperatorProblem } from '../operator-problem.ts';

/** The pinned package; a test compares it with package.json. A folder made by another version is not opened. */
export const PGLITE_VERSION = '0.5.16';

/** PGlite's own start parameters minus `-F` (no fsync). The fdatasync path is a stub there, so plain fsync is asked for. */
const START = [
	...PGlite.defaultStartParams.filter((word) => word !== '-F'),
	'-c',
	'fsync=on',
	'-c',
	'wal_sync_method=fsync'
];

/** The folder was made by another version of the embedded database. */
export class EngineChanged extends OperatorProblem {}

export type Embedded = { pglite: PGlite; files: DurableFS | null; fresh: boolean };

/** Opens the durable database under `dataDir`; the caller holds the folder's lock. Throws EngineChanged. */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
	const folder = join(dataDir, 'pg');
	const made = join(dataDir, 'engine');
	const fresh = !existsSync(join(folder, 'PG_VERSION'));
	if (!fresh) refuseOtherEngine(made, dataDir);
	// A first start that was cut off leaves a partial folder, in which nothing was ever acknowledged.
	if (fresh) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const files = new DurableFS(folder);
	const pglite = new PGlite({ fs: files, startParams: START, parsers: PARSERS });
	await pglite.waitReady;
	if (fresh) {
		writeFileSync(made, PGLITE_VERSION);
		flushTree(folder);
		flush(made);
		flush(dataDir);
	}
	return { pglite, files, fresh };
}

function refuseOtherEngine(made: string, dataDir: string) {
	const was = existsSync(made) ? readFileSync(made, 'utf8').trim() : 'unknown';
	if (was === PGLITE_VERSION) return;
	throw new EngineChanged(
		`The database in ${dataDir} was made by PGlite ${was}; this is ${PGLITE_VERSION}, which must not open it. ` +
			`With the older version run "npm run db -- export FOLDER" (or use the newest folder under ${dataDir}/exports), ` +
			'then start with a new DATA_DIR and run "npm run db -- import FOLDER".'
	);
}
