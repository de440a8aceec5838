import type { PullAnswer, PullRequest } from '#contract/sync/pull.ts';
import type { RowStore, Settled, StoredRow } from '#server/sync/row-store.ts';

export const CASE = '11111111-1111-4111-8111-111111111111';
export const FAM = `case:${CASE}:fam`;
/** What one guardian of the case reads: what they write together, their own, and what they sent. */
export const scopesOf = (account: string): string[] => [
	FAM,
	`case:${CASE}:own:${account}`,
	`case:${CASE}:sent:${account}`
];

/** Everything a server remembers, for the questions at the end of a story. */
export type Kept = {
	/** By account and mid. */
	mutations: Map<string, Pick<Settled, 'hash' | 'ack'>>;
	/** By scope, then by type and id. */
	rows: Map<string, Map<string, StoredRow>>;
};
/** `between` runs after an answer has begun to be read and before it is read to its end. */
export type Pulling = { account: string; ask: PullRequest; between?: (() => Promise<void>) | undefined };

/** What the model's server remembers with: plain maps (`plain-memory.ts`), or a database (tests/support/sql-memory.ts). */
export interface ServerMemory {
	/** Guardians of one case, and nothing else. */
	lay(accounts: readonly string[]): Promise<void>;
	/** Whether this guardian may still write what they write together. */
	mayWrite(account: string, may: boolean): Promise<void>;
	/** One transaction of that phone. */
	transact<T>(account: string, device: string, work: (store: RowStore) => Promise<T>): Promise<T>;
	pull(what: Pulling): Promise<PullAnswer>;
	kept(): Promise<Kept>;
	backup(): Promise<unknown>;
	/** A backup is put back: a new life, which knows nothing of what came after it. */
	restore(life: unknown): Promise<void>;
}
