import { Dexie } from 'dexie';
import type { ProfileDb } from '../db.ts';
import type { UploadV3 } from '../schema/v003.ts';

/** Whoever decides in a transaction which bytes may go needs these tables in it. */
export const filesTables = ({ rows, damaged, uploads, chunks }: ProfileDb) => [
	rows,
	damaged,
	uploads,
	chunks
];

export const chunksIn = (db: Pick<ProfileDb, 'chunks'>, id: string) =>
	db.chunks.where('[file+at]').between([id, Dexie.minKey], [id, Dexie.maxKey]);

type Place = [scope: string, t: string, id: string];
const isFile = ([, t]: readonly unknown[]) => t === 'file';

/** Rows of these files, in whatever scope they are. Reads keys only: no row needs to be opened. */
export async function rowsOfFiles(db: ProfileDb, ids: readonly string[]): Promise<Place[]> {
	const keys = (await db.rows.toCollection().primaryKeys()) as Place[];
	return keys.filter((key) => isFile(key) && ids.includes(key[2]));
}

/**
 * Inside a transaction: the bytes of files that nothing on this phone names any more are deleted. A row set aside as damaged still counts:
 * only a person empties that tray.
 */
export async function dropUnnamed(db: ProfileDb, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const rows = await rowsOfFiles(db, ids);
	const aside = ((await db.damaged.toCollection().primaryKeys()) as unknown[][]).filter(isFile);
	for (const id of ids) {
		const named = [...rows, ...aside].some((key) => key[2] === id);
		if (!named && !needsBytes(await db.uploads.get(id))) await chunksIn(db, id).delete();
	}
}

const needsBytes = (upload: UploadV3 | undefined) => upload !== undefined && upload.state !== 'kept';
