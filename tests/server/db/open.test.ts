import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/db/open-database.ts';

const dir = mkdtempSync(join(tmpdir(), 'al-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a new folder is opened durably, a second open is refused naming the process, and a reopen is not new', async () => {
	const config = readConfig({ DATA_DIR: dir });
	const first = await openDatabase(config);
	expect(first).toMatchObject({ engine: 'pglite', durability: 'fsync', fresh: true });
	await expect(openDatabase(config)).rejects.toThrow(`process ${process.pid}`);
	const before = await first.db.selectFrom('instance').selectAll().executeTakeFirstOrThrow();
	await first.close();
	const again = await openDatabase(config);
	expect(again.fresh).toBe(false);
	expect((await again.db.selectFrom('instance').select('epoch').executeTakeFirstOrThrow()).epoch).toBe(
		before.epoch
	);
	await again.close();
});
