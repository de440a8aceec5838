import { faultLine } from './fault-line.ts';

const HOUR_MS = 3_600_000;

/**
 * A round of work every hour, one after the other; the first a while after the start, in whose first minute every phone comes back. Nodes may
 * be at it at once, so each piece of it settles who does it. Returns the way to stop, which waits for a round that runs.
 */
export function everyHour(
	round: () => Promise<unknown>,
	{ what, firstMs }: { what: string; firstMs: number }
): () => Promise<void> {
	let running: Promise<unknown> = Promise.resolve();
	const turn = () =>
		round().catch((problem: unknown) => console.error(`${what}: a round failed:`, faultLine(problem)));
	const next = () => void (running = running.then(turn));
	const first = setTimeout(next, firstMs).unref();
	const timer = setInterval(next, HOUR_MS).unref();
	return async () => {
		clearTimeout(first);
		clearInterval(timer);
		await running;
	};
}
