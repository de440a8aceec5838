/** npm run letters -- --council CODE [--case REF [--guardian REF]] --out FOLDER (docs/operating.md). */
import { runWithDatabase } from '#server/ops/with-database.ts';

process.exitCode = await runWithDatabase('letters', process.argv.slice(2));
