import type { Config } from '../config.ts';
import type { Database } from '../db/open-database.ts';
import { lettersJob } from '../letters/letters-job.ts';
import { auditHeadJob } from './audit-job.ts';
import { exportJob } from './backup-jobs.ts';
import { importFilesJob } from './import-files-job.ts';
import { staffOutJob } from './staff-job.ts';

/** Where a job writes: `out` is its result, `err` is for the person who waits. One call is one line or one whole text. */
export type JobIo = { out: (text: string) => void; err: (text: string) => void };
export type JobContext = {
	database: Database;
	config: Config;
	io: JobIo;
	/** The folder that relative paths mean. */
	cwd: string;
};
/** Resolves with the exit code of blueprint §6: 0 all well, 1 some rows refused, 2 unusable. */
export type Job = (words: string[], context: JobContext) => Promise<number>;

/** What a command may ask of a running server. A new command is a line here. */
export const JOBS: Readonly<Record<string, Job>> = {
	import: importFilesJob,
	letters: lettersJob,
	'db-export': exportJob,
	'audit-head': auditHeadJob,
	'staff-out': staffOutJob
};
