import { readConfig, type Config } from '../config.ts';
import { folderIsHeld, FolderHeld } from '../db/folder-lock.ts';
import { openDatabase } from '../db/open-database.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { handOver, runJob } from './job-socket.ts';
import type { JobIo } from './jobs.ts';

const CONSOLE: JobIo = {
	out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
	err: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
};

/**
 * Runs a job of `jobs.ts` for a command, in whichever of the three ways the database can be reached (blueprint §6): direct to
 * PostgreSQL; in this process when the data folder is free; in the server that holds it. Same report, same exit code.
 * `env` and `io` default to the process's own.
 */
export async function runWithDatabase(
	job: string,
	args: string[],
	{ env = process.env, io = CONSOLE, cwd = process.cwd() } = {}
): Promise<number> {
	try {
		const config = readConfig(env);
		const hand = () => handOver(config.dataDir, { job, args, cwd }, io);
		if (!config.databaseUrl && (await folderIsHeld(config.dataDir))) return await hand();
		try {
			return await inThisProcess(config, { job, args, io, cwd });
		} catch (problem) {
			// A server took the folder in the moment between looking and opening.
			if (problem instanceof FolderHeld && (await folderIsHeld(config.dataDir))) return await hand();
			throw problem;
		}
	} catch (problem) {
		if (!(problem instanceof OperatorProblem)) throw problem;
		io.err(problem.message);
		return 2;
	}
}

async function inThisProcess(
	config: Config,
	{ job, args, io, cwd }: { job: string; args: string[]; io: JobIo; cwd: string }
): Promise<number> {
	const database = await openDatabase(config);
	try {
		return await runJob(job, args, { database, config, io, cwd });
	} finally {
		await database.close();
	}
}
