/**
 * Run by scale.long.test.ts in a process of its own: opens the database of DATA_DIR, sits idle, then runs the imports given as
 * a JSON list of words, and prints what the memory came to. `VmHWM` is the most the process ever held, in kB.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { importCommand } from '#server/importers/command.ts';

const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const imports = JSON.parse(process.argv[2] ?? '[]') as string[][];

const config = readConfig();
const database = await openDatabase(config);
const open = async () => ({ transact: database.transact, secret: config.secret });
await importCommand(['people', 'docs/samples/people.csv'], { cwd: process.cwd(), today: '2026-11-24', open });
// The embedded database goes on compiling itself for some seconds after it opens; that peak is the idle server's own.
await wait(10_000);
const idle = peak();
const runs = [];
for (const words of imports) {
	const started = Date.now();
	const done = await importCommand(words, { cwd: process.cwd(), today: '2026-11-24', open });
	const { rows, created } = JSON.parse(done.stdout) as { rows: object; created: object };
	runs.push({
		kind: words[0],
		exitCode: done.exitCode,
		rows,
		created,
		seconds: (Date.now() - started) / 1000,
		peak: peak()
	});
}
await database.close();
process.stdout.write(JSON.stringify({ idle, runs }) + '\n');
