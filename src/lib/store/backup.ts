import {
	backupContent,
	backupFile,
	BACKUP_VERSION,
	copyFile,
	COPY_VERSION,
	type BackupContent,
	type BackupFile,
	type CopyFile
} from '#contract/backup-file.ts';
import type { FileRef } from '#contract/blobs.ts';
import type { RowValue } from '#contract/rows.ts';
import { isDamaged } from './errors.ts';
import type { FamilyStore, OpenRow } from './family-store.ts';
import { isUnfinished, type NewFile } from './files.ts';
import { base64url, fromBase64url } from './keys/envelope.ts';
import type { FileSecret } from './keys/file-seal.ts';
import type { PhoneLock } from './phone-lock.ts';

export type { FileSecret } from './keys/file-seal.ts';

/**
 * wrong: it is whole, and what was typed does not open it; damaged: bytes are missing or changed; newer: a newer version of the app
 * made it; not-a-backup: some other file.
 */
export type BackupProblem = 'wrong' | 'damaged' | 'newer' | 'not-a-backup';
/** added: new on this phone; renewed: newer in the file; kept: as new or newer here, left alone. */
export type Restored =
	{ ok: true; added: number; renewed: number; kept: number } | { ok: false; why: BackupProblem };

/** Hundreds at a time: one transaction, short enough for a slow phone. */
const BATCH = 200;
const utf8 = new TextEncoder();

async function everything(store: FamilyStore): Promise<CopyFile> {
	return JSON.parse(await store.exportAll()) as CopyFile;
}

function lockOf(store: FamilyStore): PhoneLock {
	if (!store.lock) throw new TypeError('A store that keeps nothing has nothing to move.');
	return store.lock;
}

/** Scopes that this person's phone owns end in the profile's id: what they typed, their links, their settings. */
const isOwn = (profile: string) => (row: Pick<OpenRow, 'scope'>) => row.scope.endsWith(`:${profile}`);

/**
 * What a family wrote, as the text of a file that only its passphrase or recovery code opens. What the council wrote is not in it:
 * another phone gets that from the council. Files that do not fit are left out and counted (`filesLeftOut`). Throws LockRule (passphrase too short, recovery code not this phone's), Locked.
 */
export async function makeBackup(
	store: FamilyStore,
	by: FileSecret,
	{ now = new Date(), told }: { now?: Date; told?: (filesLeftOut: number) => void } = {}
): Promise<string> {
	const { id } = await store.begin();
	const all = await everything(store);
	const { files = [] } = all;
	const has = new Set(files.map((file) => file.id));
	// A file's row without its bytes would be a name for nothing.
	const rows = all.rows.filter(isOwn(id)).filter((row) => row.t !== 'file' || has.has(row.id));
	const mine = files.filter((file) => rows.some((row) => row.t === 'file' && row.id === file.id));
	const filesLeftOut = all.rows.filter((row) => isOwn(id)(row) && row.t === 'file').length - mine.length;
	const content: BackupContent = { profile: id, rows, files: mine, filesLeftOut };
	told?.(filesLeftOut);
	const plain = utf8.encode(JSON.stringify(content));
	const { argon, iv, ct } = await lockOf(store).sealFile(by, plain);
	const file: BackupFile = {
		format: 'alongside-backup',
		version: BACKUP_VERSION,
		madeAt: now.toISOString(),
		by: by.way,
		...(argon && { argon: { ...argon, salt: base64url(argon.salt) } }),
		iv: base64url(iv),
		ct: base64url(ct),
		sum: await sumOf(ct)
	};
	return JSON.stringify(file);
}

const sumOf = async (bytes: Uint8Array<ArrayBuffer>) =>
	base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

/** `plain`: a copy that anybody can read. `sealed`: opened by what `by` says. */
type Looked =
	| { ok: true; kind: 'plain'; copy: CopyFile }
	| { ok: true; kind: 'sealed'; by: FileSecret['way']; file: BackupFile }
	| { ok: false; why: BackupProblem };

