import { factOf, writing } from './idb.ts';
import { ladderFrom, type Ladder } from './ladder.ts';
import { LADDER, nameOf } from './read-lock.ts';

type At = { idb: IDBFactory; profile: string };

/**
 * Changes the ladder in one transaction with reading it, so that no two tabs count the same try. `change` answers null where
 * nothing is to be written.
 */
export function stepLadder(
	{ idb, profile }: At,
	change: (now: Ladder) => Ladder | null
): Promise<{ before: Ladder; after: Ladder }> {
	return writing({ idb, name: nameOf(profile), tables: ['meta'] }, async (of) => {
		const meta = of('meta');
		const before = ladderFrom(await factOf(meta, LADDER));
		const after = change(before);
		if (after) meta.put({ key: LADDER, value: after });
		return { before, after: after ?? before };
	});
}

/** Remembers the latest moment seen, so that setting the clock back and starting again gains nothing. */
export async function markClock(at: At, now: number): Promise<void> {
	await stepLadder(at, (ladder) => (now > ladder.clock ? { ...ladder, clock: now } : null));
}

/** The server has said what time it is. */
export async function setClock(at: At, clock: number): Promise<void> {
	await stepLadder(at, (ladder) => ({ ...ladder, clock }));
}
