import type { EventEmitter } from 'node:events';
import { currentServerKey } from './access/server-keys.ts';
import { turnOfRights } from './access/young-person.ts';
import { exportHourly } from './backup/hourly-export.ts';
import { tidyBlobs } from './blobs/tidy.ts';
import type { Config } from './config.ts';
import { demoForStart, demoGreeting } from './demo/greet.ts';
import { demoStaffDesk, type DemoStaffDesk } from './demo/staff.ts';
import { everyHour } from './every-hour.ts';
import { todayInLondon } from './importers/check/civil-day.ts';
import { readInstance } from './instance.ts';
import { OperatorProblem } from './operator-problem.ts';
import { takeJobs } from './ops/job-socket.ts';
import { startRuntime, type Runtime } from './runtime.ts';

/** What scripts/serve.ts may know of us; it imports nothing of this room, which would load the database twice. */
type Entry = { config: Config; greeting: string[]; demoStaff?: DemoStaffDesk };
const PLACE = Symbol.for('alongside.entry');

/** Starts the server's memory, takes jobs from commands, and leaves the entry what it prints after it listens. */
export async function openForBusiness(): Promise<void> {
	const server = await startRuntime();
	const greeting = await prepare(server);
	const demoStaff = greeting.length > 0 ? demoStaffDesk(server.config) : undefined;
	(globalThis as { [PLACE]?: Entry })[PLACE] = {
		config: server.config,
		greeting,
		...(demoStaff && { demoStaff })
	};
	const signals: EventEmitter = process;
	signals.once('alongside:stopping', () => server.live.close());
	signals.once('sveltekit:shutdown', () => void server.close());
}

/** Returns the lines to print once the server listens. */
async function prepare(server: Runtime): Promise<string[]> {
	const { database, config } = server;
	const { restoringAt } = await database.transact((tx) => readInstance(tx), { readOnly: true });
	if (restoringAt) {
		await server.close();
		throw new OperatorProblem(
			'A restore into this database was cut off. Restore again into a new DATA_DIR or a new database.'
		);
	}
	await database.transact((tx) => currentServerKey(tx, { secret: config.secret, now: new Date() }));
	if (database.lock) takeJobs(database.lock, { database, config });
	if (database.engine === 'pglite') server.beforeClose(exportHourly(database, config));
	// A day begins once, but a server may have been off at midnight; a round that finds nothing is one query.
	const turnRights = () => turnOfRights(database.transact, todayInLondon());
	server.beforeClose(everyHour(turnRights, { what: 'rights', firstMs: 60_000 }));
	server.beforeClose(everyHour(() => tidyBlobs(server), { what: 'blobs', firstMs: 3 * 60_000 }));
	return demoGreeting(await demoForStart(database, config));
}
