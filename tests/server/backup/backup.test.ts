import { createHash, randomBytes } from 'node:crypto';
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSession } from '#server/access/session.ts';
import { UNHEARD } from '#server/instance.ts';
import { exportDatabase } from '#server/backup/export-database.ts';
import { exportNow } from '#server/backup/hourly-export.ts';
import { importDatabase } from '#server/backup/import-database.ts';
import { BACKUP_TABLES } from '#server/backup/scoped-tables.ts';
import { putInPlace } from '#server/blobs/disk.ts';
import { keptPath } from '#server/blobs/ways.ts';
import { addCaseEvents } from '#server/cases/case-events.ts';
import { assignOfficer, putOfficer } from '#server/cases/officers.ts';
import { rowsOf, writeScope } from '#server/cases/scope-writer.ts';
import { readConfig } from '#server/config.ts';
import type { Database } from '#server/db/open-database.ts';
import { TEST_SECRET, testDatabase } from '../../support/database.ts';
import { COUNCIL, letterCode, oneChild } from '../../support/family.ts';

const dir = mkdtempSync(join(tmpdir(), 'al-backup-'));
const blobDir = join(dir, 'files');
const owner = crypto.randomUUID();
const keptFiles = [randomBytes(3000), randomBytes(50)].map((sealed) => ({
	id: crypto.randomUUID(),
	sealed,
	sum: createHash('sha256').update(sealed).digest('hex')
}));
let from: Database;
let scopeId: string;

beforeAll(async () => {
	from = await testDatabase();
	({ scopeId } = await oneChild(from, 'B1'));
	await letterCode(from, scopeId);
	await from.transact(async (tx) => {
		await addCaseEvents(tx, scopeId, {
			events: [{ type: 'note', on: '2026-01-01', note: 'Ærø – “quoted”\nline' }]
		});
		await putOfficer(tx, COUNCIL, { ref: 'O1', v: { role: 'case-officer', name: 'A. Reid' } });
		await assignOfficer(tx, scopeId, { officerRef: 'O1', from: '2026-01-05' });
		await writeScope(tx, scopeId, [{ t: 'event', id: 'gone', v: { x: 1 } }]);
		await writeScope(tx, scopeId, [{ t: 'event', id: 'gone', v: null }]);
		const account = crypto.randomUUID();
		await tx.insertInto('account').values({ id: account }).execute();
		await tx
			.insertInto('relationship')
			.values({ account_id: account, case_scope: scopeId, guardian_ref: 'G1', role: 'guardian' })
			.execute();
		await startSession(tx, {
			accountId: account,
			deviceId: crypto.randomUUID(),
			deviceName: 'Phone',
			now: new Date()
		});
	});
	const row = { account_id: owner, scope_id: `case:${crypto.randomUUID()}:sent:${owner}`, bytes: 9 };
	for (const { id, sealed, sum } of keptFiles) {
		const done = { state: 'done' as const, kept_sha256: sum, kept_bytes: sealed.byteLength };
		await from.db
			.insertInto('blob')
			.values({ ...row, id, have: '1', ...done })
			.execute();
		await putInPlace(keptPath(blobDir, { accountId: owner, id }, sum), [sealed]);
	}
	await from.db
		.insertInto('blob')
		.values({ ...row, id: crypto.randomUUID(), have: '1', state: 'refused', code: 'scan' })
		.execute();
	for (let n = 0; n < 40; n++) await oneChild(from, `B-many-${n}`);
});
afterAll(async () => {
	await from.close();
	rmSync(dir, { recursive: true, force: true });
});

async function everything(database: Database): Promise<Record<string, unknown[]>> {
	const all: Record<string, unknown[]> = {};
	for (const { name, key } of BACKUP_TABLES) {
		const order = sql.join(key.map((column) => sql.ref(column)));
		all[name] = (await sql`select * from ${sql.table(name)} order by ${order}`.execute(database.db)).rows;
	}
	return all;
}

