import type { Tx } from '../db/transaction.ts';
import { lineHash } from './audit.ts';

/** Lines read in one short transaction. */
const PAGE = 200;

export type ChainEnd = { day: string; n: number; hash: string };
export type ChainReport = {
	lines: number;
	/** Null while nothing has been written. Kept outside the database, it shows a chain that was made anew. */
	head: ChainEnd | null;
	/** The first line that does not follow from the one before it. */
	broken: { day: string; n: number } | null;
};
type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Reads the whole chain and works out every hash again. `run` gives a read-only transaction for each page. */
export async function verifyAudit(run: Run): Promise<ChainReport> {
	let head: ChainEnd | null = null;
	let lines = 0;
	for (;;) {
		const page = await run((tx) => pageAfter(tx, head));
		for (const { hash, ...line } of page) {
			const follows: boolean =
				// The first line there is may follow days that were removed after their keeping time.
				(head === null ? line.n === 1 : line.prev_hash === head.hash && isNext(head, line)) &&
				lineHash(line) === hash;
			if (!follows) return { lines, head, broken: { day: line.day, n: line.n } };
			head = { day: line.day, n: line.n, hash };
			lines++;
		}
		if (page.length < PAGE) return { lines, head, broken: null };
	}
}

const isNext = (before: ChainEnd, line: { day: string; n: number }) =>
	line.day === before.day ? line.n === before.n + 1 : line.day > before.day && line.n === 1;

async function pageAfter(tx: Tx, after: ChainEnd | null) {
	let query = tx.selectFrom('audit_line').selectAll().orderBy('day').orderBy('n').limit(PAGE);
	if (after)
		query = query.where((where) =>
			where.or([
				where('day', '>', after.day),
				where.and([where('day', '=', after.day), where('n', '>', after.n)])
			])
		);
	return query.execute();
}
