import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './transaction.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { OperatorProblem } from '../operator-problem.ts';

/** Any constant that no other program on the same PostgreSQL uses; it only keeps two starting nodes apart. */
const LOCK = 7_235_019;

/** The database was made by a newer version, or a shipped migration was edited. */
export class MigrationRefused extends OperatorProblem {}

const checksum = (text: string) => createHash('sha256').update(text.trim()).digest('hex');

/**
 * Brings the database to this version, each migration in one transaction with its checksum. Two nodes that start together
 * wait for each other. Returns the names that were applied now. Throws MigrationRefused.
 */
export async function migrate(db: Db, migrations = MIGRATIONS): Promise<string[]> {
	return db.transaction().execute(async (tx) => {
		await sql`set local statement_timeout = 0`.execute(tx);
		await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
		await sql`create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(
			tx
		);
		const { rows: done } = await sql<{
			name: string;
			sha256: string;
		}>`select name, sha256 from migration order by name`.execute(tx);
		refuseStrangers(done, migrations);
		const applied: string[] = [];
		for (const next of migrations.slice(done.length)) {
			for (const statement of statements(next.sql)) await sql.raw(statement).execute(tx);
			await sql`insert into migration (name, sha256) values (${next.name}, ${checksum(next.sql)})`.execute(
				tx
			);
			applied.push(next.name);
		}
		await sql`insert into instance (epoch) values (gen_random_uuid()) on conflict do nothing`.execute(tx);
		return applied;
	});
}

function refuseStrangers(done: { name: string; sha256: string }[], migrations: typeof MIGRATIONS) {
	for (const [index, row] of done.entries()) {
		const ours = migrations[index];
		if (!ours || ours.name !== row.name) {
			throw new MigrationRefused(
				`This database has the change "${row.name}", which this version does not know. Run the newer version.`
			);
		}
		if (checksum(ours.sql) !== row.sha256)
			throw new MigrationRefused(`The change "${row.name}" differs from the one this database has.`);
	}
}

/** PGlite prepares one statement at a time. A migration therefore ends each statement with a semicolon at the end of a line. */
function statements(text: string): string[] {
	return text.split(/;[ \t]*$/m).filter((part) => part.replace(/--.*$/gm, '').trim() !== '');
}
