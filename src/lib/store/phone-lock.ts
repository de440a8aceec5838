import type { FileSeal, FileSecret } from './keys/file-seal.ts';

/**
 * What screens know of the lock. A lock is the profile key wrapped by something only the family has; keys then live in a
 * worker and vanish when it locks. Features see this and `FamilyStore.state() === 'locked'`, never a key.
 */

/** recovery: the 24 characters shown once to a family without an account; sign-in: the council's server returns its half. */
export type LockWay = 'pin' | 'passphrase' | 'passkey' | 'recovery' | 'sign-in';

export type LockFacts = {
	/** False: nothing is locked, and no screen may claim that anything is. */
	set: boolean;
	/** The ways that open this profile on this phone now; without `pin` and `passphrase` once ten were wrong or time is up. */
	ways: readonly LockWay[];
	/** Credential ids (base64url) whose PRF opens the profile; empty without passkeys. */
	passkeys: readonly string[];
	/** Epoch ms before which no PIN or passphrase is looked at; null: now. Wrong ones never erase anything. */
	waitUntil: number | null;
	/** pin-refused: ten were wrong; stale: no contact with the council for the set days (council data only). */
	why: 'pin-refused' | 'stale' | null;
	/** Milliseconds after which the app locks: 0-15 minutes. */
	idleMs: number;
	hiddenMs: number;
	/** Days without contact after which council data opens by signing in alone; null without an account. */
	offlineDays: number | null;
	/** This phone belongs to several people: 14 days instead of 30, no names on the lock screen. */
	shared: boolean;
	/** This profile has an account with a council: signing in is a thing it can do. */
	account: boolean;
	/** There are more profiles on this phone. */
	others: boolean;
};

export type OpenOutcome =
	| { ok: true }
	| {
			ok: false;
			/** damaged: this way's wrapping does not open because bytes of it changed; other ways may. */
			why: 'wrong' | 'wait' | 'refused' | 'damaged';
			waitUntil: number | null;
			/** Tries before the next wait; 0 when each further one waits. */
			left: number;
	  };

export interface PhoneLock {
	/** Read by plain IndexedDB: the lock screen asks before Dexie is here. */
	facts(): Promise<LockFacts>;
	/**
	 * Sets or replaces the PIN (at least 6 digits) or passphrase (at least 8 characters) of the opened profile; one of the two
	 * at a time. Deletes the device wrapping in the same transaction. Needs a second way in: the recovery code typed back here,
	 * or one set before, or the server's secret added before. Throws LockRule when a rule is broken, Locked when nothing is open.
	 */
	setSecret(secret: { kind: 'pin' | 'passphrase'; text: string; recovery?: string }): Promise<void>;
	/** A passkey's PRF output (32 bytes) becomes one more way in, or the lock itself. Same second-way rule as `setSecret`. */
	addPasskey(key: { credentialId: string; prf: Uint8Array<ArrayBuffer> }): Promise<void>;
	/**
	 * The secret that only the server keeps for this device (32 bytes) becomes one more way in. Alone it locks nothing: add it
	 * before `setSecret` or `addPasskey`.
	 */
	addServerSecret(secret: Uint8Array<ArrayBuffer>): Promise<void>;
	/** A new recovery code, 24 characters of Crockford base32 as printed; nothing is written before it is typed back. */
	newRecoveryCode(): string;
	open(
		by:
			| { way: 'pin' | 'passphrase' | 'recovery'; text: string }
			| { way: 'passkey'; credentialId: string; prf: Uint8Array<ArrayBuffer> }
			| { way: 'sign-in'; secret: Uint8Array<ArrayBuffer> }
	): Promise<OpenOutcome>;
	/**
	 * `keep` runs before the keys go, whichever tab locks: rows can still be written then, and what it throws stops nothing. Returns the
	 * way to take it back.
	 */
	beforeLock(keep: () => Promise<void>): () => void;
	/** Waits for writes that have begun, then forgets every key and every opened row, in every tab. */
	lockNow(): Promise<void>;
	/**
	 * For store/backup.ts: a file's bytes, sealed or opened in the thread of keys, where a derivation freezes no screen. Sealing with
	 * a recovery code checks it first and throws LockRule; opening throws Damaged.
	 */
	sealFile(by: FileSecret, plain: Uint8Array<ArrayBuffer>): Promise<FileSeal>;
	openFile(by: FileSecret, seal: FileSeal): Promise<Uint8Array<ArrayBuffer>>;
	/** Opens the profile without a lock from now on: the device wrapping comes back, every other goes. */
	remove(): Promise<void>;
	/** What is not given stays as it is kept. */
	setTimes(times: { idleMs?: number; hiddenMs?: number }): Promise<void>;
	/** This phone belongs to several people, or no longer. Holds for every profile on it. */
	setShared(on: boolean): Promise<void>;
	/** Every profile on this phone by its number and whether it is current; never a name. */
	profiles(): Promise<readonly { id: string; number: number; current: boolean; locked: boolean }[]>;
	/** Locks this profile and turns to another; 'new': to none, which the first write makes. */
	switchTo(id: string | 'new'): Promise<void>;
}
