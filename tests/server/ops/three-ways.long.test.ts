import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { freshPostgres, TEST_SECRET } from '../../support/database.ts';
import { oneChild } from '../../support/family.ts';
import { startPostgres } from '../../support/postgres.ts';
import { TWO_LETTERS, writeLetters } from '../../support/write-letters.ts';

test('with DATABASE_URL a command connects directly and says the same', async () => {
	const out = mkdtempSync(join(tmpdir(), 'al-ways-'));
	const postgres = await startPostgres();
	const made = await freshPostgres(postgres.url);
	const env = { DATABASE_URL: made.url, SERVER_SECRET: TEST_SECRET };
	const database = await openDatabase(readConfig(env));
	await oneChild(database, 'W1');
	await database.close();
	expect(await writeLetters(env, join(out, 'letters'))).toEqual(TWO_LETTERS);
	await made.drop();
	await postgres.stop();
	rmSync(out, { recursive: true });
});
