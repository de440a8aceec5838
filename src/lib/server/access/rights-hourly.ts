import type { Database } from '../db/open-database.ts';
import { faultLine } from '../fault-line.ts';
import { todayInLondon } from '../importers/check/civil-day.ts';
import { turnOfRights } from './young-person.ts';

/** A day begins once, but a server may have been off at midnight; a round that finds nothing is one query. */
const HOUR_MS = 3_600_000;
/** Not in the first minute, in which every phone comes back to a server that was started anew. */
const FIRST_MS = 60_000;

/** Looks every hour whose record becomes theirs. Nodes may do it at once: each case is asked again in its transaction. */
export function turnRightsHourly({ transact }: Database): () => Promise<void> {
	let running: Promise<unknown> = Promise.resolve();
	const turn = () =>
		turnOfRights(transact, todayInLondon()).catch((problem: unknown) =>
			console.error('rights: a round failed:', faultLine(problem))
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
