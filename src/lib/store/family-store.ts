import type { FileStore } from './files.ts';
import type { Outbox } from './outbox.ts';
import type { PhoneLock } from './phone-lock.ts';

/** A row once opened: what features read. `v` is checked against contract/rows by whoever reads it. */
export type OpenRow = { scope: string; t: string; id: string; ver: number; sv: number; v: unknown };

/**
 * opening: the first milliseconds; open: rows() is complete; locked: a lock is set and not opened, rows() is empty and nothing
 * is written; online-only: the browser refuses to keep anything, nothing typed would survive and screens say so; update-needed:
 * the database on the phone was written by a newer version; failed: it cannot be opened: offer the data before anything is
 * deleted.
 */
export type StoreState = 'opening' | 'open' | 'locked' | 'online-only' | 'update-needed' | 'failed';

/** What the rest of the app knows of the phone's memory. No Svelte, no DOM: `subscribe` calls back on every change. */
export interface FamilyStore {
	state(): StoreState;
	subscribe(changed: () => void): () => void;
	/** The lock of this profile; a store that keeps nothing has none. */
	readonly lock?: PhoneLock;
	/** What goes to the server, and what became of it. */
	readonly outbox: Outbox;
	/** Photos, voices and drawings that go with words. */
	readonly files: FileStore;
	/** The opened set; the same array until something changed. */
	rows(): readonly OpenRow[];
	/** Scopes that the server has granted, whether anything is in them or not; the same array until that changed. */
	granted(): readonly string[];
	/** The person's profile id on this phone (minted at the first write), and the account id once a letter was redeemed. */
	profile(): { id: string; userId?: string } | null;
	/** Mints the profile if there is none yet: the first thing a first write does. The same answer ever after. */
	begin(): Promise<{ id: string; userId?: string }>;
	/** What is kept but not shown, and how often a scope was read anew because it had lost a row (target: 0). */
	health(): Promise<StoreHealth>;
	/** Seals and writes rows that belong to this phone; resolves after the durable write (`strict`). Throws StorageFull, StorageBlocked. `ver`: a restored row stays at least as new as it was. */
	put(rows: readonly { scope: string; t: string; id: string; v: unknown; ver?: number }[]): Promise<void>;
	remove(rows: readonly { scope: string; t: string; id: string }[]): Promise<void>;
	/** ISO instant of the last complete pull, or null. */
	lastPull(): string | null;
	/** Offers everything on the phone as plain JSON: also works in state `failed` as far as rows can be opened. */
	exportAll(): Promise<string>;
	/**
	 * Deletes database, keys and caches of this profile, or of everybody on this phone; only the app's own files stay. Works
	 * offline and while locked. Nothing can undo it. Returns as which devices the server knew this phone.
	 */
	removeEverything(whose?: 'mine' | 'all'): Promise<string[]>;
}

/** parked: of a type this app is too old to know; invalid: not of the agreed shape; damaged: no longer opens. All are kept. */
export type StoreHealth = { parked: number; invalid: number; damaged: number; healed: number };
