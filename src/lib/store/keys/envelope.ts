import type { Envelope } from '#contract/access/quarantine.ts';
import { boundTo } from '#contract/sealed-place.ts';
import type { Bytes } from './aes.ts';

/** The server's public key as a phone is given it: SPKI bytes, base64. */
export type ServerKey = { kid: string; public: string };

const utf8 = new TextEncoder();
const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;

export function base64url(bytes: Uint8Array): string {
	// In pieces: a photo's bytes as arguments of one call would overflow the stack.
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192)
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Also takes base64. Throws when the text is neither. */
export function fromBase64url(text: string): Bytes {
	const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/**
 * Unsent work must survive a forgotten PIN and a wiped key, and go out while the phone is locked: it is sealed a second time, to a key
 * whose private half only the server has. A fresh P-256 key for each envelope, thrown away after it, so that the phone itself cannot
 * open what it sealed. `place`: where it belongs; moved elsewhere it does not open. The server's side is written with node:crypto;
 * `docs/sync-protocol.md` says the bytes. Throws when the key is not one.
 */
export async function sealToServer(
	{ kid, public: spki }: ServerKey,
	bytes: Bytes,
	place = ''
): Promise<Envelope> {
	const theirs = await crypto.subtle.importKey('spki', fromBase64url(spki), P256, false, []);
	const mine = await crypto.subtle.generateKey(P256, false, ['deriveBits']);
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256);
	const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
	const how = {
		name: 'HKDF',
		hash: 'SHA-256',
		salt: new Uint8Array(0),
		info: utf8.encode(`alongside envelope v1|${kid}`)
	};
	const key = await crypto.subtle.deriveKey(how, secret, { name: 'AES-GCM', length: 256 }, false, [
		'encrypt'
	]);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const gcm = { name: 'AES-GCM', iv, additionalData: utf8.encode(boundTo(kid, place)) };
	const ct = await crypto.subtle.encrypt(gcm, key, bytes);
	const epk = await crypto.subtle.exportKey('raw', mine.publicKey);
	return {
		v: 1,
		kid,
		epk: base64url(new Uint8Array(epk)),
		iv: base64url(iv),
		ct: base64url(new Uint8Array(ct))
	};
}
