import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { PGLITE_VERSION } from '#server/db/embedded.ts';
import { ChangeFeed } from '#server/db/change-feed.ts';
import { assemble, openDatabase, type Database } from '#server/db/open-database.ts';
import { MIGRATIONS } from '#server/db/migrations/all.ts';
import { migrate } from '#server/db/migrate.ts';
import { PARSERS } from '#server/db/parsers.ts';
import { PGliteDialect } from '#server/db/pglite-dialect.ts';
import type { Tables } from '#server/db/tables.ts';
import { readConfig } from '#server/config.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { quickPGlite } from './quick-pglite.ts';

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

/** A new data folder whose embedded database is made and closed already: copying takes 0.1 s, initdb 3 to 12. Remove it yourself. */
export async function testFolder(): Promise<string> {
	const key = createHash('sha256')
		.update(JSON.stringify([MIGRATIONS, PGLITE_VERSION]))
		.digest('hex')
		.slice(0, 16);
	const made = join(tmpdir(), 'alongside-tests', `folder-${key}`);
	if (!existsSync(made)) {
		mkdirSync(join(tmpdir(), 'alongside-tests'), { recursive: true });
		const draft = mkdtempSync(join(tmpdir(), 'al-draft-'));
		await (await openDatabase(readConfig({ DATA_DIR: draft, SERVER_SECRET: TEST_SECRET }))).close();
		// Another test process may have been quicker.
		try {
			renameSync(draft, made);
		} catch {
			rmSync(draft, { recursive: true });
		}
	}
	const dir = mkdtempSync(join(tmpdir(), 'al-'));
	cpSync(made, dir, { recursive: true });
	return dir;
}

/** One cluster for a test process, stopped with its last database. TEST_DATABASE_URL names one that runs already. */
let cluster: Promise<Postgres> | null = null;
let open = 0;

/**
 * A fresh, migrated database: in-memory PGlite, or with TEST_ENGINE=postgres a new database on PostgreSQL 15.
 * Close it in afterAll.
 */
export async function testDatabase(): Promise<Database & { url?: string }> {
	if (process.env.TEST_ENGINE === 'postgres' || process.env.TEST_DATABASE_URL) return onPostgres();
	return onPGlite();
}

/** In-memory PGlite; `quick` for tests that ask it very often (`quick-pglite.ts`). */
export async function onPGlite(quick = false): Promise<Database> {
	const pglite = new PGlite({ loadDataDir: await template(), parsers: PARSERS });
	await pglite.waitReady;
	const db = new Kysely<Tables>({ dialect: new PGliteDialect(quick ? quickPGlite(pglite) : pglite) });
	// The template's epoch must not be shared by two databases.
	await db.updateTable('instance').set({ epoch: crypto.randomUUID() }).execute();
	return assemble({
		db,
		feed: new ChangeFeed(),
		engine: 'pglite',
		durability: 'volatile',
		fresh: true,
		lock: null
	});
}

export async function onPostgres(): Promise<Database & { url: string }> {
	open++;
	const given = process.env.TEST_DATABASE_URL;
	const url = given ?? (await (cluster ??= startPostgres())).url;
	const made = await freshPostgres(url);
	const database = await openDatabase(readConfig({ DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET }));
	return {
		...database,
		url: made.url,
		close: async () => {
			await database.close();
			await made.drop();
			if (--open > 0 || !cluster) return;
			const last = await cluster;
			cluster = null;
			await last.stop();
		}
	};
}

/** A new database on that server, so that tests do not see each other. */
export async function freshPostgres(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
	const name = `t_${crypto.randomUUID().replaceAll('-', '')}`;
	const pool = new pg.Pool({ connectionString: server, max: 1 });
	// A test may kill the server.
	pool.on('error', () => {});
	const admin = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
	await sql.raw(`create database ${name}`).execute(admin);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		drop: async () => {
			await sql.raw(`drop database ${name} with (force)`).execute(admin);
			await admin.destroy();
		}
	};
}
