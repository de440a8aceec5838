import { onDb, type ProfileDb } from '../db.ts';
import { Damaged } from '../errors.ts';
import { writeMeta } from '../meta.ts';
import { createKeyCore, type KeyCore } from './key-core.ts';

/**
 * The keys of a profile without a lock, opened with the device key. Made, with the device's id, on the first opening: a phone killed
 * between minting the profile and this point starts again here, because no row can exist yet. Throws Damaged when rows exist and
 * their key does not open.
 */
export async function openProfileKey(db: ProfileDb, device: CryptoKey): Promise<KeyCore> {
	const core = createKeyCore();
	const secret = { wrapping: 'device' as const, key: device };
	const kept = await onDb(db, () => db.keys.get(['profile', 'device', '']));
	if (kept) {
		await core.unlock(kept, secret);
		return core;
	}
	const fresh = await core.create(device);
	const winner = await db.transaction('rw', db.keys, db.rows, db.meta, async () => {
		const raced = await db.keys.get(['profile', 'device', '']);
		if (raced) return raced;
		// Other wrappings are a lock that another tab set a moment ago: what is made here would be a second key.
		const locked = await db.keys.where('[id+wrapping+by]').between(['profile'], ['profile', []]).count();
		if (locked || (await db.rows.count())) throw new Damaged();
		await db.keys.add(fresh);
		await writeMeta(db, 'deviceId', crypto.randomUUID());
		return fresh;
	});
	if (winner.kid !== fresh.kid) await core.unlock(winner, secret);
	return core;
}
