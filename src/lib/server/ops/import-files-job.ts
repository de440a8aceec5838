import { todayInLondon } from '../importers/check/civil-day.ts';
import { importCommand } from '../importers/command.ts';
import type { JobContext } from './jobs.ts';

/** `import KIND FILE…`, as scripts/import.ts does it, on the database of whoever runs the job. */
export async function importFilesJob(
	words: string[],
	{ database, config, io, cwd }: JobContext
): Promise<number> {
	const open = async () => ({ transact: database.transact, secret: config.secret });
	const done = await importCommand(words, { cwd, today: todayInLondon(), open });
	if (done.stderr) io.err(done.stderr);
	if (done.stdout) io.out(done.stdout);
	return done.exitCode;
}
