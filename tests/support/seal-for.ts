import type { Envelope } from '#contract/access/quarantine.ts';

/** What a phone does to hand something over unread, written from the contract's words and not from either side's code. */
export async function sealFor(
	key: { kid: string; public: string },
	words: string,
	place = ''
): Promise<Envelope> {
	const curve = { name: 'ECDH', namedCurve: 'P-256' };
	const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));
	const b64 = (of: ArrayBuffer | Uint8Array) => Buffer.from(of as Uint8Array).toString('base64url');
	const theirs = await crypto.subtle.importKey('spki', Buffer.from(key.public, 'base64'), curve, false, []);
	const mine = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256);
	const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
	const aes = await crypto.subtle.deriveKey(
		{
			name: 'HKDF',
			hash: 'SHA-256',
			salt: new Uint8Array(),
			info: bytes(`alongside envelope v1|${key.kid}`)
		},
		base,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt']
	);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const ct = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: bytes(place ? `${key.kid}|${place}` : key.kid) },
		aes,
		bytes(words)
	);
	const epk = await crypto.subtle.exportKey('raw', mine.publicKey);
	return { v: 1, kid: key.kid, epk: b64(new Uint8Array(epk)), iv: b64(iv), ct: b64(new Uint8Array(ct)) };
}
