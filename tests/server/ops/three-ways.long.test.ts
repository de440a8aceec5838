import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#server/db/open-database.ts';
import { readConfig } from '#server/config.ts';
import { freshPostgres, TEST_SECRET, testFolder } from '../../support/database.ts';
import { oneChild, COUNCIL } from '../../support/family.ts';
import { startPostgres } from '../../support/postgres.ts';
import { TWO_LETTERS, writeLetters } from '../../support/write-letters.ts';
import { run } from '../../support/processes.ts';

const out = mkdtempSync(join(tmpdir(), 'al-ways-'));
const command = join(import.meta.dirname, '../../../scripts/letters.ts');
const server = join(import.meta.dirname, '../../support/folder-server.ts');
const folders = [out];
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

test(
	'the folder is free, or a server holds it: the same report and exit code',
	{ timeout: 180_000 },
	async () => {
		for (const held of [false, true]) {
			const dir = await testFolder();
			folders.push(dir);
			const env = { DATA_DIR: dir, SERVER_SECRET: TEST_SECRET };
			const database = await openDatabase(readConfig(env));
			await oneChild(database, 'W1');
			await database.close();
			const holder = held ? run(server, [], env) : null;
			await holder?.line(/^taking jobs$/);
			expect(await writeLetters(env, join(out, `held-${held}`))).toEqual(TWO_LETTERS);
			const again = await run(command, ['--council', COUNCIL, '--out', join(out, `again-${held}`)], env)
				.finished;
			expect([again.code, again.err]).toEqual([1, expect.stringContaining('has an account or a letter')]);
			holder?.child.kill('SIGTERM');
			if (holder) expect((await holder.finished).code).toBe(0);
		}
	}
);

test('with DATABASE_URL a command connects directly and says the same', async () => {
	const postgres = await startPostgres();
	const made = await freshPostgres(postgres.url);
	const env = { DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET };
	const database = await openDatabase(readConfig(env));
	await oneChild(database, 'W1');
	await database.close();
	expect(await writeLetters(env, join(out, 'postgres'))).toEqual(TWO_LETTERS);
	await made.drop();
	await postgres.stop();
});
