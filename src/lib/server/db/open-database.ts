import type { Config } from '../config.ts';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { ChangeFeed } from './change-feed.ts';
import { openEmbedded } from './embedded.ts';
import { holdFolder, type FolderLock } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { PGliteDialect } from './pglite-dialect.ts';
import { openPool } from './postgres-pool.ts';
import type { Tables } from './tables.ts';
import { transactor, type Db, type Transact } from './transaction.ts';
import { OperatorProblem } from '../operator-problem.ts';

export type Database = {
	/** For the composition root and single reads. Repositories take the `tx` of `transact`. */
	db: Db;
	transact: Transact;
	feed: ChangeFeed;
	engine: 'pglite' | 'postgresql';
	/** `fsync`: seen at start; `volatile`: allowed by ALLOW_VOLATILE=1; `server`: PostgreSQL's own promise. */
	durability: 'fsync' | 'volatile' | 'server';
	/** True when this open made a new embedded database (the demo asks). */
	fresh: boolean;
	/** Other commands hand over their jobs here; absent with PostgreSQL, which they can reach themselves. */
	lock: FolderLock | null;
	close(): Promise<void>;
};

/** Nothing that is acknowledged reaches the disk. */
export class NotDurable extends OperatorProblem {}

/** How often the embedded database writes its state down, so that a start after a kill has little to replay. */
const CHECKPOINT_MS = 15 * 60_000;

type Opened = Pick<Database, 'engine' | 'durability' | 'fresh' | 'lock'> & {
	db: Db;
	feed: ChangeFeed;
	shut?: () => Promise<void>;
};

/**
 * Opens and migrates the database that the settings name: PostgreSQL, or the durable embedded one under the data folder.
 * Throws FolderHeld, EngineChanged, MigrationRefused, NotDurable, each with words for the operator.
 */
export async function openDatabase(config: Config): Promise<Database> {
	return config.databaseUrl ? openPostgres(config.databaseUrl) : openFolder(config);
}

/** Joins the parts; also how a test puts an in-memory database in. */
export function assemble(opened: Opened): Database {
	const { db, feed, shut, ...rest } = opened;
	return {
		...rest,
		db,
		feed,
		transact: transactor(db, (changes) => feed.committed(changes)),
		close: async () => {
			await feed.flush();
			feed.close();
			await db.destroy();
			await shut?.();
		}
	};
}

async function openPostgres(url: string): Promise<Database> {
	const report = (problem: Error) => console.error(`database: a connection was lost (${problem.message})`);
	const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, report) }) });
	try {
		await migrate(db);
	} catch (problem) {
		await db.destroy();
		throw problem;
	}
	const feed = new ChangeFeed(async (changes) => {
		// Issued after commit, in one statement: NOTIFY takes a lock over the whole server while it commits.
		const payloads = changes.map(({ scope, ver }) => `${scope} ${ver}`);
		await sql`select pg_notify('alongside', payload) from unnest(${payloads}::text[]) as payload`
			.execute(db)
			.catch(report);
	});
	return assemble({ db, feed, engine: 'postgresql', durability: 'server', fresh: false, lock: null });
}

async function openFolder(config: Config): Promise<Database> {
	const lock = await holdFolder(config.dataDir);
	try {
		const { pglite, files, fresh } = await openEmbedded(config.dataDir);
		const db: Db = new Kysely<Tables>({ dialect: new PGliteDialect(pglite) });
		await migrate(db);
		const durability = await probe(db, () => files?.flushed ?? 0);
		if (durability === 'volatile' && !config.allowVolatile) {
			await db.destroy();
			throw new NotDurable(
				'A commit was not written through to the disk (no fsync was seen). Set ALLOW_VOLATILE=1 only if you can lose what families send.'
			);
		}
		const timer = setInterval(() => void sql`checkpoint`.execute(db).catch(() => {}), CHECKPOINT_MS).unref();
		const shut = async () => {
			clearInterval(timer);
			await lock.release();
		};
		return assemble({ db, feed: new ChangeFeed(), engine: 'pglite', durability, fresh, lock, shut });
	} catch (problem) {
		await lock.release();
		throw problem;
	}
}

/** Commits once and looks whether a file was flushed. */
async function probe(db: Db, flushed: () => number): Promise<'fsync' | 'volatile'> {
	const before = flushed();
	await db.updateTable('instance').set({ probed_at: new Date() }).execute();
	return flushed() > before ? 'fsync' : 'volatile';
}
