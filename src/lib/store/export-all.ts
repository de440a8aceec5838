import type { CopyFile } from '#contract/backup-file.ts';
import { Dexie } from 'dexie';
import { profileName, type IdbParts, type OutboxRow, type SealedRow, type WrappedKey } from './db.ts';
import type { OpenRow } from './family-store.ts';
import { createKeyCore, type KeyCore } from './keys/key-core.ts';
import { openRows } from './open-rows.ts';
import type { OutboxItem } from './outbox.ts';
import { itemOf, wordsOf } from './outbox/item.ts';
import type { ChunkV3 } from './schema/v003.ts';
import { readAside, type Aside } from './set-aside.ts';

/** `COPY_VERSION`, written out: the shapes come with a file of their own, and this one is fetched before the lock screen stands. */
const VERSION = 1;

type Found = {
	rows: readonly OpenRow[];
	outbox: readonly OutboxItem[];
	unreadable: number;
	files?: Pick<CopyFile, 'files' | 'filesLeftOut'>;
};

/** A copy a person may keep, as the text of its file. */
export function copyOf(profile: string | null, { rows, outbox, unreadable, files }: Found): string {
	const copy: CopyFile = {
		format: 'alongside-copy',
		version: VERSION,
		madeAt: new Date().toISOString(),
		profile,
		rows: [...rows],
		outbox: [...outbox],
		unreadable: unreadable + outbox.filter(({ args }) => args === null).length,
		...files
	};
	return JSON.stringify(copy, null, '\t');
}

/**
 * The rescue: reads the database as it lies there, whatever its version, without the schema that failed, and opens every
 * row that still opens, with what was set aside before the upgrade. It writes nothing. `by`: the device's key, or the keys of a lock that was opened.
 */
export async function rescueCopy(
	profile: string,
	by: CryptoKey | KeyCore | null,
	parts: IdbParts
): Promise<string> {
	const aside = await readAside(profile, parts.indexedDB);
	const lies = await lying(profile, parts).catch((error: unknown) => {
		if (!aside) throw error;
		return null;
	});
	// Nothing was ever written under this name.
	if (!lies && !aside) return copyOf(profile, { rows: [], outbox: [], unreadable: 0 });
	const keys = both<WrappedKey>('keys', { lies, aside }, ({ id, wrapping, by }) => [id, wrapping, by]);
	const sealed = both<SealedRow>('rows', { lies, aside }, ({ scope, t, id }) => [scope, t, id]);
	const waiting = both<OutboxRow>('outbox', { lies, aside }, ({ mid }) => [mid]);
	const core = by && ('unlock' in by ? by : await byDevice(keys, by));
	const rows: OpenRow[] = core ? await openRows({ core, keys }, sealed) : [];
	const outbox = await rescueOutbox(waiting, core && { core, keys });
	const found = { rows, outbox, unreadable: sealed.length - rows.length };
	const chunks = (lies?.['chunks'] ?? []) as ChunkV3[];
	if (chunks.length === 0) return copyOf(profile, found);
	const { filesForRescue } = await import('./files/copy-files.ts');
	return copyOf(profile, { ...found, files: await filesForRescue(found, chunks) });
}

/** The tables as they lie there; null where there is no database. */
async function lying(profile: string, parts: IdbParts): Promise<Aside | null> {
	const db = new Dexie(profileName(profile), { ...parts });
	if (!(await exists(db))) return null;
	try {
		const tables: Aside = {};
		for (const name of ['keys', 'rows', 'outbox', 'chunks'])
			// A phone from before the outbox, or before files, has none.
			if (db.tables.some((table) => table.name === name)) tables[name] = await db.table(name).toArray();
		return tables;
	} finally {
		db.close();
	}
}

/** What lies there, and from the copy beside it what an upgrade that failed took away. */
function both<Row>(
	table: string,
	{ lies, aside }: { lies: Aside | null; aside: Aside | null },
	placeOf: (row: Row) => string[]
): Row[] {
	const here = (lies?.[table] ?? []) as Row[];
	const known = new Set(here.map((row) => JSON.stringify(placeOf(row))));
	const beside = ((aside?.[table] ?? []) as Row[]).filter((row) => !known.has(JSON.stringify(placeOf(row))));
	return [...here, ...beside];
}

async function rescueOutbox(
	rows: readonly OutboxRow[],
	by: Parameters<typeof openRows>[0] | null
): Promise<OutboxItem[]> {
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
