import { keyError } from './key-error.ts';
import type { Bytes } from './aes.ts';
import type { Stretching } from './key-core.ts';
import { recoveryBits, type Stretch } from './ways.ts';

/** What a person types for a file. No pepper: a file has to open on another phone. */
export type FileSecret = { way: 'passphrase' | 'recovery'; text: string };
export type FileSeal = { argon?: Stretch; iv: Bytes; ct: Bytes };

const gcm = (iv: Bytes) => ({
	name: 'AES-GCM',
	iv,
	additionalData: new TextEncoder().encode('alongside-backup|1')
});
const usable = (bytes: Bytes) =>
	crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

export async function sealFile(by: FileSecret, plain: Bytes, stretching: Stretching): Promise<FileSeal> {
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const stretched = by.way === 'passphrase' ? await stretching.anew(by.text) : null;
	const key = await usable(stretched?.bytes ?? (await recoveryBits(by.text, 'backup')));
	const ct = new Uint8Array(await crypto.subtle.encrypt(gcm(iv), key, plain));
	return { iv, ct, ...(stretched && { argon: stretched.used }) };
}

/** Throws Damaged when it does not open. */
export async function openFile(by: FileSecret, seal: FileSeal, stretching: Stretching): Promise<Bytes> {
	const bits =
		by.way === 'recovery'
			? await recoveryBits(by.text, 'backup')
			: seal.argon && (await stretching.again(by.text, seal.argon));
	if (!bits) throw keyError('Damaged');
	try {
		return new Uint8Array(await crypto.subtle.decrypt(gcm(seal.iv), await usable(bits), seal.ct));
	} catch {
		throw keyError('Damaged');
	}
}
