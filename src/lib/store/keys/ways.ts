import type { WrappedKeyV1 } from '../schema/v001.ts';
import { wrappingKey, type Bytes } from './aes.ts';

/** What a family has or knows, and what it opens: the bytes are 32 of a passkey's PRF or of the server's, the text was typed. */
export type Secret =
	| { wrapping: 'device'; key: CryptoKey }
	| { wrapping: 'pin' | 'passphrase' | 'recovery'; text: string }
	| { wrapping: 'prf'; by: string; bytes: Bytes }
	| { wrapping: 'server'; bytes: Bytes };

export type Stretch = { memory: number; passes: number; salt: Bytes };

const utf8 = new TextEncoder();
/** One fixed salt for the whole app: each of these inputs has 120 random bits or more, so a salt of its own adds nothing. */
const SALT = utf8.encode('alongside profile key v1');

/** HKDF-SHA-256 to 32 bytes. `use` keeps what comes of one input apart by what it is for. */
async function hkdf(input: Bytes, use: string): Promise<Bytes> {
	const from = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits']);
	const how = { name: 'HKDF', hash: 'SHA-256', salt: SALT, info: utf8.encode(use) };
	return new Uint8Array(await crypto.subtle.deriveBits(how, from, 256));
}

/** Of a recovery code. It is 120 random bits: no stretching makes it harder, so it opens at once. */
export const recoveryBits = (code: string, use: 'recovery' | 'backup') => hkdf(utf8.encode(code), use);

/** Bound to its way and its passkey, so that no wrapping can stand in for another. The device's own is older than the others. */
export const profileAad = (row: Pick<WrappedKeyV1, 'wrapping' | 'by'>) =>
	row.wrapping === 'device' ? 'key|profile' : `key|profile|${row.wrapping}|${row.by}`;

export const newPepper = () =>
	crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);

/**
 * The key that a way in gives. A PIN has too few guesses to stand alone: Argon2id makes each one dear, and the pepper makes them
 * possible in this browser only.
 */
export async function keyFrom(
	secret: Exclude<Secret, { wrapping: 'device' }>,
	stretched?: { bytes: Bytes; pepper: CryptoKey }
): Promise<CryptoKey> {
	switch (secret.wrapping) {
		case 'prf':
			return wrappingKey(await hkdf(secret.bytes, `prf|${secret.by}`));
		case 'server':
			return wrappingKey(await hkdf(secret.bytes, 'server'));
		case 'recovery':
			return wrappingKey(await recoveryBits(secret.text, 'recovery'));
		default: {
			if (!stretched) throw new TypeError('A PIN is stretched first.');
			return wrappingKey(new Uint8Array(await crypto.subtle.sign('HMAC', stretched.pepper, stretched.bytes)));
		}
	}
}

/** Over everything that a way needs to open, in a fixed order. */
export async function sumOf(row: WrappedKeyV1): Promise<Bytes> {
	const { memory = 0, passes = 0, salt = new Uint8Array(0) } = row.argon ?? {};
	const parts = [`${row.wrapping}|${row.by}|${row.kid}|${memory}|${passes}|`, salt, row.iv, row.ct];
	const bytes = parts.map((part) => (typeof part === 'string' ? utf8.encode(part) : part));
	const all = new Uint8Array(bytes.reduce((size, part) => size + part.length, 0));
	let at = 0;
	for (const part of bytes) {
		all.set(part, at);
		at += part.length;
	}
	return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}
