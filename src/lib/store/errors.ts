/** The phone is full: nothing of the last write was kept. The screen keeps its words and says "not saved yet". */
export class StorageFull extends Error {
	override name = 'StorageFull';
}

/** More words than one envelope may carry: nothing was kept, and the screen keeps them. */
export class TooLong extends Error {
	override name = 'TooLong';
}

/** The browser keeps nothing for this site (private window, blocked storage): typed words would not survive. */
export class StorageBlocked extends Error {
	override name = 'StorageBlocked';
}

/** The database was written by a newer version of the app. It is left alone. */
export class UpdateNeeded extends Error {
	override name = 'UpdateNeeded';
}

/** A sealed row or key did not open: a byte changed, or it is not this profile's. */
export class Damaged extends Error {
	override name = 'Damaged';
}

/** The database was emptied under us, by the browser or by a person: what is written now could never be opened again. */
export class Vanished extends Error {
	override name = 'Vanished';
}

/** The profile is locked: nothing is read or written before it is opened. */
export class Locked extends Error {
	override name = 'Locked';
}

export type BrokenRule = 'too-short' | 'not-digits' | 'recovery-needed' | 'recovery-wrong';

/** A lock cannot be set like this; nothing was changed. */
export class LockRule extends Error {
	override name = 'LockRule';
	readonly rule: BrokenRule;
	constructor(rule: BrokenRule) {
		super(rule);
		this.rule = rule;
	}
}

/** By name: some come from a worker, where classes are left behind. */
export const isDamaged = (error: unknown) => (error as { name?: string } | null)?.name === 'Damaged';

type Named = { name?: string; inner?: unknown; message?: string };
const LOST = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError', 'TransactionInactiveError'];

/** Dexie wraps the browser's error in `inner`, sometimes twice. */
function names(error: unknown): string[] {
	const found: string[] = [];
	for (let at = error as Named | undefined; at && found.length < 4; at = at.inner as Named | undefined) {
		if (at.name) found.push(at.name);
	}
	return found;
}

export const isFull = (error: unknown) =>
	names(error).some((n) => n === 'QuotaExceededError' || n === 'StorageFull');

/** WebKit drops connections when its network process dies (Dexie #2296): opening again and trying once more mends it. */
export const isLost = (error: unknown) => names(error).some((n) => LOST.includes(n));

/** A transaction that nobody here aborted: browsers report a full disk this way too. */
export const isAborted = (error: unknown) => names(error).includes('AbortError');

export const isNewer = (error: unknown) =>
	names(error).some((n) => n === 'VersionError' || n === 'UpdateNeeded');
