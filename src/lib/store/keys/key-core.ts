import type { SealedRowV1, WrappedKeyV1 } from '../schema/v001.ts';
import { newProfileKey, newScopeKey, openJson, sealJson, unwrap, wrap, type Bytes } from './aes.ts';
import { keyError } from './key-error.ts';
import { openFile, sealFile, type FileSeal, type FileSecret } from './file-seal.ts';
import { PROFILE_KEY_USE, rowAad, scopeKeyUse } from './places.ts';
import { keyFrom, newPepper, profileAad, sumOf, type Secret, type Stretch } from './ways.ts';

export type Plain = Omit<SealedRowV1, 'iv' | 'ct'> & { v: unknown };
/** An opened row's value, or null where it does not open. */
export type Opened = { v: unknown } | null;

/**
 * What holds the keys of one profile: in a worker once a lock is set, in the page itself before (there is nothing to keep from it
 * then). Nothing it answers with is a key in the clear.
 */
export interface KeyCore {
	/** Makes the profile's key and answers with its wrapping. */
	create(device: CryptoKey): Promise<WrappedKeyV1>;
	/** Opens the profile's key; throws Damaged when this wrapping does not open by this secret. */
	unlock(row: WrappedKeyV1, secret: Secret): Promise<void>;
	/** Wraps the opened profile key for one more way in. */
	wrapFor(secret: Secret): Promise<WrappedKeyV1>;
	/** Makes a scope's key and answers with its wrapping. */
	newScope(scope: string): Promise<WrappedKeyV1>;
	/** Both throw Damaged when the scope's wrapping does not open. */
	seal(scope: WrappedKeyV1, rows: readonly Plain[]): Promise<SealedRowV1[]>;
	open(scope: WrappedKeyV1, rows: readonly SealedRowV1[]): Promise<Opened[]>;
	/** Forgets a scope's key. */
	forget(kid: string): Promise<void>;
	/** A backup file's bytes, sealed and opened by what was typed; no key of the profile is in it. `openFile` throws Damaged. */
	sealFile(by: FileSecret, plain: Bytes): Promise<FileSeal>;
	openFile(by: FileSecret, seal: FileSeal): Promise<Bytes>;
}

export type Stretching = {
	/** Null for an effort that cannot have been meant. */
	again(text: string, how: Stretch): Promise<Bytes | null>;
	anew(text: string): Promise<{ bytes: Bytes; used: Stretch }>;
};

/** Where no lock is, nothing is typed: the page holds such keys itself and never stretches anything. */
const NONE: Stretching = {
	again: () => Promise.reject(new TypeError('Only the thread of keys stretches.')),
	anew: () => Promise.reject(new TypeError('Only the thread of keys stretches.'))
};

export function createKeyCore(stretching: Stretching = NONE): KeyCore {
	let held: { key: CryptoKey; kid: string } | null = null;
	const scopes = new Map<string, Promise<CryptoKey>>();

	function profile() {
		if (!held) throw keyError('Locked');
		return held;
	}

	async function hold(row: WrappedKeyV1, by: CryptoKey): Promise<void> {
		// Kept so that it can be wrapped for another way in; nothing here ever exports it.
		const use = { ...PROFILE_KEY_USE, aad: profileAad(row), again: true };
		held = { key: await unwrap(row, by, use), kid: row.kid };
	}

	async function keyToOpen(row: WrappedKeyV1, secret: Secret): Promise<CryptoKey> {
		if (secret.wrapping === 'device') return secret.key;
		if (secret.wrapping !== 'pin' && secret.wrapping !== 'passphrase') return keyFrom(secret);
		const { argon: how, pepper } = row;
		if (!how || !pepper) throw keyError('Damaged');
		const bytes = await stretching.again(secret.text, how);
		if (!bytes) throw keyError('Damaged');
		return keyFrom(secret, { bytes, pepper });
	}

	async function keyToWrap(secret: Secret): Promise<{ key: CryptoKey; kept: Partial<WrappedKeyV1> }> {
		if (secret.wrapping === 'device') return { key: secret.key, kept: {} };
		if (secret.wrapping !== 'pin' && secret.wrapping !== 'passphrase')
			return { key: await keyFrom(secret), kept: {} };
		const pepper = await newPepper();
		const { bytes, used } = await stretching.anew(secret.text);
		return { key: await keyFrom(secret, { bytes, pepper }), kept: { argon: used, pepper } };
	}

	function scopeKey(row: WrappedKeyV1): Promise<CryptoKey> {
		const known = scopes.get(row.kid);
		if (known) return known;
		const opening = unwrap(row, profile().key, scopeKeyUse(row.id));
		scopes.set(row.kid, opening);
		opening.catch(() => scopes.delete(row.kid));
		return opening;
	}

	async function wrapped(secret: Secret): Promise<WrappedKeyV1> {
		const { key, kid } = profile();
		const { key: under, kept } = await keyToWrap(secret);
		const place = { wrapping: secret.wrapping, by: 'by' in secret ? secret.by : '' };
		const row = { id: 'profile', ...place, kid, ...(await wrap(key, under, profileAad(place))), ...kept };
		return secret.wrapping === 'device' ? row : { ...row, sum: await sumOf(row) };
	}

	return {
		async create(device) {
			held = { key: await newProfileKey(), kid: crypto.randomUUID() };
			return wrapped({ wrapping: 'device', key: device });
		},
		unlock: async (row, secret) => hold(row, await keyToOpen(row, secret)),
		wrapFor: wrapped,
		async newScope(scope) {
			const box = await wrap(await newScopeKey(), profile().key, scopeKeyUse(scope).aad);
			return { id: scope, wrapping: 'profile', by: '', kid: crypto.randomUUID(), ...box };
		},
		async seal(scope, rows) {
			const key = await scopeKey(scope);
			return Promise.all(
				rows.map(async ({ v, ...row }) => ({ ...row, ...(await sealJson(key, rowAad(row), v)) }))
			);
		},
		async open(scope, rows) {
			const key = await scopeKey(scope);
			const opening = rows.map((row) => openJson(key, rowAad(row), row));
			return (await Promise.allSettled(opening)).map((one) =>
				one.status === 'fulfilled' ? { v: one.value } : null
			);
		},
		async forget(kid) {
			scopes.delete(kid);
		},
		sealFile: (by, plain) => sealFile(by, plain, stretching),
		openFile: (by, seal) => openFile(by, seal, stretching)
	};
}
