import { faultLine } from '../fault-line.ts';
import type { Place } from './complete.ts';
import { tidyBlobs } from './tidy.ts';

const HOUR_MS = 3_600_000;
/** After the first minutes, in which every phone comes back to a server that was started anew. */
const FIRST_MS = 3 * 60_000;

/** Tidies files every hour. Nodes may do it at once: each row is settled or removed by one of them. */
export function tidyBlobsHourly(server: Place): () => Promise<void> {
	let running: Promise<unknown> = Promise.resolve();
	const turn = () =>
		tidyBlobs(server).catch((problem: unknown) =>
			console.error('blobs: a round failed:', faultLine(problem))
		);
	const next = () => void (running = running.then(turn));
	const first = setTimeout(next, FIRST_MS).unref();
	const timer = setInterval(next, HOUR_MS).unref();
	return async () => {
		clearTimeout(first);
		clearInterval(timer);
		await running;
	};
}
