/** npm run db -- export FOLDER | import FOLDER | audit-head | staff-out (docs/operating.md). */
import { restoreInto } from '#server/ops/restore.ts';
import { runWithDatabase } from '#server/ops/with-database.ts';

const [verb, ...words] = process.argv.slice(2);
if (verb === 'export') process.exitCode = await runWithDatabase('db-export', words);
else if (verb === 'import') process.exitCode = await restoreInto(words);
else if (verb === 'audit-head' || verb === 'staff-out') process.exitCode = await runWithDatabase(verb, words);
else {
	console.error(
		'Usage: npm run db -- export FOLDER, npm run db -- import FOLDER (into an empty database), npm run db -- audit-head, or npm run db -- staff-out'
	);
	process.exitCode = 2;
}
