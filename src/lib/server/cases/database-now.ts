import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';

/** The database's clock, in milliseconds: nodes whose own clocks differ still write one order. */
export async function databaseNow(tx: Tx): Promise<string> {
	const { rows } = await sql<{
		at: Date;
	}>`select date_trunc('milliseconds', clock_timestamp()) as at`.execute(tx);
	return rows[0]!.at.toISOString();
}
