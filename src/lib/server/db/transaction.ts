import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, Transaction } from 'kysely';
import { ask, giveWay } from './give-way.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
/** What repositories take. They never see the outer database: on PGlite a query on it would wait for its own transaction. */
export type Tx = Transaction<Tables>;
export type TransactOptions = {
	isolation?: 'read committed' | 'repeatable read';
	readOnly?: boolean;
	/** Nobody waits for it at a screen: requests go first. */
	job?: boolean;
};
/** Scope id and its new version. */
export type Change = { scope: string; ver: number };

type Running = { changes: Map<string, number> };
const running = new AsyncLocalStorage<Running>();

export const insideTransaction = () => running.getStore() !== undefined;

/** Called by whoever bumped a scope; told to the feed after commit, never before. */
export function noteChange(scope: string, ver: number): void {
	running.getStore()?.changes.set(scope, ver);
}

export type Transact = <T>(work: (tx: Tx) => Promise<T>, options?: TransactOptions) => Promise<T>;

/** Runs work in one transaction: commits when it resolves, rolls back when it throws. Keep it under about 20 ms. */
export function transactor(db: Db, committed: (changes: Change[]) => void): Transact {
	return async (work, options = {}) => {
		if (insideTransaction()) throw new Error('A transaction was begun inside another; pass tx instead.');
		if (options.job) await giveWay();
		const left = options.job ? () => {} : ask();
		const mine: Running = { changes: new Map() };
		let begin = db.transaction();
		if (options.isolation) begin = begin.setIsolationLevel(options.isolation);
		if (options.readOnly) begin = begin.setAccessMode('read only');
		const result = await begin.execute((tx) => running.run(mine, () => work(tx))).finally(left);
		if (mine.changes.size > 0) committed([...mine.changes].map(([scope, ver]) => ({ scope, ver })));
		return result;
	};
}
