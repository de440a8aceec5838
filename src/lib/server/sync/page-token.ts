/** Where a page begins, as the phone carries it back: opaque to it, and worthless for a scope it may not read. */
export type Position = {
	/** Version that the first page fixed. */
	to: number;
	reset: boolean;
	/** The last row sent; the next page begins after it. */
	ver: number;
	t: string;
	id: string;
};

/** A scope whose turn has not come yet begins after nothing. */
export const start = (from: { to: number; reset: boolean; ver: number }): Position => ({
	...from,
	t: '',
	id: ''
});

/** The epoch is in the token: the first pages of a new phone are asked for before it has stored one. */
export function writeToken(epoch: string, at: Position): string {
	return [epoch.slice(0, 8), at.to, at.reset ? 1 : 0, at.ver, at.t, at.id].join('~');
}

/** Null when it is not ours or from another life of the database: the scope then starts again. */
export function readToken(epoch: string, token: string | undefined): Position | null {
	const [life, to, reset, ver, t, ...id] = token?.split('~') ?? [];
	// A zero is no text to PostgreSQL: a forged token must not look like a fault of the database.
	if (life !== epoch.slice(0, 8) || t === undefined || token?.includes('\0')) return null;
	const position = { to: Number(to), reset: reset === '1', ver: Number(ver), t, id: id.join('~') };
	return Number.isSafeInteger(position.to) && Number.isSafeInteger(position.ver) ? position : null;
}
