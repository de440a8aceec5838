import { backupContent, backupFile, BACKUP_VERSION, type BackupFile } from '#contract/backup-file.ts';
import { isDamaged } from './errors.ts';
import type { Copy } from './export-all.ts';
import type { FamilyStore, OpenRow } from './family-store.ts';
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

async function everything(store: FamilyStore): Promise<Copy> {
	return JSON.parse(await store.exportAll()) as Copy;
}

function lockOf(store: FamilyStore): PhoneLock {
	if (!store.lock) throw new TypeError('A store that keeps nothing has nothing to move.');
	return store.lock;
}

/** Scopes that this person's phone owns end in the profile's id: what they typed, their links, their settings. */
const isOwn = (profile: string) => (row: Pick<OpenRow, 'scope'>) => row.scope.endsWith(`:${profile}`);

/**
 * What a family wrote, as the text of a file that only its passphrase or recovery code opens. What the council wrote is not in it:
 * another phone gets that from the council. Throws LockRule (passphrase too short, recovery code not this phone's), Locked.
 */
export async function makeBackup(store: FamilyStore, by: FileSecret, now = new Date()): Promise<string> {
	const { id } = await store.begin();
	const rows = (await everything(store)).rows.filter(isOwn(id));
	const plain = utf8.encode(JSON.stringify({ profile: id, rows }));
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

/** What can be said of a file before anything is typed: which way opens it, or why none does. */
export function lookAtBackup(
	text: string
): { ok: true; by: FileSecret['way']; madeAt: string; file: BackupFile } | { ok: false; why: BackupProblem } {
	const ours = text.slice(0, 200).includes('alongside-backup');
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		// A file of ours that ends in the middle is no JSON any more.
		return { ok: false, why: ours ? 'damaged' : 'not-a-backup' };
	}
	const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
	if (format !== 'alongside-backup') return { ok: false, why: 'not-a-backup' };
	if (typeof version === 'number' && version > BACKUP_VERSION) return { ok: false, why: 'newer' };
	const parsed = backupFile.safeParse(json);
	if (!parsed.success) return { ok: false, why: 'damaged' };
	return { ok: true, by: parsed.data.by, madeAt: parsed.data.madeAt, file: parsed.data };
}

/** Opens a file and merges it: row by row, by id; never over a row that is as new or newer here. Throws what `put` throws. */
export async function restoreBackup(store: FamilyStore, text: string, typed: string): Promise<Restored> {
	const looked = lookAtBackup(text);
	if (!looked.ok) return looked;
	const opened = await openContent(store, looked.file, typed);
	if (typeof opened === 'string') return { ok: false, why: opened };
	const { id } = await store.begin();
	const mine = opened.rows.filter(isOwn(opened.profile)).map((row) => ({
		...row,
		scope: row.scope.slice(0, -opened.profile.length) + id
	}));
	const here = new Map((await everything(store)).rows.map((row) => [nameOf(row), row.ver]));
	const news = mine.filter((row) => row.ver > (here.get(nameOf(row)) ?? -1));
	for (let at = 0; at < news.length; at += BATCH) {
		await store.put(news.slice(at, at + BATCH).map(({ scope, t, id, ver, v }) => ({ scope, t, id, ver, v })));
	}
	const renewed = news.filter((row) => here.has(nameOf(row))).length;
	return { ok: true, added: news.length - renewed, renewed, kept: mine.length - news.length };
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
