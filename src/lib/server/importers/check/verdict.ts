/**
 * What a judge says about one row. `refuse`: the row is wrong, and its whole case waits, so that no case is half told.
 * `drop`: the row is refused, but nothing is lost without it (a copy of another row). `tell`: it is taken, and reported.
 */
export type Effect = 'refuse' | 'drop' | 'tell';
export type Verdict = { column: string | null; problem: string; mend: string; effect: Effect };

/** How a check speaks: about one column, with the way to mend it. */
export type Say = (column: string | null, problem: string, mend: string) => void;

/** A value as it may be quoted in a report: short, on one line. */
export const quoted = (value: string) => {
	const plain = value.replace(/\s+/g, ' ').trim();
	return `"${plain.length > 40 ? plain.slice(0, 40) + '…' : plain}"`;
};
