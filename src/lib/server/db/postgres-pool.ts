import type { PostgresPool } from 'kysely';
import pg from 'pg';
import { PARSERS } from './parsers.ts';
import { insideTransaction } from './transaction.ts';

/** Longer than any statement of ours by far; a stuck one must not hold a connection for ever. */
const STATEMENT_MS = 5_000;
/** Ten serve a node: the work per request is a few milliseconds. */
const CONNECTIONS = 10;

type Pool = PostgresPool;

/** A pool whose lost connections are reported, not thrown: without a listener a PostgreSQL restart ends the server. */
export function openPool(url: string, report: (problem: Error) => void): Pool {
	const pool = new pg.Pool({
		connectionString: url,
		max: CONNECTIONS,
		statement_timeout: STATEMENT_MS,
		// A holder that forgot its transaction keeps rows locked; nothing of ours waits that long.
		idle_in_transaction_session_timeout: 60_000,
		connectionTimeoutMillis: 10_000,
		application_name: 'alongside',
		types: {
			getTypeParser: (oid: number, format?: 'text') => PARSERS[oid] ?? pg.types.getTypeParser(oid, format)
		} as pg.CustomTypesConfig
	});
	let ending = false;
	const lost = (problem: Error) => void (ending || report(problem));
	pool.on('error', lost);
	// The pool listens only while a connection is idle; one lost in the middle of a transaction would end the process.
	pool.on('connect', (client) => client.on('error', lost));
	return {
		options: pool.options,
		connect: () => {
			if (insideTransaction())
				throw new Error('A query on the outer database inside a transaction sees an older state; use tx.');
			return pool.connect();
		},
		end: () => ((ending = true), pool.end())
	};
}
