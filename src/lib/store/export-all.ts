import { Dexie } from 'dexie';
import { profileName, type IdbParts, type SealedRow, type WrappedKey } from './db.ts';
import type { OpenRow } from './family-store.ts';
import { openJson, unwrap } from './keys/aes.ts';

/** A copy a person may keep: plain JSON. `unreadable` counts rows that are on the phone and do not open. */
export type Copy = {
	format: 'alongside-copy';
	version: 1;
	madeAt: string;
	profile: string | null;
	rows: OpenRow[];
	unreadable: number;
};

export function copyOf(profile: string | null, rows: readonly OpenRow[], unreadable: number): string {
	const copy: Copy = {
		format: 'alongside-copy',
		version: 1,
		madeAt: new Date().toISOString(),
		profile,
		rows: [...rows],
		unreadable
	};
	return JSON.stringify(copy, null, '\t');
}

/**
 * The rescue: reads the database as it lies there, whatever its version, without the schema that failed, and opens every
 * row that still opens. It writes nothing.
 */
export async function rescueCopy(profile: string, device: CryptoKey, parts: IdbParts): Promise<string> {
	const db = new Dexie(profileName(profile), { ...parts });
	try {
		await db.open();
		const keys = (await db.table('keys').toArray()) as WrappedKey[];
		const sealed = (await db.table('rows').toArray()) as SealedRow[];
		const set = new Map<string, Promise<CryptoKey>>();
		const own = keys.find((key) => key.id === 'profile' && key.wrapping === 'device');
		const profileKey =
			own && unwrap(own, device, { aad: 'key|profile', usages: ['wrapKey', 'unwrapKey'] }).catch(() => null);
		const by = await profileKey;
		for (const key of by ? keys : []) {
			if (key.wrapping !== 'profile' || key.by !== '' || !by) continue;
			const opened = unwrap(key, by, { aad: `key|${key.id}`, usages: ['decrypt'] });
			opened.catch(() => undefined);
			set.set(key.id, opened);
		}
		const rows: OpenRow[] = [];
		for (const row of sealed) {
			const { scope, t, id, ver, sv } = row;
			try {
				const key = await set.get(scope);
				if (key)
					rows.push({ scope, t, id, ver, sv, v: await openJson(key, `${scope}|${t}|${id}|${ver}`, row) });
			} catch {
				// Counted below: a row that does not open must not keep the others from being saved.
			}
		}
		return copyOf(profile, rows, sealed.length - rows.length);
	} finally {
		db.close();
	}
}
