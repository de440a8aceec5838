/** npm run db -- export FOLDER | import FOLDER (docs/operating.md). */
import { restoreInto } from '#server/ops/restore.ts';
import { runWithDatabase } from '#server/ops/with-database.ts';

const [verb, ...words] = process.argv.slice(2);
if (verb === 'export') process.exitCode = await runWithDatabase('db-export', words);
else if (verb === 'import') process.exitCode = await restoreInto(words);
else {
	console.error(
		'Usage: npm run db -- export FOLDER, or npm run db -- import FOLDER (into an empty database)'
	);
	process.exitCode = 2;
}