test('every table of the database is in the backup or named as left out', async () => {
	const { rows } = await sql<{
		name: string;
	}>`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(
		from.db
	);
	const known = [
		...BACKUP_TABLES.map((table) => table.name),
		'instance',
		'door_try',
		'challenge',
		'mail_code',
		'sign_in_flow',
		'staff_session',
		'migration'
	].sort();
	expect(rows.map((row) => row.name)).toEqual(known);
});

test('a restore brings back every row and starts a new life', async () => {
	const folder = join(dir, 'whole');
	const manifest = await exportDatabase(from, { folder, blobDir, secret: TEST_SECRET });
	expect(statSync(folder).mode & 0o077).toBe(0);
	const to = await testDatabase();
	const restored = await importDatabase(to, { folder, blobDir, secret: TEST_SECRET });
	expect(restored.sameSecret).toBe(true);
	const before = await everything(from);
	// The old life may have handed out more versions after the copy was made: the new one begins far above them.
	before.scope = (before.scope as { ver: number }[]).map((scope) => ({ ...scope, ver: scope.ver + UNHEARD }));
	expect(await everything(to)).toEqual(before);
	const { epoch } = await to.db.selectFrom('instance').select('epoch').executeTakeFirstOrThrow();
	expect([epoch === restored.epoch, epoch === manifest.epoch]).toEqual([true, false]);
	expect(await to.transact((tx) => rowsOf(tx, scopeId, 'person'))).toHaveLength(1);
	await expect(importDatabase(to, { folder, blobDir, secret: TEST_SECRET })).rejects.toThrow('not empty');
	await to.close();
});

test('a backup that was changed, cut or is unfinished is refused before the first row', async () => {
	const folder = join(dir, 'changed');
	await exportDatabase(from, { folder, blobDir, secret: TEST_SECRET });
	const to = await testDatabase();
	const rows = join(folder, 'scope_row.jsonl');
	const whole = readFileSync(rows);
	appendFileSync(rows, '{}\n');
	await expect(importDatabase(to, { folder, blobDir, secret: TEST_SECRET })).rejects.toThrow(
		'checksum differs'
	);
	writeFileSync(rows, whole.subarray(0, whole.length - 10));
	await expect(importDatabase(to, { folder, blobDir, secret: TEST_SECRET })).rejects.toThrow(
		'checksum differs'
	);
	rmSync(join(folder, 'manifest.json'));
	await expect(importDatabase(to, { folder, blobDir, secret: TEST_SECRET })).rejects.toThrow(
		'no finished backup'
	);
	expect(await to.db.selectFrom('scope').selectAll().execute()).toEqual([]);
	await to.close();
});

test('a stopped export leaves nothing behind, and a folder that is there is not written into', async () => {
	const folder = join(dir, 'stopped');
	await expect(
		exportDatabase(from, { folder, blobDir, secret: TEST_SECRET, stopped: () => true })
	).rejects.toThrow();
	expect(existsSync(folder)).toBe(false);
	await expect(exportDatabase(from, { folder: dir, blobDir, secret: TEST_SECRET })).rejects.toThrow(
		'there already'
	);
});

test('a writer in the middle of an export never has half of its case in it', async () => {
	let running = true;
	const writing = (async () => {
		for (let n = 0; running; n++) {
			await from.transact((tx) =>
				writeScope(
					tx,
					scopeId,
					['a', 'b', 'c'].map((id) => ({ t: 'event', id, v: { n } }))
				)
			);
		}
	})();
	const folder = join(dir, 'busy');
	await exportDatabase(from, { folder, blobDir, secret: TEST_SECRET });
	running = false;
	await writing;
	const lines = readFileSync(join(folder, 'scope_row.jsonl'), 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { id: string; scope_id: string; ver: number; v: { n: number } });
	const mine = lines.filter((row) => row.scope_id === scopeId && ['a', 'b', 'c'].includes(row.id));
	expect(new Set(mine.map((row) => row.v.n)).size).toBeLessThanOrEqual(1);
});

test('fourteen hourly backups are kept', async () => {
	const config = readConfig({ DATA_DIR: dir, SERVER_SECRET: TEST_SECRET });
	const { mkdirSync } = await import('node:fs');
	for (let day = 1; day <= 20; day++)
		mkdirSync(join(dir, 'exports', `2026-01-${String(day).padStart(2, '0')}T00-00-00`), { recursive: true });
	mkdirSync(join(dir, 'exports', 'kept-by-hand'));
	await exportNow(from, { config });
	const names = readdirSync(join(dir, 'exports'));
	expect([
		names.length,
		names.includes('kept-by-hand'),
		names.includes('2026-01-07T00-00-00'),
		names.includes('2026-01-08T00-00-00')
	]).toEqual([15, true, false, true]);
});

const fileIn = (root: string, { id, sum }: (typeof keptFiles)[number]) =>
	keptPath(root, { accountId: owner, id }, sum);

test('files that families sent are in a backup, sealed as they are, without taking room twice, and in its restore', async () => {
	const folder = join(dir, 'files-whole');
	await from.db
		.insertInto('blob')
		.values({
			account_id: owner,
			id: crypto.randomUUID(),
			scope_id: `case:${crypto.randomUUID()}:sent:${owner}`,
			bytes: 9,
			have: '0',
			state: 'uploading'
		})
		.execute();
	await exportDatabase(from, { folder, blobDir, secret: TEST_SECRET });
	for (const file of keptFiles)
		expect(statSync(fileIn(join(folder, 'blobs'), file)).ino).toBe(statSync(fileIn(blobDir, file)).ino);
	const to = await testDatabase();
	const restored = join(dir, 'restored');
	const said = await importDatabase(to, { folder, blobDir: restored, secret: TEST_SECRET });
	expect([said.files, said.lost]).toEqual([2, 0]);
	for (const file of keptFiles) expect(readFileSync(fileIn(restored, file)).equals(file.sealed)).toBe(true);
	const rows = await to.db.selectFrom('blob').select('state').orderBy('state').execute();
	expect(rows.map((row) => row.state)).toEqual(['done', 'done', 'refused']);
	await to.close();
});

test('a backup with a changed file is refused before the first row; one that lacks a file is restored, and says so', async () => {
	const folder = join(dir, 'files-changed');
	await exportDatabase(from, { folder, blobDir, secret: TEST_SECRET });
	const [first, second] = keptFiles as [(typeof keptFiles)[number], (typeof keptFiles)[number]];
	// A copy of its own, as one on another disk is: the two names of one file would change together.
	const copy = fileIn(join(folder, 'blobs'), first);
	rmSync(copy);
	writeFileSync(copy, Buffer.concat([first.sealed, Buffer.from('x')]));
	const to = await testDatabase();
	const restored = join(dir, 'restored-changed');
	const restore = () => importDatabase(to, { folder, blobDir: restored, secret: TEST_SECRET });
	await expect(restore()).rejects.toThrow('checksum differs');
	expect([await to.db.selectFrom('scope').selectAll().execute(), existsSync(restored)]).toEqual([[], false]);
	rmSync(copy);
	expect(await restore()).toMatchObject({ files: 1, lost: 1 });
	expect(readdirSync(restored, { recursive: true })).toHaveLength(2);
	expect(readFileSync(fileIn(restored, second)).equals(second.sealed)).toBe(true);
	await to.close();
});

test('a file that the disk has lost keeps no backup from being made', async () => {
	const folder = join(dir, 'files-lost');
	await exportDatabase(from, { folder, blobDir: join(dir, 'nowhere'), secret: TEST_SECRET });
	expect(existsSync(join(folder, 'manifest.json'))).toBe(true);
});
