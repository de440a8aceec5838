import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { MIGRATIONS } from '../db/migrations/all.ts';
import type { Database } from '../db/open-database.ts';
import type { Tx } from '../db/transaction.ts';
import { mintEpoch } from '../instance.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { secretMark } from './export-database.ts';
import { checkFiles, restoreFiles } from './kept-files.ts';
import { manifestShape, type Manifest } from './manifest.ts';
import { BACKUP_TABLES, type TableName } from './scoped-tables.ts';

const ROWS_AT_ONCE = 200;

/** The folder cannot be restored into this database. */
export class RestoreRefused extends OperatorProblem {}

/**
 * Restores a backup into an empty database and starts a new epoch, so that every phone reads from the beginning and offers
 * again what it had sent since. Everything is checked before the first row is written; a database whose restore was cut
 * off is not served. Throws RestoreRefused.
 */
export async function importDatabase(
	database: Database,
	{ folder, secret, blobDir }: { folder: string; secret: string; blobDir: string }
): Promise<{ rows: number; files: number; lost: number; epoch: string; sameSecret: boolean }> {
	const manifest = readManifest(folder);
	for (const table of manifest.tables) await checkTable(folder, table);
	const { changed, lost } = await checkFiles(folder);
	if (changed) throw new RestoreRefused(`${changed} is not what was written: its checksum differs.`);
	await database.transact(async (tx) => {
		if (!(await isEmpty(tx)))
			throw new RestoreRefused(
				'This database is not empty. Restore into a new DATA_DIR or a new PostgreSQL database.'
			);
		await tx.updateTable('instance').set({ restoring_at: new Date() }).execute();
	});
	const files = await restoreFiles(folder, blobDir);
	let rows = 0;
	for (const { name } of BACKUP_TABLES) {
		for await (const batch of batches(join(folder, `${name}.jsonl`))) {
			await database.transact((tx) => insert(tx, name, batch));
			rows += batch.length;
		}
	}
	const epoch = await database.transact(async (tx) => {
		// Rules that the files cannot break, but a hand that mended them could.
		await sql`update scope set ver = greatest(ver, (select coalesce(max(r.ver), 0) from scope_row r where r.scope_id = scope.id))`.execute(
			tx
		);
		await sql`update instance set restoring_at = null, real_import_at = (select min(started_at) from import_run where not demo)`.execute(
			tx
		);
		return mintEpoch(tx);
	});
	return { rows, files, lost, epoch, sameSecret: manifest.secretMark === secretMark(secret) };
}

function readManifest(folder: string): Manifest {
	const path = join(folder, 'manifest.json');
	if (!existsSync(path))
		throw new RestoreRefused(`${folder} holds no manifest.json, so it is no finished backup.`);
	const read = manifestShape.safeParse(parse(readFileSync(path, 'utf8')));
	if (!read.success) throw new RestoreRefused(`${path} cannot be read by this version.`);
	const ours = MIGRATIONS.map((migration) => migration.name).join(', ');
	if (read.data.migrations.join(', ') !== ours) {
		throw new RestoreRefused(
			`The backup has the shape "${read.data.migrations.join(', ')}", this version "${ours}". Restore with the version that made it, then start the newer one.`
		);
	}
	const missing = BACKUP_TABLES.filter(({ name }) => !read.data.tables.some((table) => table.name === name));
	if (missing.length > 0)
		throw new RestoreRefused(`The backup lacks ${missing.map((table) => table.name).join(', ')}.`);
	return read.data;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

async function checkTable(folder: string, table: Manifest['tables'][number]): Promise<void> {
	const path = join(folder, `${table.name}.jsonl`);
	if (!existsSync(path)) throw new RestoreRefused(`${path} is missing.`);
	const hash = createHash('sha256');
	for await (const part of createReadStream(path)) hash.update(part as Buffer);
	if (hash.digest('hex') !== table.sha256)
		throw new RestoreRefused(`${path} is not what was written: its checksum differs.`);
}

async function isEmpty(tx: Tx): Promise<boolean> {
	for (const { name } of BACKUP_TABLES) {
		const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
		if (rows.length > 0) return false;
	}
	return true;
}

async function* batches(path: string): AsyncGenerator<Record<string, unknown>[]> {
	let batch: Record<string, unknown>[] = [];
	for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
		if (line === '') continue;
		batch.push(JSON.parse(line) as Record<string, unknown>);
		if (batch.length < ROWS_AT_ONCE) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

async function insert(tx: Tx, name: TableName, rows: Record<string, unknown>[]): Promise<void> {
	// Every object in our tables is JSON; instants were written as ISO text, which both engines read.
	const values = rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).map(([column, value]) => [
				column,
				value !== null && typeof value === 'object' ? JSON.stringify(value) : value
			])
		)
	);
	await tx
		.insertInto(name)
		.values(values as never)
		.execute();
}
