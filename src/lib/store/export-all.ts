import type { CopyFile } from '#contract/backup-file.ts';
import { Dexie } from 'dexie';
import { profileName, type IdbParts, type SealedRow, type WrappedKey } from './db.ts';
import type { OpenRow } from './family-store.ts';
import { createKeyCore, type KeyCore } from './keys/key-core.ts';
import { openRows } from './open-rows.ts';

/** `COPY_VERSION`, written out: the shapes come with a file of their own, and this one is fetched before the lock screen stands. */
const VERSION = 1;

/** A copy a person may keep, as the text of its file. */
export function copyOf(profile: string | null, rows: readonly OpenRow[], unreadable: number): string {
	const copy: CopyFile = {
		format: 'alongside-copy',
		version: VERSION,
		madeAt: new Date().toISOString(),
		profile,
		rows: [...rows],
		unreadable
	};
	return JSON.stringify(copy, null, '\t');
}

/**
 * The rescue: reads the database as it lies there, whatever its version, without the schema that failed, and opens every
 * row that still opens. It writes nothing. `by`: the device's key, or the keys of a lock that was opened.
 */
export async function rescueCopy(
	profile: string,
	by: CryptoKey | KeyCore | null,
	parts: IdbParts
): Promise<string> {
	const db = new Dexie(profileName(profile), { ...parts });
	// Nothing was ever written under this name.
	if (!(await exists(db))) return copyOf(profile, [], 0);
	try {
		const keys = (await db.table('keys').toArray()) as WrappedKey[];
		const sealed = (await db.table('rows').toArray()) as SealedRow[];
		const core = by && ('unlock' in by ? by : await byDevice(keys, by));
		const rows: OpenRow[] = core ? await openRows({ core, keys }, sealed) : [];
		return copyOf(profile, rows, sealed.length - rows.length);
	} finally {
		db.close();
	}
}

const exists = (db: Dexie) =>
	db.open().then(
		() => true,
		(error: { name?: string }) => {
			if (error.name === 'NoSuchDatabaseError') return false;
			throw error;
		}
	);

async function byDevice(keys: readonly WrappedKey[], key: CryptoKey): Promise<KeyCore | null> {
	const own = keys.find((one) => one.id === 'profile' && one.wrapping === 'device');
	const core = createKeyCore();
	return own
		? core.unlock(own, { wrapping: 'device', key }).then(
				() => core,
				() => null
			)
		: null;
}
