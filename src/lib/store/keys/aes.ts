import { keyError } from './key-error.ts';

export type Bytes = Uint8Array<ArrayBuffer>;
export type Box = { iv: Bytes; ct: Bytes };

const AES = { name: 'AES-GCM', length: 256 } as const;
const utf8 = new TextEncoder();
/** 96 random bits: the size AES-GCM is made for; a scope is far below the 2^32 rows where chance repeats would matter. */
const freshIv = () => crypto.getRandomValues(new Uint8Array(12));
const gcm = (iv: Bytes, aad: string) => ({ name: 'AES-GCM', iv, additionalData: utf8.encode(aad) });

export const newDeviceKey = () => crypto.subtle.generateKey(AES, false, ['wrapKey', 'unwrapKey']);
/** Extractable only so that it can be wrapped; it is unwrapped again as non-extractable before use. */
export const newProfileKey = () => crypto.subtle.generateKey(AES, true, ['wrapKey', 'unwrapKey']);
export const newScopeKey = () => crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);

/** 32 derived bytes as a key that wraps and unwraps, and cannot be read again. */
export const wrappingKey = (bytes: Bytes) =>
	crypto.subtle.importKey('raw', bytes, AES, false, ['wrapKey', 'unwrapKey']);

/** Wraps `key` under `by`; `aad` binds it to its place. */
export async function wrap(key: CryptoKey, by: CryptoKey, aad: string): Promise<Box> {
	const iv = freshIv();
	return { iv, ct: new Uint8Array(await crypto.subtle.wrapKey('raw', key, by, gcm(iv, aad))) };
}

/** Throws Damaged when the wrapping does not open. `again`: the key will be wrapped once more, under another way in. */
export async function unwrap(
	box: Box,
	by: CryptoKey,
	use: { aad: string; usages: KeyUsage[]; again?: boolean }
): Promise<CryptoKey> {
	try {
		const again = use.again ?? false;
		return await crypto.subtle.unwrapKey('raw', box.ct, by, gcm(box.iv, use.aad), AES, again, use.usages);
	} catch {
		throw keyError('Damaged');
	}
}

export async function sealJson(key: CryptoKey, aad: string, value: unknown): Promise<Box> {
	const iv = freshIv();
	const plain = utf8.encode(JSON.stringify(value) ?? 'null');
	return { iv, ct: new Uint8Array(await crypto.subtle.encrypt(gcm(iv, aad), key, plain)) };
}

/** Throws Damaged when a single bit differs, in the text, its address or its version. */
export async function openJson(key: CryptoKey, aad: string, box: Box): Promise<unknown> {
	try {
		const plain = await crypto.subtle.decrypt(gcm(box.iv, aad), key, box.ct);
		return JSON.parse(new TextDecoder().decode(plain));
	} catch {
		throw keyError('Damaged');
	}
}
