import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { Envelope } from '#contract/access/quarantine.ts';
import type { PushedMutation } from '#contract/sync/push.ts';

/** A server's key, and what it finds in an envelope: with node:crypto, written from the contract's words. */
export function serverHalf() {
	const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const key = {
		kid: crypto.randomUUID(),
		public: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
	};
	/** Throws when it does not open. */
	function open({ kid, epk, iv, ct }: Envelope, place = ''): string {
		const raw = Buffer.from(epk, 'base64url');
		const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) => part.toString('base64url'));
		const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
		const shared = diffieHellman({ privateKey: pair.privateKey, publicKey });
		const secret = Buffer.from(hkdfSync('sha256', shared, '', `alongside envelope v1|${kid}`, 32));
		const sealed = Buffer.from(ct, 'base64url');
		const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64url'));
		decipher.setAAD(Buffer.from(place ? `${kid}|${place}` : kid)).setAuthTag(sealed.subarray(-16));
		return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
	}
	return {
		key,
		open,
		/** What a mutation says, in the place it came with. */
		read({ mid, seq, scope, name, envelope }: PushedMutation): { sv: number; args: unknown } {
			return JSON.parse(open(envelope, `${mid}|${seq}|${scope}|${name}`));
		}
	};
}
