import type { Ack, PushedMutation } from '#contract/sync/push.ts';
import type { Receipt } from '#contract/sync/sending.ts';
import type { ServerKey } from './keys/envelope.ts';

/**
 * waiting: saved on this phone, not answered yet; received: the server has it; tray: refused, words intact, until a person takes it
 * away.
 */
export type OutboxState = 'waiting' | 'received' | 'tray';

/** One change on its way, opened. `args` is null when it does not open any more; the rest is in clear on the phone. */
export type OutboxItem = {
	mid: string;
	seq: number;
	/** Where it goes: a scope of the server's. */
	scope: string;
	name: string;
	args: unknown;
	/** ISO instant on this phone's clock: a claim, shown as "written". */
	at: string;
	state: OutboxState;
	/** It was part of a request: whether it arrived is not known until it is answered, so it cannot be cancelled. */
	offered: boolean;
	/** No key of the server was known when it was written: it is sealed at the first contact. */
	unsealed: boolean;
	/** Why it is in the tray: a value of REJECTIONS, or `damaged`: its words do not open any more and could not be sent without that. */
	code?: string;
	receipt?: Receipt;
	/** ISO instant at which it was answered. */
	answeredAt?: string;
};

/** For screens. Every method throws what `put` throws (StorageFull, StorageBlocked, Locked); `add` also TooLong (250,000 bytes). */
export interface Outbox {
	/** Oldest first, without what was taken back; empty while locked. The store's `subscribe` calls back when it changes. */
	items(): readonly OutboxItem[];
	/**
	 * Resolves after the durable write. `instead`: an item that was never part of a request; its words go and its number is taken, in the same
	 * write. Where that is too late, the new one is simply added.
	 */
	add(mutation: { scope: string; name: string; args: unknown }, instead?: string): Promise<OutboxItem>;
	/** Takes back what was never part of a request; its number is kept by an empty mutation. False: too late. */
	cancel(mid: string): Promise<boolean>;
	/** Takes an item out of the tray. Only a person does this. */
	discard(mid: string): Promise<void>;
}

export type Offer = { deviceId: string; mutations: PushedMutation[] };

/** For sync. Nothing here opens a row: it works while the phone is locked, except where it says so. */
export interface PushStore {
	/**
	 * The oldest unanswered mutations that have an envelope, at most `most` of them and about `bytes` of envelopes (one at least), marked
	 * as offered in the same transaction. Null: nothing to send, or nobody is signed in.
	 */
	offer(most: number, bytes: number): Promise<Offer | null>;
	/** Keeps the answers. An answer to something unknown changes nothing. */
	acknowledge(acks: readonly Ack[], at: string): Promise<void>;
	/** The highest seq below which everything is answered: `acked` of a pull. */
	acked(): Promise<number>;
	/**
	 * Envelopes for what has none, or one to a key that is not `key`. Needs an open phone; locked: does nothing. Returns how many.
	 * `unopened`: the id of a mutation that the server could not open (`unknown_key`) although it was sealed to `key`.
	 */
	seal(key: ServerKey, unopened?: string): Promise<number>;
	/**
	 * The server knows another past of this phone (a copied phone, a restored one): a new device id, everything unanswered numbered anew
	 * from 1 and sealed again. Needs an open phone; false: locked, try again once it is open.
	 */
	fork(): Promise<boolean>;
	/** The server forgot what it had acknowledged (a new epoch): answered items are offered again, in their old numbers. */
	reoffer(from: number): Promise<void>;
	/**
	 * The server has answered this device up to `lastSeq`. True: that is more than this phone ever said and nothing waits here, so an older copy of
	 * it came back. It goes on above that number, and its canary is gone, by which the app says so. Needs an open phone.
	 */
	checkpoint(lastSeq: number): Promise<boolean>;
	/** Forgets what was answered more than 30 days ago. */
	prune(now: number): Promise<void>;
}
