/** PostgreSQL type numbers whose default reading differs between the two drivers or moves with the time zone (stack §7). */
const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;

function safeNumber(text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && !Number.isSafeInteger(value))
		throw new Error('A number in the database is too large to read exactly.');
	return value;
}

/** Counts and versions become numbers, a date stays `YYYY-MM-DD`. */
export const PARSERS: Record<number, (text: string) => unknown> = {
	[INT8]: safeNumber,
	[NUMERIC]: safeNumber,
	[DATE]: (text) => text
};
