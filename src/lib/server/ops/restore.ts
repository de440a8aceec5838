import { readConfig } from '../config.ts';
import { openDatabase } from '../db/open-database.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { importJob } from './backup-jobs.ts';

/** Restores a backup in this process: a running server has a database that is not empty, and a life of its own. */
export async function restoreInto(words: string[], env = process.env): Promise<number> {
	const io = { out: (text: string) => console.log(text), err: (text: string) => console.error(text) };
	try {
		const config = readConfig(env);
		const database = await openDatabase(config);
		try {
			return await importJob(words, { database, config, io, cwd: process.cwd() });
		} finally {
			await database.close();
		}
	} catch (problem) {
		if (!(problem instanceof OperatorProblem)) throw problem;
		io.err(problem.message);
		return 2;
	}
}
