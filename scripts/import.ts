import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#server/config.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';
import { todayInLondon } from '#server/importers/check/civil-day.ts';
import { importCommand } from '#server/importers/command.ts';

const words = process.argv.slice(2);
let database: Database | null = null;

/** A dry run beside a folder that holds no database makes none: it judges the file alone. */
const isAlone = () =>
	words.includes('--dry-run') &&
	!process.env.DATABASE_URL &&
	!existsSync(join(resolve(process.env.DATA_DIR || 'data'), 'pg', 'PG_VERSION'));

const open = async () => {
	if (isAlone()) return null;
	const config = readConfig();
	database = await openDatabase(config);
	return { transact: database.transact, secret: config.secret };
};

try {
	const done = await importCommand(words, { cwd: process.cwd(), today: todayInLondon(), open });
	process.stderr.write(done.stderr);
	process.stdout.write(done.stdout);
	process.exitCode = done.exitCode;
} catch (problem) {
	process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
	process.exitCode = 2;
} finally {
	await (database as Database | null)?.close();
}
