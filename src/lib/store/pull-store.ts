import type { PulledScope } from '#contract/sync/pull.ts';
import type { ServerKey } from './keys/envelope.ts';

/** Where this phone stands with the server. */
export type Position = {
	deviceId: string;
	/** Which life of the server's database the cookies belong to; null before the first pull. */
	epoch: string | null;
	/** A session was opened here and not ended here. The server may still have ended it: it then answers 401. */
	signedIn: boolean;
	scopes: { id: string; cookie: number | null }[];
};

/**
 * more: another page is expected; done: rows and cookie are in; mismatch: the checksum did not match and the scope will be
 * read anew; stale: the page answers another question than the phone would ask now; gone: the scope was revoked meanwhile.
 */
export type PageOutcome = 'more' | 'done' | 'mismatch' | 'stale' | 'gone';

export type PullEnd = { granted: readonly string[]; revoked: readonly string[] };

/** What sync may do to the phone's memory. Every method is one transaction: a kill leaves all of it or nothing. */
export interface PullStore {
	/** Where the phone stands; mints the profile and the device id when `mint` and there is none, else null. */
	position(mint?: boolean): Promise<Position | null>;
	/** After a code was redeemed: the account and the scopes it may read. */
	openAccount(account: { userId: string; scopes: readonly string[] }): Promise<void>;
	/** Forgets that a session is open; rows stay. */
	closeAccount(): Promise<void>;
	/** A new life of the server's database: old cookies mean nothing, every scope is asked for again. */
	enterEpoch(epoch: string): Promise<void>;
	/** This page may be applied soon: what needs no database begins now. Never throws. */
	expect(page: PulledScope): void;
	/** Applies one page; `first` when it answers a request without a page token. */
	applyPage(page: PulledScope, first: boolean): Promise<PageOutcome>;
	/** Adds granted scopes, drops revoked ones with their rows and key. */
	settleScopes(end: PullEnd): Promise<void>;
	/** The public key that unsent work is sealed to, as the server last told it (keys/envelope.ts). */
	keepServerKey(key: ServerKey): Promise<void>;
	serverKey(): Promise<ServerKey | null>;
	/** A pull of everything ended well; `at` is the server's time, `offlineDays` how long its data may open without contact. */
	pulled(at: string, offlineDays?: number): Promise<void>;
}
