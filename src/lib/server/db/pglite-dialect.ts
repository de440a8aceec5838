import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import {
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type Kysely,
	type QueryResult,
	type TransactionSettings
} from 'kysely';
import { insideTransaction } from './transaction.ts';

/**
 * Kysely's own PGlite dialect shares one connection without a queue: a query from another request runs inside whichever
 * transaction happens to be open, and two transactions at once wait for each other for ever. Here a connection is handed
 * to one holder at a time.
 */
export class PGliteDialect implements Dialect {
	#pglite: PGlite;

	constructor(pglite: PGlite) {
		this.#pglite = pglite;
	}

	createAdapter = () => new PostgresAdapter();
	createDriver = () => new OneAtATime(this.#pglite);
	createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
	createQueryCompiler = () => new PostgresQueryCompiler();
}

class OneAtATime implements Driver {
	#connection: PGliteConnection;
	#pglite: PGlite;
	#last: Promise<void> = Promise.resolve();
	#free = new WeakMap<Lease, () => void>();

	constructor(pglite: PGlite) {
		this.#pglite = pglite;
		this.#connection = new PGliteConnection(pglite);
	}

	async init() {
		await this.#pglite.waitReady;
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		if (insideTransaction())
			throw new Error('A query on the outer database inside a transaction would wait for itself; use tx.');
		const before = this.#last;
		let free = () => {};
		this.#last = new Promise((resolve) => (free = resolve));
		await before;
		const lease = new Lease(this.#connection);
		this.#free.set(lease, free);
		return lease;
	}

	async releaseConnection(lease: DatabaseConnection) {
		this.#free.get(lease as Lease)?.();
	}

	async beginTransaction(lease: DatabaseConnection, settings: TransactionSettings) {
		const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
		await (lease as Lease).run(`begin${isolation}${settings.accessMode === 'read only' ? ' read only' : ''}`);
	}

	async commitTransaction(lease: DatabaseConnection) {
		await (lease as Lease).run('commit');
	}

	async rollbackTransaction(lease: DatabaseConnection) {
		await (lease as Lease).run('rollback');
	}

	async destroy() {
		await this.#last;
		if (!this.#pglite.closed) await this.#pglite.close();
	}
}

/** One holder's turn. A new object each time, so that releasing twice frees nobody else's turn. */
class Lease implements DatabaseConnection {
	#connection: PGliteConnection;

	constructor(connection: PGliteConnection) {
		this.#connection = connection;
	}

	executeQuery = <R>(query: CompiledQuery) => this.#connection.query<R>(query.sql, query.parameters);
	run = (text: string) => this.#connection.query(text, []);

	// eslint-disable-next-line require-yield -- the interface asks for a generator; nothing here streams
	async *streamQuery(): AsyncIterableIterator<never> {
		throw new Error('PGlite cannot stream; read in pages.');
	}
}

class PGliteConnection {
	#pglite: PGlite;

	constructor(pglite: PGlite) {
		this.#pglite = pglite;
	}

	/** PGlite works on our thread: without giving way after each statement a loop of queries starves every request (stack §12). */
	async query<R>(text: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
		try {
			const { rows, affectedRows } = await this.#pglite.query(text, [...parameters]);
			return {
				rows: rows as R[],
				...(affectedRows !== undefined && { numAffectedRows: BigInt(affectedRows) })
			};
		} finally {
			await nextTurn();
		}
	}
}
