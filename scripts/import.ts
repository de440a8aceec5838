/** npm run -s import -- KIND FILE… (docs/importing.md). */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#server/config.ts';
import { FolderHeld, folderIsHeld } from '#server/db/folder-lock.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { todayInLondon } from '#server/importers/check/civil-day.ts';
import { importCommand } from '#server/importers/command.ts';
import { OperatorProblem } from '#server/operator-problem.ts';
import { runWithDatabase } from '#server/ops/with-database.ts';

const words = process.argv.slice(2);
const dataDir = resolve(process.env.DATA_DIR || 'data');
const onServer = !process.env.DATABASE_URL && (await folderIsHeld(dataDir));

process.exitCode = onServer ? await runWithDatabase('import', words) : await runHere();

/** The files are judged before the database is opened: a file that cannot be used costs no start and makes no folder. */
async function runHere(): Promise<number> {
	let database: Database | null = null;
	try {
		const done = await importCommand(words, {
			cwd: process.cwd(),
			today: todayInLondon(),
			open: async () => {
				if (isAlone()) return null;
				const config = readConfig();
				database = await openDatabase(config);
				return { transact: database.transact, secret: config.secret };
			}
		});
		process.stderr.write(done.stderr);
		process.stdout.write(done.stdout);
		return done.exitCode;
	} catch (problem) {
		// A server took the folder while the files were being judged.
		if (problem instanceof FolderHeld && (await folderIsHeld(dataDir)))
			return runWithDatabase('import', words);
		if (!(problem instanceof OperatorProblem)) throw problem;
		process.stderr.write(`${problem.message}\n`);
		return 2;
	} finally {
		await (database as Database | null)?.close();
	}
}

/** A dry run beside a folder that holds no database makes none: the report says what a first import would make. */
function isAlone(): boolean {
	return (
		words.includes('--dry-run') && !process.env.DATABASE_URL && !existsSync(join(dataDir, 'pg', 'PG_VERSION'))
	);
}
