/** The part of the server that holds a data folder and takes jobs: what a command meets when the server runs. Ends on SIGTERM. */
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { takeJobs } from '#server/ops/job-socket.ts';

const config = readConfig();
const database = await openDatabase(config);
takeJobs(database.lock!, { database, config });
console.log('taking jobs');
// The socket alone keeps nothing alive once it is released.
process.once('SIGTERM', () => void database.close());
