import { someoneAsks } from '../../db/give-way.ts';

/**
 * Records of one transaction at most (blueprint §4). The embedded database works on the server's own thread, so that whoever
 * asks waits for the transaction under way: 100 records take 10 to 20 ms and are quickest for a council alone, 24 (three
 * cases of eight facts) about 5.
 * Whole cases only, so that none is ever partly written; a larger case has a transaction of its own.
 */
const MOST = 100;
const MOST_WHILE_ASKED = 24;

/** Cuts a list into batches by weight, in its order, each as large as may be when it is taken. */
export function* batches<T>(items: readonly T[], weight: (item: T) => number): Generator<T[]> {
	let open: T[] = [];
	let records = 0;
	for (const item of items) {
		const more = weight(item);
		if (open.length > 0 && records + more > (someoneAsks() ? MOST_WHILE_ASKED : MOST)) {
			yield open;
			[open, records] = [[], 0];
		}
		open.push(item);
		records += more;
	}
	if (open.length > 0) yield open;
}
