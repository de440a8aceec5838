import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { keyedHash } from '../access/keyed-hash.ts';
import { flush } from '../db/durable-fs.ts';
import { MIGRATIONS } from '../db/migrations/all.ts';
import type { Database } from '../db/open-database.ts';
import type { Tx } from '../db/transaction.ts';
import { readInstance } from '../instance.ts';
import { OperatorProblem } from '../operator-problem.ts';
import { addFiles } from './kept-files.ts';
import { BACKUP_FORMAT, type Manifest } from './manifest.ts';
import { BACKUP_TABLES, type TableName } from './scoped-tables.ts';
import { TableFile } from './table-file.ts';

/** About 200 rows a transaction: a case has some ten. */
const SCOPES_AT_ONCE = 15;
const ROWS_AT_ONCE = 200;

export class ExportRefused extends OperatorProblem {}
/** Only so that a stop does not wait for a long export; what was written is thrown away. */
export class ExportStopped extends Error {}
type Files = Map<TableName, TableFile>;
export type ExportWish = { folder: string; secret: string; blobDir: string; stopped?: () => boolean };

/**
 * Writes a logical backup into a new folder: JSON lines per table and a manifest with checksums, on the disk before the
 * folder gets its name. Short transactions, so that families go on reading; each scope is whole. Throws ExportRefused.
 */
export async function exportDatabase(
	database: Database,
	{ folder, secret, blobDir, stopped = () => false }: ExportWish
): Promise<Manifest> {
	if (existsSync(folder)) throw new ExportRefused(`${folder} is there already. Name a folder that is not.`);
	const draft = `${folder}.${process.pid}.part`;
	await mkdir(draft, { recursive: true, mode: 0o700 });
	const files: Files = new Map();
	try {
		for (const { name } of BACKUP_TABLES)
			files.set(name, await TableFile.create(join(draft, `${name}.jsonl`)));
		const step = () => {
			if (stopped()) throw new ExportStopped();
		};
		const page = async (work: (tx: Tx) => Promise<boolean>) => {
			while (await database.transact(work, { isolation: 'repeatable read', readOnly: true })) step();
		};
		await page(scopesInto(files));
		for (const table of BACKUP_TABLES) if (!table.scope) await page(tableInto(files, table));
		const manifest = await describe(database, { files, secret });
		const { lost } = await addFiles(draft, { blobDir, step });
		if (lost > 0) console.error(`backup: ${lost} files that families sent are not in BLOB_DIR any more`);
		await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, '\t')}\n`, {
			mode: 0o600,
			flush: true
		});
		flush(draft);
		await rename(draft, folder);
		flush(dirname(folder));
		return manifest;
	} catch (problem) {
		for (const file of files.values()) await file.close();
		await rm(draft, { recursive: true, force: true });
		throw problem;
	}
}

/** Each call writes the next scopes with everything tied to them; false when there are no more. */
function scopesInto(files: Files): (tx: Tx) => Promise<boolean> {
	let after = '';
	return async (tx) => {
		const found = await tx
			.selectFrom('scope')
			.select('id')
			.where('id', '>', after)
			.orderBy('id')
			.limit(SCOPES_AT_ONCE)
			.execute();
		const ids = found.map((row) => row.id);
		if (ids.length === 0) return false;
		for (const { name, scope } of BACKUP_TABLES) {
			if (!scope) continue;
			const { rows } =
				await sql`select * from ${sql.table(name)} where ${sql.ref(scope)} in (${sql.join(ids)})`.execute(tx);
			await files.get(name)!.add(rows);
		}
		after = ids[ids.length - 1]!;
		return true;
	};
}

function tableInto(
	files: Files,
	{ name, key, only = 'true' }: { name: TableName; key: readonly string[]; only?: string }
): (tx: Tx) => Promise<boolean> {
	let after: unknown[] | null = null;
	const columns = sql.join(key.map((column) => sql.ref(column)));
	return async (tx) => {
		const from = after ? sql`and (${columns}) > (${sql.join(after)})` : sql``;
		const { rows } = await sql<
			Record<string, unknown>
		>`select * from ${sql.table(name)} where ${sql.raw(only)} ${from} order by ${columns} limit ${sql.lit(ROWS_AT_ONCE)}`.execute(
			tx
		);
		await files.get(name)!.add(rows);
		const last = rows[rows.length - 1];
		if (!last || rows.length < ROWS_AT_ONCE) return false;
		after = key.map((column) => last[column]);
		return true;
	};
}

async function describe(
	database: Database,
	{ files, secret }: { files: Files; secret: string }
): Promise<Manifest> {
	const { epoch } = await database.transact((tx) => readInstance(tx), { readOnly: true });
	const tables = [];
	for (const [name, file] of files) tables.push({ name, ...(await file.finish()) });
	return {
		format: BACKUP_FORMAT,
		exportedAt: new Date().toISOString(),
		epoch,
		engine: database.engine,
		migrations: MIGRATIONS.map((migration) => migration.name),
		secretMark: secretMark(secret),
		tables
	};
}

export const secretMark = (secret: string) => keyedHash(secret, 'backup-mark', '').slice(0, 12);
