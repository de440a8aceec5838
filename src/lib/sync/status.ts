/** What screens may know of syncing. One vocabulary, used by every screen (blueprint §2.2). */
export type SyncStatus = {
	/** From a request whose body was read, never from navigator.onLine. */
	net: 'unknown' | 'online' | 'offline';
	phase: 'no-council' | 'idle' | 'pulling' | 'waiting' | 'needs-sign-in' | 'update-needed';
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
	/** Ends the session on the server and forgets it here; rows stay until removed. */
	stop(): void;
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
