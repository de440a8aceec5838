import type { CopyFile } from '#contract/backup-file.ts';
import { Dexie } from 'dexie';
import { profileName, type IdbParts, type OutboxRow, type SealedRow, type WrappedKey } from './db.ts';
import type { OpenRow } from './family-store.ts';
import { createKeyCore, type KeyCore } from './keys/key-core.ts';
import { openRows } from './open-rows.ts';
import type { OutboxItem } from './outbox.ts';
import { itemOf, wordsOf } from './outbox/item.ts';

/** `COPY_VERSION`, written out: the shapes come with a file of their own, and this one is fetched before the lock screen stands. */
const VERSION = 1;

type Found = { rows: readonly OpenRow[]; outbox: readonly OutboxItem[]; unreadable: number };

/** A copy a person may keep, as the text of its file. */
export function copyOf(profile: string | null, { rows, outbox, unreadable }: Found): string {
	const copy: CopyFile = {
		format: 'alongside-copy',
		version: VERSION,
		madeAt: new Date().toISOString(),
		profile,
		rows: [...rows],
		outbox: [...outbox],
		unreadable: unreadable + outbox.filter(({ args }) => args === null).length
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
	if (!(await exists(db))) return copyOf(profile, { rows: [], outbox: [], unreadable: 0 });
	try {
		const keys = (await db.table('keys').toArray()) as WrappedKey[];
		const sealed = (await db.table('rows').toArray()) as SealedRow[];
		const core = by && ('unlock' in by ? by : await byDevice(keys, by));
		const rows: OpenRow[] = core ? await openRows({ core, keys }, sealed) : [];
		const outbox = await rescueOutbox(db, core && { core, keys });
		return copyOf(profile, { rows, outbox, unreadable: sealed.length - rows.length });
	} finally {
		db.close();
	}
}

/** A phone from before the outbox has none. */
async function rescueOutbox(db: Dexie, by: Parameters<typeof openRows>[0] | null): Promise<OutboxItem[]> {
	if (!db.tables.some(({ name }) => name === 'outbox')) return [];
	const rows = (await db.table('outbox').toArray()) as OutboxRow[];
	const opened = new Map(
		by &&
			(
				await openRows(
					by,
					rows.map(({ own }) => own)
				)
			).map((row) => [row.id, row])
	);
	return rows
		.toSorted((a, b) => a.seq - b.seq)
		.flatMap((row) => itemOf(row, wordsOf(row, opened.get(row.mid) ?? null)) ?? []);
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
