import type { Ack } from '#contract/sync/push.ts';

export type StoredRow = { ver: number; deleted: boolean; v: Record<string, unknown> | null };
/** `v: null` deletes. */
export type WrittenRow = { t: string; id: string; v: Record<string, unknown> | null };

/** One change as a phone meant it, opened. `hash` is over its canonical JSON (`accept.ts`). */
export type Mutation = { mid: string; seq: number; scope: string; name: string; hash: string; args: unknown };

/** A mutation that was settled, and which fields of which row it changed. */
export type Settled = {
	mid: string;
	seq: number;
	scope: string;
	hash: string;
	ack: Ack;
	touched: Touched | null;
};
export type Touched = { t: string; id: string; fields: readonly string[] };

/**
 * What the protocol needs of a database, for one phone of one person and inside one transaction that locks that phone: PostgreSQL or
 * PGlite in `sql-row-store.ts`, and one in memory for the model (tests/support), which pass the same suite.
 */
export interface RowStore {
	/** The highest seq that is settled; 0 before the first. */
	lastSeq(): Promise<number>;
	settled(mid: string): Promise<Pick<Settled, 'hash' | 'ack'> | null>;
	mayWrite(scope: string): boolean;
	/** Null: there never was one. Locks the scope until the transaction ends, so that what is read is what is written over. */
	row(scope: string, t: string, id: string): Promise<StoredRow | null>;
	/**
	 * Fields of a row that mutations of other phones changed above version `ver`. This phone's own do not count: its later change was made
	 * knowing its earlier one, whose version it may not have heard yet.
	 */
	changedByOthers(scope: string, of: { t: string; id: string; ver: number }): Promise<ReadonlySet<string>>;
	/** Stamps the rows with the scope's next version and returns it. */
	write(scope: string, rows: readonly WrittenRow[]): Promise<number>;
	/** The moment, as an ISO instant. Asked after `row`, it is in the order of the scope's versions. */
	now(): Promise<string>;
	settle(one: Settled): Promise<void>;
	/** Settles a number whose mutation cannot be kept, because its id stands for other words already. */
	pass(seq: number): Promise<void>;
}
