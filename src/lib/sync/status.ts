import type { PasskeyFault } from './passkeys.ts';
import type { ProviderAsk, ProviderWay } from './provider-way.ts';

/** What screens may know of syncing. One vocabulary, used by every screen (blueprint §2.2). */
export type SyncStatus = {
	/** From a request whose body was read, never from navigator.onLine. */
	net: 'unknown' | 'online' | 'offline';
	/** removed: the person took this phone off their list; it handed over what was unsent and is empty now. */
	phase: 'no-council' | 'idle' | 'pulling' | 'waiting' | 'needs-sign-in' | 'update-needed' | 'removed';
	/** ISO instants. */
	lastPullAt: string | null;
	nextTryAt: string | null;
	/** Minutes by which the phone's clock is ahead of the server's, once |offset| passes 10 (blueprint §7); else null. */
	clockOff: number | null;
};

export interface Sync {
	status(): SyncStatus;
	subscribe(changed: () => void): () => void;
	/** Pull now; resolves when it ended, however it ended. Cancels a back-off. */
	pull(): Promise<void>;
	/** Redeem an activation code; on success the granted scopes are pulled before it resolves. */
	redeem(code: string, bornOn: string): Promise<RedeemOutcome>;
	/** Signs in again by another way than a letter; on success what may be read is pulled before it resolves. */
	signIn(by: SignInBy): Promise<SignInOutcome>;
	/** Where to go to sign in with a provider; the person comes back with a session, taken over by `signIn({ way: 'session' })`. */
	wayTo(ask: ProviderAsk): Promise<ProviderWay>;
	/** Forgets the session here and ends it on the server, now or with the next connection; rows stay until removed. */
	stop(): Promise<void>;
	/** Lets go of timers, the live line and listeners; the session stays. For a page that goes away, and for tests. */
	close(): void;
}

export type RedeemOutcome =
	| { ok: true; caseId: string }
	| {
			ok: false;
			why:
				| 'offline'
				| 'code_wrong'
				| 'code_used'
				| 'code_expired'
				| 'code_dead'
				| 'birth_date_wrong'
				| 'too_many'
				| 'unavailable'
				| 'storage_full'
				| 'update_needed';
			retryAfter?: number;
	  };

/** `account`: the person whose data this phone holds, when it holds any. session: a provider of sign-in brought them back. */
export type SignInBy = { account?: string | undefined } & (
	{ way: 'passkey' } | { way: 'mail'; code: string } | { way: 'session' }
);

export type SignInOutcome =
	| { ok: true; passkey?: { credentialId: string; prf: Uint8Array<ArrayBuffer> | null } }
	| { ok: false; why: PasskeyFault | 'storage-full' };
