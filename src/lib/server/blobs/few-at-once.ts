import { Refusal } from '../edge/refusal.ts';

/** Opening a picture takes up to 150 MB for a moment: a small server holds two of them, and the rest wait in line. */
const AT_ONCE = 2;
const IN_LINE = 40;
const AGAIN_S = 20;

let running = 0;
const line: (() => void)[] = [];

/** Runs heavy work when it is its turn. Throws Refusal `unavailable` when the line is long. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (line.length >= IN_LINE) throw new Refusal('unavailable', { retryAfter: AGAIN_S });
		await new Promise<void>((go) => line.push(go));
	} else running++;
	try {
		return await work();
	} finally {
		const next = line.shift();
		if (next) next();
		else running--;
	}
}
