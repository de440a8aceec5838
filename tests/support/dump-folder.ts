import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { readConfig } from '#server/config.ts';
import { openDatabase, type Database } from '#server/db/open-database.ts';

/**
 * `node dump-folder.ts FOLDER SECRET`: every table as lines, without what any request may leave behind: tries at doors,
 * ceremonies that were begun, a phone's own secret (made when it first asks), the audit, and when somebody was last seen.
 */
const LEFT_OUT = [
	'door_try',
	'challenge',
	'mail_code',
	'sign_in_flow',
	'audit_line',
	'migration',
	'instance',
	'server_key',
	'device_secret'
];
const MOVES = ['last_used', 'last_seen', 'confirmed_at', 'passkey_handle'];
/** Wrong birthdays are counted against the letter: that is the guard, not a way across. */
const COUNTS = { activation: ['tries'] } as Record<string, string[]>;

/** Rows by table, from an open database. */
export async function dumpOf({ db }: Database): Promise<Record<string, string[]>> {
	const tables = (await db.introspection.getTables()).map((table) => table.name);
	const rows: Record<string, string[]> = {};
	for (const table of tables.filter((name) => !LEFT_OUT.includes(name)).sort()) {
		const all = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
		const skip = [...MOVES, ...(COUNTS[table] ?? [])];
		rows[table] = all.rows
			.map((row) =>
				JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !skip.includes(name))))
			)
			.sort();
	}
	return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const [folder, secret] = process.argv.slice(2);
	const database = await openDatabase(readConfig({ DATA_DIR: folder!, SERVER_SECRET: secret! }));
	const rows = await dumpOf(database);
	await database.close();
	console.log(JSON.stringify(rows));
}
