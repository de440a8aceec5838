import { chunksOf } from '#contract/blobs.ts';
import type { ProfileDb, SendingDb } from '../db.ts';
import { FILE_DAMAGED, type FilePush, type Upload } from '../files.ts';
import { readMeta } from '../meta.ts';
import type { Session } from '../profile-session.ts';
import { chunksIn } from './named.ts';
import { sumOf } from './seal-file.ts';

/** A database that can hold files. All but `confirmFiles` reads what is in clear: it works while the phone is locked. */
export type UploadDb = SendingDb & Pick<ProfileDb, 'chunks' | 'uploads'>;
type Answer = Parameters<FilePush['told']>[1];

/**
 * Files never go before their words have arrived: a file alone could not be opened, and words that are refused or taken back take it with
 * them. Words that were answered and forgotten (30 days) have arrived.
 */
export function waitingFiles(db: UploadDb): Promise<Upload[]> {
	return db.transaction('r', db.uploads, db.outbox, async () => {
		const found: { upload: Upload; seq: number }[] = [];
		for (const upload of await db.uploads.filter(({ state }) => state === 'waiting').toArray()) {
			const words = await db.outbox.get(upload.mid);
			if (!words || words.ack?.status === 'done') found.push({ upload, seq: words?.seq ?? -Infinity });
		}
		return found.toSorted((a, b) => a.seq - b.seq).map(({ upload }) => upload);
	});
}

export async function chunkOf(db: UploadDb, id: string, at: number) {
	const chunk = await db.chunks.get([id, at]);
	if (chunk?.bytes && (await sumOf(chunk.bytes)) === chunk.sum) return { bytes: chunk.bytes, sum: chunk.sum };
	await settle(db, id, { state: 'refused', code: FILE_DAMAGED });
	return null;
}

export async function keepAnswer(db: UploadDb, id: string, { state, have, code }: Answer): Promise<void> {
	if (state === 'done') return settle(db, id, { state });
	if (state === 'refused') return settle(db, id, { state, ...(code !== undefined && { code }) });
	await db.transaction('rw', db.uploads, async () => {
		const upload = await db.uploads.get(id);
		if (upload?.state === 'waiting' && have.length === chunksOf(upload.bytes))
			await db.uploads.put({ ...upload, have });
	});
}

function settle(db: UploadDb, id: string, change: Pick<Upload, 'state' | 'code'>): Promise<void> {
	return db.transaction('rw', db.uploads, db.meta, async () => {
		const upload = await db.uploads.get(id);
		if (upload?.state !== 'waiting') return;
		const pulledBefore = (await readMeta(db, 'lastPull')) ?? '';
		const have = change.state === 'done' ? upload.have.replaceAll('0', '1') : upload.have;
		await db.uploads.put({ ...upload, ...change, have, ...(change.state === 'done' && { pulledBefore }) });
	});
}

/**
 * The bytes leave the phone when the server said that it keeps the file and, in a pull after that, the words that name it are among its
 * rows: two answers at two times. The line about it goes with the words, after 30 days.
 */
export async function confirmFiles({ db, set }: Pick<Session, 'db' | 'set'>): Promise<void> {
	const told = new Set(
		set.rows().flatMap(({ t, scope, v }) => {
			if (t !== 'message' && t !== 'submission') return [];
			const { files = [] } = v as { files?: { id: string }[] };
			return files.map(({ id }) => `${scope}\n${id}`);
		})
	);
	await db.transaction('rw', db.uploads, db.chunks, db.outbox, db.meta, async () => {
		const lastPull = await readMeta(db, 'lastPull');
		for (const upload of await db.uploads.toArray()) {
			const { id, mid, scope, state, pulledBefore } = upload;
			if (state === 'done' && lastPull !== pulledBefore && told.has(`${scope}\n${id}`)) {
				await chunksIn(db, id).delete();
				await db.uploads.put({ ...upload, state: 'kept' });
			}
			if (state === 'kept' && !(await db.outbox.get(mid))) await db.uploads.delete(id);
		}
	});
}
