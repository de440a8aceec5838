import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * What the server must be able to read again but nobody who only holds the database may: AES-256-GCM under a key derived from
 * SERVER_SECRET. `use` keeps one purpose's boxes from opening as another's, `place` one row's from opening as another's.
 */
export type Place = { secret: string; use: 'device-secret' | 'server-key' | 'mail'; place: string };

const keyFor = ({ secret, use }: Place) =>
	Buffer.from(hkdfSync('sha256', secret, '', `alongside sealed v1|${use}`, 32));
const aad = ({ use, place }: Place) => Buffer.from(`${use}|${place}`);

/** base64url of iv, tag, text. */
export function seal(at: Place, plain: Uint8Array): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', keyFor(at), iv).setAAD(aad(at));
	const text = Buffer.concat([cipher.update(plain), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

/** Throws when it was changed, moved to another row, or sealed under another SERVER_SECRET. */
export function unseal(at: Place, sealed: string): Buffer {
	const box = Buffer.from(sealed, 'base64url');
	const cipher = createDecipheriv('aes-256-gcm', keyFor(at), box.subarray(0, 12))
		.setAAD(aad(at))
		.setAuthTag(box.subarray(12, 28));
	return Buffer.concat([cipher.update(box.subarray(28)), cipher.final()]);
}
