import { onDb, profileDb, type IdbParts, type Registry } from './db.ts';
import { Damaged, isFull, StorageBlocked } from './errors.ts';
import { newDeviceKey } from './keys/aes.ts';
import { numbered } from './lock/read-lock.ts';
import { forgetAside } from './set-aside.ts';

/**
 * The profile that is in use, or null. A changed byte in its name would hide everything, so a name that belongs to nobody means the
 * only profile there is; among several a person chooses.
 */
export async function readCurrent(registry: Registry): Promise<string | null> {
	const id = (await registry.settings.get('current'))?.value;
	if (typeof id !== 'string' || !id) return null;
	if ((await registry.profiles.get(id)) ?? (await registry.deviceKeys.get(id))) return id;
	const [only, ...others] = (await registry.profiles.toCollection().primaryKeys()) as string[];
	return only && !others.length ? only : null;
}

/**
 * Writes and reads one value, in two transactions. Throws StorageBlocked when the browser only pretends to keep things.
 * A full disk is no reason to hide what is already here: then reading goes on and writes say StorageFull.
 */
export async function probe(registry: Registry): Promise<void> {
	const value = crypto.randomUUID();
	try {
		await registry.settings.put({ key: 'probe', value });
	} catch (error) {
		if (isFull(error)) return;
		throw new StorageBlocked();
	}
	if ((await registry.settings.get('probe'))?.value !== value) throw new StorageBlocked();
}

/** The current profile's id, minted with its device key if there is none. Two tabs at once get the same one. */
export async function mintProfile(registry: Registry): Promise<string> {
	const key = await newDeviceKey();
	const id = crypto.randomUUID();
	return onDb(registry, () =>
		registry.transaction('rw', registry.profiles, registry.deviceKeys, registry.settings, async () => {
			const current = await readCurrent(registry);
			if (current) return current;
			const taken = numbered(await registry.profiles.toArray()).map((one) => one.number);
			const number = Math.max(0, ...taken) + 1;
			await registry.profiles.add({ id, createdAt: new Date().toISOString(), number });
			await registry.deviceKeys.add({ id, key });
			await registry.settings.put({ key: 'current', value: id });
			return id;
		})
	);
}

export async function deviceKey(registry: Registry, id: string): Promise<CryptoKey> {
	const kept = await onDb(registry, () => registry.deviceKeys.get(id));
	if (!kept) throw new Damaged();
	return kept.key;
}

const removing = (id: string) => `removing:${id}`;

/** The key goes first: from then on nobody can open the rest, even if the phone dies before the database is deleted. */
export function forgetProfiles(registry: Registry, ids: readonly string[]): Promise<void> {
	return onDb(registry, () =>
		registry.transaction('rw', registry.profiles, registry.deviceKeys, registry.settings, async () => {
			for (const id of ids) {
				await registry.deviceKeys.delete(id);
				await registry.profiles.delete(id);
				if ((await readCurrent(registry)) === id) await registry.settings.delete('current');
				await registry.settings.put({ key: removing(id), value: true });
			}
		})
	);
}

export const profileIds = (registry: Registry): Promise<string[]> =>
	onDb(registry, async () => (await registry.profiles.toCollection().primaryKeys()) as string[]);

/** Deletes databases of profiles that were removed, also those that a kill left half removed. */
export async function sweepRemoved(registry: Registry, parts: IdbParts): Promise<void> {
	for (const { key } of await registry.settings.toArray()) {
		if (!key.startsWith(removing(''))) continue;
		const id = key.slice(removing('').length);
		await profileDb(id, parts).delete();
		await forgetAside(id, parts.indexedDB);
		await registry.settings.delete(key);
	}
}
