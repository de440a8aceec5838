/**
 * Run by scale.long.test.ts in a process of its own: opens the database of DATA_DIR, warms it, sits idle, then runs the imports
 * given as a JSON list of words, and prints in MB what the memory came to.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { importCommand } from '#server/importers/command.ts';

const status = (name: string) =>
	Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
/** The most this process held since it began, or since `forget`. */
const peak = () => status('VmHWM');
const forget = () => writeFileSync('/proc/self/clear_refs', '5');

/**
 * V8 compiles the embedded database a second time, faster, once its functions have run for a while; that takes some 400 MB for
 * some seconds and belongs to the database, not to an import. Waits until five readings in a row are alike.
 */
async function settled(): Promise<number> {
	const readings: number[] = [];
	for (let second = 0; second < 120; second++) {
		await wait(1000);
		readings.push(status('VmRSS'));
		const last = readings.slice(-5);
		if (last.length === 5 && Math.max(...last) - Math.min(...last) < 10) break;
	}
	return status('VmRSS');
}

const imports = JSON.parse(process.argv[2] ?? '[]') as string[][];

const config = readConfig();
const database = await openDatabase(config);
const open = async () => ({ transact: database.transact, secret: config.secret });
for (const words of JSON.parse(process.argv[3] ?? '[]') as string[][]) {
	await importCommand(words, { cwd: process.cwd(), today: '2026-11-24', open });
}
const idle = await settled();
const highest = [peak()];
forget();
const runs = [];
for (const words of imports) {
	const started = Date.now();
	const done = await importCommand(words, { cwd: process.cwd(), today: '2026-11-24', open });
	const { rows, created } = JSON.parse(done.stdout) as { rows: object; created: object };
	highest.push(peak());
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
process.stdout.write(JSON.stringify({ idle, highest: Math.max(...highest), runs }) + '\n');
