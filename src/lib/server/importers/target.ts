import type { Transact } from '../db/transaction.ts';
import type { Tx } from '../db/transaction.ts';
import type { Problem } from './report.ts';

/** Where an import writes. With `dryRun` every transaction is taken back, so that the counts are those of the real run. */
export type Target = { transact: Transact; council: string; secret: string; today: string; dryRun: boolean };

/** What writing one case (or one person) came to: rows already there, records made, and what only the database could tell. */
export type Written = { unchanged: number; made: Record<string, number>; problems: Problem[] };

class TakenBack extends Error {
	readonly result: unknown;
	constructor(result: unknown) {
		super('taken back: dry run');
		this.result = result;
	}
}

/** One transaction of the import; in a dry run it is rolled back after its work was counted. */
export async function write<T>(target: Target, work: (tx: Tx) => Promise<T>): Promise<T> {
	if (!target.dryRun) return target.transact(work);
	try {
		return await target.transact(async (tx) => {
			throw new TakenBack(await work(tx));
		});
	} catch (error) {
		if (error instanceof TakenBack) return error.result as T;
		throw error;
	}
}