/** What can be said of a file before anything is typed: which way opens it, or why none does. */
export function lookAtBackup(text: string): Looked {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		// A file of ours that ends in the middle is no JSON any more.
		const ours = /alongside-(backup|copy)/.test(text.slice(0, 200));
		return { ok: false, why: ours ? 'damaged' : 'not-a-backup' };
	}
	const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
	const newest = format === 'alongside-backup' ? BACKUP_VERSION : COPY_VERSION;
	if (format !== 'alongside-backup' && format !== 'alongside-copy') return { ok: false, why: 'not-a-backup' };
	if (typeof version === 'number' && version > newest) return { ok: false, why: 'newer' };
	if (format === 'alongside-copy') {
		const copy = copyFile.safeParse(json);
		return copy.success ? { ok: true, kind: 'plain', copy: copy.data } : { ok: false, why: 'damaged' };
	}
	const file = backupFile.safeParse(json);
	return file.success
		? { ok: true, kind: 'sealed', by: file.data.by, file: file.data }
		: { ok: false, why: 'damaged' };
}

/**
 * Opens a file and merges it: row by row, by id; never over a row that is as new or newer here. `typed` is not looked at for a plain
 * copy. Throws what `put` throws.
 */
export async function restoreBackup(store: FamilyStore, text: string, typed = ''): Promise<Restored> {
	const looked = lookAtBackup(text);
	if (!looked.ok) return looked;
	if (looked.kind === 'plain') return merge(store, { ...looked.copy, profile: looked.copy.profile ?? '' });
	const opened = await openContent(store, looked.file, typed);
	return typeof opened === 'string' ? { ok: false, why: opened } : merge(store, opened);
}

async function merge(store: FamilyStore, content: BackupContent): Promise<Restored> {
	const { id } = await store.begin();
	const inside = new Map((content.files ?? []).map((file) => [file.id, file.data]));
	const whole = (row: OpenRow) => row.t !== 'file' || inside.has(row.id);
	const mine = content.rows
		.filter(isOwn(content.profile))
		.filter(whole)
		.map((row) => ({
			...row,
			scope: row.scope.slice(0, -content.profile.length) + id
		}));
	const here = new Map((await everything(store)).rows.map((row) => [nameOf(row), row.ver]));
	const news = mine.filter((row) => row.ver > (here.get(nameOf(row)) ?? -1));
	const words = news.filter((row) => row.t !== 'file');
	for (let at = 0; at < words.length; at += BATCH) {
		await store.put(
			words.slice(at, at + BATCH).map(({ scope, t, id, ver, v }) => ({ scope, t, id, ver, v }))
		);
	}
	for (const row of news) if (row.t === 'file') await restoreFile(store, row, inside.get(row.id));
	const renewed = news.filter((row) => here.has(nameOf(row))).length;
	return { ok: true, added: news.length - renewed, renewed, kept: mine.length - news.length };
}

/** The same file under its own key; a row whose bytes were left out stays out as well. */
async function restoreFile(store: FamilyStore, row: OpenRow, data: string | undefined): Promise<void> {
	const { draft, addedAt, ...file } = row.v as RowValue<'file'>;
	if (data === undefined) return;
	const bytes = fromBase64url(data);
	const place = { scope: row.scope, draft };
	if (!isUnfinished(file))
		return store.files.restore({ ...file, id: row.id } as FileRef, { bytes, place, addedAt });
	// A voice that was cut off: what was kept of it becomes the file.
	await store.files.add(bytes, { ...place, ...file } as NewFile);
}

const nameOf = ({ scope, t, id }: Pick<OpenRow, 'scope' | 't' | 'id'>) => `${scope}\n${t}\n${id}`;

async function openContent(store: FamilyStore, file: BackupFile, typed: string) {
	try {
		const { argon, iv, ct } = file;
		const sealed = fromBase64url(ct);
		if ((await sumOf(sealed)) !== file.sum) return 'damaged';
		const seal = {
			iv: fromBase64url(iv),
			ct: sealed,
			...(argon && { argon: { ...argon, salt: fromBase64url(argon.salt) } })
		};
		const plain = await lockOf(store).openFile({ way: file.by, text: typed }, seal);
		const content = backupContent.safeParse(JSON.parse(new TextDecoder().decode(plain)));
		return content.success ? content.data : 'damaged';
	} catch (error) {
		// A slip of the finger that cannot be right (a short passphrase, a code cut off) is a wrong one.
		if (isDamaged(error) || (error as { name?: string }).name === 'LockRule') return 'wrong';
		if (error instanceof DOMException) return 'damaged';
		throw error;
	}
}
