import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_SECRET } from './database.ts';
import { COUNCIL } from './family.ts';
import { run } from './processes.ts';

const command = join(import.meta.dirname, '../../scripts/letters.ts');

/** What the command says about one child with two guardians, whichever way it reached the database. */
export const TWO_LETTERS = { code: 0, out: '2 letters in FOLDER\n', told: true, files: 3 };

export async function writeLetters(env: Record<string, string>, folder: string): Promise<typeof TWO_LETTERS> {
	const done = await run(command, ['--council', COUNCIL, '--out', folder], {
		SERVER_SECRET: TEST_SECRET,
		...env
	}).finished;
	return {
		code: done.code ?? -1,
		out: done.out.replace(folder, 'FOLDER'),
		told: done.err.includes('PUBLIC_ORIGIN is not set'),
		files: readdirSync(folder).length
	};
}
