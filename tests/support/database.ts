import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { ChangeFeed } from '#server/db/change-feed.ts';
import { assemble, openDatabase, type Database } from '#server/db/open-database.ts';
import { MIGRATIONS } from '#server/db/migrations/all.ts';
import { migrate } from '#server/db/migrate.ts';
import { PARSERS } from '#server/db/parsers.ts';
import { PGliteDialect } from '#server/db/pglite-dialect.ts';
import type { Tables } from '#server/db/tables.ts';
import { readConfig } from '#server/config.ts';

/** 48 characters that no deployment uses. */
export const TEST_SECRET = 'a-secret-for-tests-only-a-secret-for-tests-only!';

/** A file of the migrated, empty database: initdb takes 5 to 12 s, loading it about 1.5 s. */
async function template(): Promise<Blob> {
	const key = createHash('sha256').update(JSON.stringify(MIGRATIONS)).digest('hex').slice(0, 16);
	const path = join(tmpdir(), 'alongside-tests', `pglite-${key}.tar`);
	if (!existsSync(path)) {
		const pglite = new PGlite({ parsers: PARSERS });
		const db = new Kysely<Tables>({ dialect: new PGliteDialect(pglite) });
		await migrate(db);
		const dump = await pglite.dumpDataDir('none');
		await db.destroy();
		mkdirSync(join(tmpdir(), 'alongside-tests'), { recursive: true });
		const draft = `${path}.${process.pid}`;
		writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
		renameSync(draft, path);
	}
	return new Blob([readFileSync(path)]);
}

/**
 * A fresh database for one test file: in-memory PGlite, or a new schema of TEST_DATABASE_URL's PostgreSQL.
 * Close it in afterAll.
 */
export async function testDatabase(): Promise<Database> {
	const url = process.env.TEST_DATABASE_URL;
	if (url) return freshPostgres(url);
	const pglite = new PGlite({ loadDataDir: await template(), parsers: PARSERS });
	await pglite.waitReady;
	const db = new Kysely<Tables>({ dialect: new PGliteDialect(pglite) });
	// The template's epoch must not be shared by two databases.
	await db.updateTable('instance').set({ epoch: crypto.randomUUID() }).execute();
	return assemble({ db, feed: new ChangeFeed(), engine: 'pglite', durability: 'volatile', fresh: true, lock: null });
}

/** A new database on that server, so that test files do not see each other. Dropped at close. */
async function freshPostgres(server: string): Promise<Database> {
	const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
	const admin = await openPlain(server);
	await sql.raw(`create database ${name}`).execute(admin);
	const url = new URL(server);
	url.pathname = `/${name}`;
	const database = await openDatabase(readConfig({ DATABASE_URL: url.href, SERVER_SECRET: TEST_SECRET }));
	return {
		...database,
		close: async () => {
			await database.close();
			await sql.raw(`drop database ${name} with (force)`).execute(admin);
			await admin.destroy();
		}
	};
}

async function openPlain(url: string): Promise<Kysely<unknown>> {
	const { PostgresDialect } = await import('kysely');
	const { default: pg } = await import('pg');
	return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });
}
