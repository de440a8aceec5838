import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/**
 * Families first. The embedded database and a council's files are worked on by one thread, so a job (an import) asks here
 * before each transaction and between slices of reading, and steps back while a request has a transaction running or waiting.
 * Without it a pull, which makes three transactions, waited behind one of the import's each time: 157 ms instead of 18.
 */

/** Longest piece of a job's own work between two looks: a request passes through some five turns of the loop. */
const SLICE_MS = 2;
/** A job that is held back longer takes its turn all the same, or a busy morning would stop an import for good. */
const PATIENCE_MS = 50;
/** Somebody who asked within this time is likely to ask again: a phone pulls several times while its owner reads. */
const LATELY_MS = 1_000;

let asking = 0;
let lastAsked = -Infinity;
let sliceBegan = 0;

/** A request's transaction begins to wait. Returns the way to say that it has ended. */
export function ask(): () => void {
	asking++;
	return () => {
		asking--;
		lastAsked = performance.now();
	};
}

/** True while it pays for a job to work in small transactions. */
export const someoneAsks = () => asking > 0 || performance.now() - lastAsked < LATELY_MS;

/** Lets every request go first that is there or comes in the next turn of the loop; between its transactions lies none. */
export async function giveWay(): Promise<void> {
	const until = performance.now() + PATIENCE_MS;
	await nextTurn();
	while (asking > 0 && performance.now() < until) await wait(1);
	sliceBegan = performance.now();
}

/** To be awaited between small pieces of a job's own work (rows, cases): gives way once a slice is used up. */
export async function breathe(): Promise<void> {
	if (performance.now() - sliceBegan > SLICE_MS) await giveWay();
}
