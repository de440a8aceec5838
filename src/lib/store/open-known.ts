import { isKnownRow } from '#contract/rows.ts';
import type { OpenRow } from './family-store.ts';
import { createKeyCore, type KeyCore } from './keys/key-core.ts';
import { openRows } from './open-rows.ts';
import type { SealedRowV1, WrappedKeyV1 } from './schema/v001.ts';

type Found = { sealed: readonly SealedRowV1[]; keys: readonly WrappedKeyV1[] };

/**
 * The rows that this app can show, opened: by the keys of an opened lock, or by the device key where there is no lock; null where
 * neither is there. A part of its own, because a phone that stays locked needs none of it.
 */
export async function openKnown(
	{ sealed, keys }: Found,
	by: { held: KeyCore | null; device: CryptoKey | null }
): Promise<OpenRow[] | null> {
	const core = by.held ?? (await byDevice(keys, by.device));
	return core && (await openRows({ core, keys }, sealed)).filter(isKnownRow);
}

async function byDevice(keys: readonly WrappedKeyV1[], device: CryptoKey | null): Promise<KeyCore | null> {
	const own = keys.find((key) => key.id === 'profile' && key.wrapping === 'device' && key.by === '');
	if (!own || !device) return null;
	const core = createKeyCore();
	await core.unlock(own, { wrapping: 'device', key: device });
	return core;
}
