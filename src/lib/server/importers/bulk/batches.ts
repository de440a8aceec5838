/**
 * Rows of one transaction at most (blueprint §4), counted in rows of the file. The embedded database works on the server's
 * own thread: a longer statement would keep families waiting. Whole cases only, so that none is ever partly written; a
 * case with more rows than this has a transaction of its own.
 */
const MOST_ROWS = 100;

/** Cuts a list into batches by weight, in its order. */
export function batches<T>(items: readonly T[], weight: (item: T) => number): T[][] {
	const cut: T[][] = [];
	let open: T[] = [];
	let rows = 0;
	for (const item of items) {
		const more = weight(item);
		if (open.length > 0 && rows + more > MOST_ROWS) {
			cut.push(open);
			[open, rows] = [[], 0];
		}
		open.push(item);
		rows += more;
	}
	if (open.length > 0) cut.push(open);
	return cut;
}
