// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookAtBackup, restoreBackup } from '#store/backup.ts';
import type { FrozenBackup } from '../../support/freeze-backup.ts';
import { phone } from '../store/phone.ts';

/** A backup file that lay in a drawer is opened by today's app, for ever (tests/fixtures/wire/README.md). */
const WIRE = join(import.meta.dirname, '../../fixtures/wire');
const versions = readdirSync(WIRE).filter((name) => /^v\d+$/.test(name));

it.each(versions)('a backup of wire %s opens, every row of it', { timeout: 60_000 }, async (version) => {
	const kept = JSON.parse(readFileSync(join(WIRE, version, 'backup.json'), 'utf8')) as FrozenBackup;
	expect(lookAtBackup(kept.file)).toMatchObject({ ok: true, by: 'passphrase' });
	const device = phone();
	const store = await device.open();
	const outcome = await restoreBackup(store, kept.file, kept.passphrase);
	expect(outcome).toEqual({ ok: true, added: kept.rows.length, renewed: 0, kept: 0 });
	const copy = JSON.parse(await store.exportAll()) as { rows: FrozenBackup['rows'] };
	const there = copy.rows.map(({ t, id, v }) => ({ t, id, v }));
	for (const row of kept.rows) expect(there).toContainEqual(row);
	device.close();
});
