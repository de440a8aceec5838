import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faultLine } from '../fault-line.ts';
import type { BlobRow } from './blob-rows.ts';
import { complete, type Place } from './complete.ts';
import { ASIDE, disk } from './disk.ts';
import { inTurn } from './few-at-once.ts';
import { namedIn } from './named.ts';
import { isId } from './own-blob.ts';
import { chunksFolder, folderOf, keptName, scanningFolder } from './ways.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A phone that has no room or no connection for a month begins anew. */
export const PARTIAL_MS = 30 * DAY_MS;
const AT_ONCE = 100;

/** One round: completes what waits only for us, forgets uploads that nobody goes on with, removes what a crash left behind. */
export async function tidyBlobs(server: Place, now = new Date()): Promise<void> {
	for (const row of await waiting(server))
		await inTurn(() => complete(server, whoseOf(row), { actor: 'system' })).catch((problem: unknown) =>
			console.error('blobs: a file could not be completed:', faultLine(problem))
		);
	await forgetPartial(server, now);
	await sweep(server, now);
}

const whoseOf = (row: BlobRow) => ({ accountId: row.account_id, id: row.id });

/** The phone that sent the words last of all may never have asked again; the one before which the scanner failed neither. */
const waiting = ({ database }: Place): Promise<BlobRow[]> =>
	database.transact(
		(tx) =>
			tx
				.selectFrom('blob')
				.selectAll()
				.where('state', '=', 'words')
				.orderBy('changed_at', 'desc')
				.limit(AT_ONCE)
				.execute(),
		{ readOnly: true, job: true }
	);

async function forgetPartial({ database, config }: Place, now: Date): Promise<void> {
	const before = new Date(now.getTime() - PARTIAL_MS);
	const gone = await database.transact(
		async (tx) => {
			const old = await tx
				.selectFrom('blob')
				.selectAll()
				.where('state', 'in', ['uploading', 'words'])
				.where('changed_at', '<', before)
				.orderBy('changed_at')
				.limit(AT_ONCE)
				.forUpdate()
				.skipLocked()
				.execute();
			const dropped: BlobRow[] = [];
			for (const row of old) {
				// All of it is here, and only our scanner has not said yes for a month: that is no reason to lose it.
				if (row.state === 'words' && (await namedIn(tx, row.scope_id, row.id)).length > 0) continue;
				await tx
					.deleteFrom('blob')
					.where('account_id', '=', row.account_id)
					.where('id', '=', row.id)
					.execute();
				dropped.push(row);
			}
			return dropped;
		},
		{ job: true }
	);
	for (const row of gone)
		await disk.rm(chunksFolder(config.blobDir, whoseOf(row)), { recursive: true, force: true });
}

/**
 * Removes what a crash left: unfinished writes, chunks of what was settled, kept files that no row names. A kept file without any row stays: the
 * folder may stand beside a database that was restored, or that is the wrong one.
 */
async function sweep({ database, config: { blobDir } }: Place, now: Date): Promise<void> {
	await removeOld(scanningFolder(blobDir), { before: now.getTime() - HOUR_MS, unless: () => false });
	for (const accountId of (await namesIn(blobDir)).filter((name) => isId(name))) {
		const folder = folderOf(blobDir, accountId);
		const names = await namesIn(folder);
		if (names.length === 0) continue;
		const mine = await database.transact(
			(tx) => tx.selectFrom('blob').selectAll().where('account_id', '=', accountId).execute(),
			{ readOnly: true, job: true }
		);
		const rows = new Map(mine.map((row) => [row.id, row]));
		const before = now.getTime() - DAY_MS;
		await removeOld(folder, { before, unless: (name) => stays(name, rows.get(name.slice(0, 36))) });
		for (const name of names.filter((one) => one.endsWith('.chunks')))
			await removeOld(join(folder, name), { before, unless: (one) => !one.endsWith(ASIDE) });
	}
}

function stays(name: string, row: BlobRow | undefined): boolean {
	if (name.endsWith(ASIDE)) return false;
	if (name.endsWith('.chunks')) return row?.state === 'uploading' || row?.state === 'words';
	if (!name.endsWith('.sealed') || !row) return true;
	return row.kept_sha256 !== null && name === keptName(row.id, row.kept_sha256);
}

async function removeOld(
	folder: string,
	{ before, unless }: { before: number; unless: (name: string) => boolean }
): Promise<void> {
	for (const name of await namesIn(folder)) {
		if (unless(name)) continue;
		const path = join(folder, name);
		const made = await stat(path).then(
			(about) => about.mtimeMs,
			() => Infinity
		);
		if (made < before) await disk.rm(path, { recursive: true, force: true });
	}
}

/** Nothing where there is no such folder: no file has come yet. */
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
