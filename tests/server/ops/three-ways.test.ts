import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '#server/db/open-database.ts';
import { readConfig } from '#server/config.ts';
import { freshPostgres, TEST_SECRET, testFolder } from '../../support/database.ts';
import { oneChild, COUNCIL } from '../../support/family.ts';
import { startPostgres } from '../../support/postgres.ts';
import { run } from '../../support/processes.ts';

const out = mkdtempSync(join(tmpdir(), 'al-ways-'));
const command = join(import.meta.dirname, '../../../scripts/letters.ts');
const server = join(import.meta.dirname, '../../support/folder-server.ts');
const folders = [out];
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

/** Two letters for one child, and the same words and exit code whichever way the database is reached. */
async function write(env: Record<string, string>, name: string) {
	const folder = join(out, name);
	const done = await run(command, ['--council', COUNCIL, '--out', folder], { SERVER_SECRET: TEST_SECRET, ...env }).finished;
	return { code: done.code, out: done.out.replace(folder, 'FOLDER'), err: done.err, files: readdirSync(folder).length };
}
const expected = { code: 0, out: '2 letters in FOLDER\n', err: expect.stringContaining('PUBLIC_ORIGIN is not set'), files: 3 };

test('the folder is free, or a server holds it: the same report and exit code', { timeout: 180_000 }, async () => {
	for (const held of [false, true]) {
		const dir = await testFolder();
		folders.push(dir);
		const env = { DATA_DIR: dir, SERVER_SECRET: TEST_SECRET };
		const database = await openDatabase(readConfig(env));
		await oneChild(database, 'W1');
		await database.close();
		const holder = held ? run(server, [], env) : null;
		await holder?.line(/^taking jobs$/);
		expect(await write(env, `held-${held}`)).toEqual(expected);
		const again = await run(command, ['--council', COUNCIL, '--out', join(out, `again-${held}`)], env).finished;
		expect([again.code, again.err]).toEqual([1, expect.stringContaining('has an account or a letter')]);
		holder?.child.kill('SIGTERM');
		if (holder) expect((await holder.finished).code).toBe(0);
	}
});

test('with DATABASE_URL it connects directly', { timeout: 120_000 }, async () => {
	const postgres = await startPostgres();
	const made = await freshPostgres(postgres.url);
	const env = { DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET };
	const database = await openDatabase(readConfig(env));
	await oneChild(database, 'W1');
	await database.close();
	expect(await write(env, 'postgres')).toEqual(expected);
	await made.drop();
	await postgres.stop();
});
