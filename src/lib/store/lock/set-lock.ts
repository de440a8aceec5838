import { isDamaged, LockRule, Locked } from '../errors.ts';
import { newDeviceKey } from '../keys/aes.ts';
import type { FileSecret } from '../keys/file-seal.ts';
import type { KeyCore } from '../keys/key-core.ts';
import { mendRecoveryCode } from '../keys/recovery-code.ts';
import { secretText } from '../keys/secret-text.ts';
import type { Secret } from '../keys/ways.ts';
import type { PhoneLock } from '../phone-lock.ts';
import type { DeviceKeyV1, WrappedKeyV1 } from '../schema/v001.ts';
import { forgetAside } from '../set-aside.ts';
import { isSet } from './facts.ts';
import { asked, writing } from './idb.ts';
import { LADDER, nameOf, profileKeys, REGISTRY } from './read-lock.ts';

export type NewSecret = Parameters<PhoneLock['setSecret']>[0];
/** The opened profile: its keys can wrap themselves once more. */
export type OpenedProfile = { idb: IDBFactory; profile: string; keys: KeyCore };

const place = (row: WrappedKeyV1): [string, string, string] => [row.id, row.wrapping, row.by];
/** Ways that do not depend on somebody's memory or on one passkey: without one of them no lock is set. */
const SECOND = ['recovery', 'server'];

type Change = { puts: readonly WrappedKeyV1[]; drops: (row: WrappedKeyV1) => boolean; again: boolean };

/**
 * All of one change to the ways in, in one transaction: a phone that dies in it opens the old way, afterwards the new one. Ends in
 * Locked when the key that was wrapped is no longer the profile's.
 */
async function change({ idb, profile }: OpenedProfile, { puts, drops, again }: Change): Promise<void> {
	// A copy from before an upgrade has the old ways in: none may open what a new lock shuts.
	await forgetAside(profile, idb);
	await writing({ idb, name: nameOf(profile), tables: ['keys', 'meta'] }, async (of) => {
		const keys = of('keys');
		const kept = await profileKeys(keys);
		const [first] = puts;
		if (first && !kept.some((row) => row.kid === first.kid)) throw new Locked();
		const left = kept.filter((row) => !drops(row));
		const ways = [...left, ...puts].map((row) => row.wrapping);
		if (isSet([...left, ...puts]) && !ways.some((way) => SECOND.includes(way)))
			throw new LockRule('recovery-needed');
		for (const row of kept) if (drops(row)) keys.delete(place(row));
		for (const row of puts) keys.put(row);
		if (again) of('meta').delete(LADDER);
	});
}

/** `shown`: the recovery code that the person saw; it is kept only when it was typed back. */
export async function setSecret(on: OpenedProfile, secret: NewSecret, shown: string | null): Promise<void> {
	const text = secretText(secret.kind, secret.text);
	const puts: WrappedKeyV1[] = [];
	if (secret.recovery !== undefined) {
		const typed = mendRecoveryCode(secret.recovery);
		if (typed === null || shown === null || typed !== mendRecoveryCode(shown))
			throw new LockRule('recovery-wrong');
		puts.push(await on.keys.wrapFor({ wrapping: 'recovery', text: typed }));
	}
	puts.unshift(await on.keys.wrapFor({ wrapping: secret.kind, text }));
	const other = secret.kind === 'pin' ? 'passphrase' : 'pin';
	await change(on, {
		puts,
		drops: ({ wrapping }) => wrapping === 'device' || wrapping === other,
		again: true
	});
}

export async function addWay(
	on: OpenedProfile,
	secret: Extract<Secret, { wrapping: 'prf' | 'server' }>
): Promise<void> {
	const puts = [await on.keys.wrapFor(secret)];
	// The server's secret alone locks nothing: it would ask for a sign-in at every opening.
	const drops = ({ wrapping }: WrappedKeyV1) => secret.wrapping === 'prf' && wrapping === 'device';
	await change(on, { puts, drops, again: false });
}

/** The device opens the profile again by itself; every other way goes. */
export async function removeLock(on: OpenedProfile): Promise<void> {
	const key = await deviceKey(on);
	const puts = [await on.keys.wrapFor({ wrapping: 'device', key })];
	await change(on, { puts, drops: ({ wrapping }) => wrapping !== 'device', again: true });
}

/** The profile's device key; made anew where this browser lost it. */
async function deviceKey({ idb, profile }: OpenedProfile): Promise<CryptoKey> {
	const fresh = await newDeviceKey();
	return writing({ idb, name: REGISTRY, tables: ['deviceKeys'] }, async (of) => {
		const kept = (await asked(of('deviceKeys').get(profile))) as DeviceKeyV1 | undefined;
		if (!kept) of('deviceKeys').put({ id: profile, key: fresh });
		return kept?.key ?? fresh;
	});
}

/** What was typed for a file, mended. Throws LockRule. */
export function typed(by: FileSecret): FileSecret {
	if (by.way === 'passphrase') return { way: by.way, text: secretText(by.way, by.text) };
	const text = mendRecoveryCode(by.text);
	if (text === null) throw new LockRule('recovery-wrong');
	return { way: by.way, text };
}

/**
 * For a new file: a recovery code must be the one that opens this profile, else nobody could open the file. The core opens the same
 * key once more, or nothing.
 */
export async function fileSecret(
	by: FileSecret,
	on: { keys: readonly WrappedKeyV1[]; core: KeyCore }
): Promise<FileSecret> {
	const mended = typed(by);
	if (mended.way === 'passphrase') return mended;
	const row = on.keys.find((key) => key.wrapping === 'recovery');
	if (!row) throw new LockRule('recovery-needed');
	await on.core.unlock(row, { wrapping: 'recovery', text: mended.text }).catch((error: unknown) => {
		throw isDamaged(error) ? new LockRule('recovery-wrong') : error;
	});
	return mended;
}
