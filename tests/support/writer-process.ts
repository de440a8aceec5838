/**
 * Opens the data folder as the server does and writes rows for ever, saying each one only after its commit: "ack N".
 * With PUSHES=1 phones may push to it meanwhile: "listening PORT". Killed by the tests that count what was acknowledged and lost.
 */
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { sql } from 'kysely';

const from = Number(process.argv[2] ?? 0);
const database = await openDatabase(readConfig());
console.log(`open ${database.durability}`);
if (process.env.PUSHES) {
	const [{ runtimeOn }, { listen }] = await Promise.all([
		import('./family.ts'),
		import('./sync-endpoints.ts')
	]);
	console.log(`listening ${await listen(runtimeOn(database))}`);
}
for (let n = from; ; n++) {
	await database.transact((tx) =>
		writeScope(tx, `ref:KILL:s${n % 5}`, [{ t: 'line', id: `n${n}`, v: { n, text: 'x'.repeat(n % 700) } }])
	);
	process.stdout.write(`ack ${n}\n`);
	if (n % 400 === 399) await sql`checkpoint`.execute(database.db);
}
