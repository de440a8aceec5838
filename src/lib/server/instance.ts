import type { Tx } from './db/transaction.ts';

/** This life of the database and what has been put into it. */
export async function readInstance(tx: Tx): Promise<{
	epoch: string;
	realImportAt: Date | null;
	demoLaidOn: string | null;
	restoringAt: Date | null;
}> {
	const row = await tx
		.selectFrom('instance')
		.select(['epoch', 'real_import_at', 'demo_laid_on', 'restoring_at'])
		.executeTakeFirstOrThrow();
	return {
		epoch: row.epoch,
		realImportAt: row.real_import_at,
		demoLaidOn: row.demo_laid_on,
		restoringAt: row.restoring_at
	};
}

/** More changes than one family's scope could see between a copy and its loss. */
export const UNHEARD = 1_000_000;

/**
 * Starts a new life: after a restore every phone reads from the beginning and offers again what it had sent. Versions that the old life
 * may have handed out after the copy was made are never handed out again: a phone that had read one would seem to know what was
 * written since, and overwrite words it never saw.
 */
export async function mintEpoch(tx: Tx): Promise<string> {
	const epoch = crypto.randomUUID();
	await tx.updateTable('instance').set({ epoch }).execute();
	await tx
		.updateTable('scope')
		.set((of) => ({ ver: of('ver', '+', UNHEARD) }))
		.execute();
	return epoch;
}

/** From now on the demo may not be laid here. */
export async function markRealImport(tx: Tx): Promise<void> {
	await tx
		.updateTable('instance')
		.set({ real_import_at: new Date() })
		.where('real_import_at', 'is', null)
		.execute();
}

/** `day` is a civil date. */
export async function markDemoLaid(tx: Tx, day: string): Promise<void> {
	await tx.updateTable('instance').set({ demo_laid_on: day }).execute();
}
