import { onDb, type SendingDb } from '../db.ts';
import type { FilePush, FileStore, Upload } from '../files.ts';
import type { Session } from '../profile-session.ts';
import { followUploads } from './follow-uploads.ts';

export type FilesHost = {
	session(): Session | null;
	/** Runs what a person does: throws Locked, StorageBlocked; mints the profile. */
	writing<T>(work: (on: Session) => Promise<T>): Promise<T>;
	/** Runs what sync does: a closing lock waits for it. */
	noticing<T>(work: Promise<T>): Promise<T>;
	/** On the opened profile's database, or on that of the one that is locked. */
	reached<T>(none: T, work: (db: SendingDb) => Promise<T>): Promise<T>;
	changed(): void;
};

/** The work is fetched when there is a file, so that a phone without one opens as before. */
const keeping = () => import('./keep-file.ts');
const sending = () => import('./uploads.ts');

const isOpen = ({ state }: Upload) => state === 'waiting' || state === 'done';

export function createFiles(host: FilesHost): { files: FileStore; filePush: FilePush } {
	const { writing } = host;
	const followed = followUploads(host);

	async function onUploads<T>(
		none: T,
		work: (db: import('./uploads.ts').UploadDb, by: typeof import('./uploads.ts')) => Promise<T>
	): Promise<T> {
		return host.reached(none, async (db) => {
			const { uploads, chunks } = db;
			// Locked since before there were files: there is none.
			if (!uploads || !chunks || (await uploads.count()) === 0) return none;
			return work(Object.assign(db, { uploads, chunks }), await sending());
		});
	}

	return {
		files: {
			add: (bytes, file) => writing(async (on) => (await keeping()).addFile(on, bytes, file)),
			read: (file) => writing(async (on) => (await keeping()).readFile(on, file)),
			remove: (file) => writing(async (on) => (await keeping()).removeFile(on, file)),
			giveBack: (files, place) => writing(async (on) => (await keeping()).giveBack(on, files, place)),
			restore: (file, what) => writing(async (on) => (await keeping()).restoreFile(on, file, what)),
			unsentBytes: () => writing(async (on) => (await keeping()).unsentBytes(on)),
			uploads: () => followed(),
			record: (file) => writing(async (on) => (await keeping()).beginRecording(on, file)),
			piece: (of, bytes) => writing(async (on) => (await keeping()).keepPiece(on, of, bytes)),
			recorded: (of) => writing(async (on) => (await keeping()).recordedOf(on, of))
		},
		filePush: {
			any: () => onUploads(false, async (db) => (await db.uploads.filter(isOpen).count()) > 0),
			waiting: () => onUploads<Upload[]>([], (db, by) => by.waitingFiles(db)),
			chunk: (id, at) =>
				onUploads<Awaited<ReturnType<FilePush['chunk']>>>(null, (db, by) => by.chunkOf(db, id, at)),
			told: (id, answer) => onUploads(undefined, (db, by) => by.keepAnswer(db, id, answer)),
			async confirm() {
				const on = host.session();
				if (!on) return;
				const { confirmFiles } = await sending();
				await host.noticing(onDb(on.db, () => confirmFiles(on)));
			}
		}
	};
}
