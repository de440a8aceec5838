/** npm run db -- export FOLDER | import FOLDER | audit-head (docs/operating.md). */
import { restoreInto } from '#server/ops/restore.ts';
import { runWithDatabase } from '#server/ops/with-database.ts';

const [verb, ...words] = process.argv.slice(2);
if (verb === 'export') process.exitCode = await runWithDatabase('db-export', words);
else if (verb === 'import') process.exitCode = await restoreInto(words);
else if (verb === 'audit-head') process.exitCode = await runWithDatabase('audit-head', words);
else {
	console.error(
		'Usage: npm run db -- export FOLDER, npm run db -- import FOLDER (into an empty database), or npm run db -- audit-head'
	);
	process.exitCode = 2;
}
