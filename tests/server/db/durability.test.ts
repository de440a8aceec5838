import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '#server/config.ts';
import { DurableFS } from '#server/db/durable-fs.ts';
import { openEmbedded, PGLITE_VERSION } from '#server/db/embedded.ts';
import { holdFolder } from '#server/db/folder-lock.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { PGliteDialect } from '#server/db/pglite-dialect.ts';
import type { Tables } from '#server/db/tables.ts';
import { testFolder } from '../../support/database.ts';
import { killWriters } from '../../support/kill-writers.ts';
import { run } from '../../support/processes.ts';

const writer = join(import.meta.dirname, '../../support/writer-process.ts');
const folders: string[] = [];
const folder = () => {
	folders.push(mkdtempSync(join(tmpdir(), 'al-')));
	return folders[folders.length - 1]!;
};
/** One that holds an empty database already. */
const made = async () => {
	folders.push(await testFolder());
	return folders[folders.length - 1]!;
};
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));
/** A start of the server each: `kills.long.test.ts` has 200 on each engine. */
const KILLS = Number(process.env.KILLS ?? 3);

test('the pinned version is the one this code was written for', () => {
	const pinned = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
	expect(pinned.dependencies['@electric-sql/pglite']).toBe(PGLITE_VERSION);
});

test('every commit is written through', async () => {
	const { pglite, files } = await openEmbedded(await made());
	const db = new Kysely<Tables>({ dialect: new PGliteDialect(pglite) });
	await migrate(db);
	const before = files!.flushed;
	for (let n = 0; n < 50; n++)
		await db
			.insertInto('scope')
			.values({ id: `ref:A:s${n}` })
			.execute();
	expect(files!.flushed - before).toBeGreaterThanOrEqual(50);
	await db.destroy();
});

test('a commit whose flush fails is not acknowledged', async () => {
	const { pglite } = await openEmbedded(await made());
	await pglite.exec('create table kept (n int)');
	type Stream = { nfd: number; path?: string };
	const operations = (
		pglite as unknown as { Module: { NODEFS: { stream_ops: { fsync(stream: Stream): number } } } }
	).Module.NODEFS.stream_ops;
	const real = operations.fsync;
	// A handle that no file has: the disk's own answer is an error.
	operations.fsync = (stream) => real({ ...stream, nfd: 1_000_000 });
	await expect(pglite.query('insert into kept values (1)')).rejects.toThrow();
});

test.each(['EIO', 'ENOSPC'])('a commit whose flush answers %s is refused', async (code) => {
	const { pglite } = await openEmbedded(await made());
	await pglite.exec('create table kept (n int)');
	const real = fs.fsyncSync;
	onTestFinished(() => {
		fs.fsyncSync = real;
		syncBuiltinESMExports();
	});
	let refused = 0;
	// Beneath our own code, as a disk that fails or is full does.
	fs.fsyncSync = () => {
		refused++;
		throw Object.assign(new Error(code), { code });
	};
	syncBuiltinESMExports();
	await expect(pglite.query('insert into kept values (1)')).rejects.toThrow();
	expect(refused).toBeGreaterThan(0);
});

test('without fsync the start is refused, unless the operator allows it', async () => {
	const dir = await made();
	const config = readConfig({ DATA_DIR: dir });
	const init = vi.spyOn(DurableFS.prototype, 'init').mockImplementation(function (this: DurableFS, ...words) {
		return Object.getPrototypeOf(DurableFS.prototype).init.apply(this, words);
	});
	await expect(openDatabase(config)).rejects.toThrow('no fsync was seen');
	const allowed = await openDatabase({ ...config, allowVolatile: true });
	expect(allowed.durability).toBe('volatile');
	await allowed.close();
	init.mockRestore();
});

test('a folder of another PGlite is not opened, and the words say how to go on', async () => {
	const dir = await made();
	writeFileSync(join(dir, 'engine'), '0.4.6');
	await expect(openDatabase(readConfig({ DATA_DIR: dir }))).rejects.toThrow(/0\.4\.6.*db -- export/s);
});

test('a second process is refused by name; kill -9 frees the folder at once', async () => {
	const dir = await made();
	const first = run(writer, [], { DATA_DIR: dir });
	await first.line(/^ack 5$/);
	const second = await run(writer, [], { DATA_DIR: dir }).finished;
	expect([second.code, second.err]).toEqual([1, expect.stringContaining(`process ${first.child.pid}`)]);
	first.child.kill('SIGKILL');
	await first.finished;
	const third = run(writer, ['10000'], { DATA_DIR: dir });
	await third.line(/^ack 10005$/);
	third.child.kill('SIGKILL');
	await third.finished;
});

test('two that start at the same moment on a dead socket: one holds the folder', async () => {
	const dir = folder();
	const dead = await holdFolder(dir);
	// A socket file that nobody answers on, as a killed process leaves it.
	const path = join(dir, 'lock');
	await dead.release();
	writeFileSync(path, '');
	const held = await Promise.allSettled([holdFolder(dir), holdFolder(dir), holdFolder(dir)]);
	const winners = held.filter((one) => one.status === 'fulfilled');
	expect(winners).toHaveLength(1);
	for (const one of winners) await one.value.release();
});

test('a path too long for a socket is refused with the reason', async () => {
	await expect(holdFolder(join(folder(), 'x'.repeat(120)))).rejects.toThrow('too long for a socket');
});

test(
	`${KILLS} kills in the middle of writing lose nothing that was acknowledged`,
	{ timeout: 80_000 + KILLS * 20_000 },
	async () => {
		const { acked, pushed, ...faults } = await killWriters({ env: { DATA_DIR: await made() } }, KILLS);
		expect(faults).toEqual({ lost: [], doubled: [], otherwise: [] });
		// At least so many before each kill.
		expect(acked).toBeGreaterThanOrEqual(KILLS * 11);
		expect(pushed).toBeGreaterThanOrEqual(KILLS * 3);
	}
);
