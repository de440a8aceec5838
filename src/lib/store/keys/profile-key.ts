import { onDb, type ProfileDb } from '../db.ts';
import { Damaged } from '../errors.ts';
import { writeMeta } from '../meta.ts';
import { newProfileKey, unwrap, wrap } from './aes.ts';
import { PROFILE_KEY_USE } from './places.ts';

/**
 * The profile's key, opened with the device key. Made, with the device's id, on the first opening: a phone killed between minting the profile and
 * this point starts again here, because no row can exist yet. Throws Damaged when rows exist and their key does not open.
 * A lock (issue 3) adds other wrappings beside this one and deletes it.
 */
export async function openProfileKey(db: ProfileDb, device: CryptoKey): Promise<CryptoKey> {
	const kept = await onDb(db, () => db.keys.get(['profile', 'device', '']));
	if (kept) return unwrap(kept, device, PROFILE_KEY_USE);
	const fresh = { id: 'profile', wrapping: 'device' as const, by: '', kid: crypto.randomUUID() };
	const box = await wrap(await newProfileKey(), device, PROFILE_KEY_USE.aad);
	const winner = await db.transaction('rw', db.keys, db.rows, db.meta, async () => {
		const raced = await db.keys.get(['profile', 'device', '']);
		if (raced) return raced;
		if (await db.rows.count()) throw new Damaged();
		await db.keys.add({ ...fresh, ...box });
		await writeMeta(db, 'deviceId', crypto.randomUUID());
		return { ...fresh, ...box };
	});
	return unwrap(winner, device, PROFILE_KEY_USE);
}
