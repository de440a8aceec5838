import { resolve } from 'node:path';
import { audit } from '../access/audit.ts';
import { exportDatabase } from '../backup/export-database.ts';
import { importDatabase } from '../backup/import-database.ts';
import { BadArguments, readArguments } from './arguments.ts';
import type { JobContext } from './jobs.ts';

/** `db export FOLDER`. */
export async function exportJob(words: string[], { database, config, io, cwd }: JobContext): Promise<number> {
	const folder = folderOf(words, cwd);
	const manifest = await exportDatabase(database, {
		folder,
		secret: config.secret,
		blobDir: config.blobDir
	});
	await database.transact((tx) => audit(tx, { actor: 'system', action: 'export' }));
	const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
	io.out(
		`Wrote ${rows} rows to ${folder}. It holds personal data: keep it as safe as the database, and keep SERVER_SECRET with it.`
	);
	return 0;
}

/** `db import FOLDER`, into an empty database; never handed to a running server. */
export async function importJob(words: string[], { database, config, io, cwd }: JobContext): Promise<number> {
	const restored = await importDatabase(database, {
		folder: folderOf(words, cwd),
		secret: config.secret,
		blobDir: config.blobDir
	});
	io.out(
		`Restored ${restored.rows} rows and ${restored.files} files. This is a new life of the database (${restored.epoch}): every phone reads it from the beginning.`
	);
	if (restored.lost > 0)
		io.err(
			`${restored.lost} files that families sent are not in this backup. Look whether its folder "blobs" was copied whole; if so, the files were lost before.`
		);
	if (!restored.sameSecret) {
		io.err(
			'SERVER_SECRET differs from the one in use when the backup was made: letters already sent and SEN2 links will not work. Put the old secret back if you have it.'
		);
	}
	return 0;
}

function folderOf(words: string[], cwd: string): string {
	const [folder, more] = readArguments(words, []).rest;
	if (!folder || more)
		throw new BadArguments('Name one folder: npm run db -- export FOLDER, or npm run db -- import FOLDER.');
	return resolve(cwd, folder);
}
