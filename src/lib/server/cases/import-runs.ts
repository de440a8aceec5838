import type { Tx } from '../db/transaction.ts';

export type ImportFile = { name: string; sha256: string };

/** Opens the record under which a file is written, before its first case. An interrupted one stays `running`. */
export async function startImport(
	tx: Tx,
	run: { council: string; kind: string; files: ImportFile[]; demo?: boolean }
): Promise<string> {
	const id = crypto.randomUUID();
	await tx
		.insertInto('import_run')
		.values({
			id,
			council: run.council,
			kind: run.kind,
			files: JSON.stringify(run.files),
			state: 'running',
			demo: run.demo ?? false
		})
		.execute();
	return id;
}

export async function finishImport(tx: Tx, id: string, counts: Record<string, number>): Promise<void> {
	await tx
		.updateTable('import_run')
		.set({ state: 'finished', counts: JSON.stringify(counts), finished_at: new Date() })
		.where('id', '=', id)
		.execute();
}

/** Imports that were cut off: running the same file again finishes them. */
export async function unfinishedImports(
	tx: Tx
): Promise<{ id: string; council: string; kind: string; files: ImportFile[]; startedAt: Date }[]> {
	return tx
		.selectFrom('import_run')
		.select(['id', 'council', 'kind', 'files', 'started_at as startedAt'])
		.where('state', '=', 'running')
		.orderBy('started_at')
		.execute();
}

/** Ends earlier cut-off records of the same file once a later run of it has finished. */
export async function closeUnfinished(
	tx: Tx,
	run: { council: string; kind: string; sha256: string }
): Promise<void> {
	for (const old of await unfinishedImports(tx)) {
		const same =
			old.council === run.council &&
			old.kind === run.kind &&
			old.files.some((file) => file.sha256 === run.sha256);
		if (same) await finishImport(tx, old.id, {});
	}
}
