import { onDb, openSending, type IdbParts, type SendingDb } from '../db.ts';
import type { Outbox, OutboxItem, PushStore } from '../outbox.ts';
import type { Session } from '../profile-session.ts';
import { noticeLoss } from './checkpoint.ts';
import { forkRows, sealRows } from './seal-items.ts';
import { ackedUpTo, acknowledgeRows, offerRows, pruneRows, reofferRows } from './send-rows.ts';
import { addItem, cancelItem, discardItem } from './write-items.ts';

/** What the outbox needs of the whole phone. */
export type OutboxHost = {
	idb: IdbParts;
	ready: Promise<void>;
	session(): Session | null;
	/** The profile in use, locked or not; null where there is none. */
	current(): string | null;
	/** Runs what a person does: throws Locked, StorageBlocked; mints the profile. */
	writing<T>(work: (on: Session) => Promise<T>): Promise<T>;
	/** Runs what sync does: a closing lock waits for it. */
	noticing<T>(work: Promise<T>): Promise<T>;
};

type Reached = <T>(none: T, work: (db: SendingDb) => Promise<T>) => Promise<T>;

export function createOutbox(host: OutboxHost): { outbox: Outbox; push: PushStore; reached: Reached } {
	let turn: Promise<unknown> = Promise.resolve();
	/** One after another: two at once would want the same number. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = turn.then(work, work);
		turn = result.catch(() => undefined);
		return result;
	}

	/** Whoever waited for it may look straight after it. That looking fails must not make a kept write look lost. */
	const seen = async <T>(work: (on: Session) => Promise<T>, on: Session) => {
		const done = await work(on);
		await on.outbox.settle().catch(() => undefined);
		return done;
	};

	const changing = <T>(work: (on: Session) => Promise<T>) =>
		inTurn(() => host.writing((on) => seen(work, on)));

	async function opened<T>(none: T, work: (on: Session) => Promise<T>): Promise<T> {
		await host.ready;
		const on = host.session();
		return on ? host.noticing(seen(work, on)) : none;
	}

	/** On the opened profile's database, or on that of the one that is locked. */
	async function reached<T>(none: T, work: (db: SendingDb) => Promise<T>): Promise<T> {
		await host.ready;
		const id = host.current();
		if (host.session()) return opened(none, ({ db }) => onDb(db, () => work(db)));
		const db = id === null ? null : await openSending(id, host.idb);
		if (!db) return none;
		try {
			return await onDb(db, () => work(db));
		} finally {
			db.close();
		}
	}

	return {
		reached,
		outbox: {
			items: () => host.session()?.outbox.items() ?? NOTHING,
			add: (mutation, instead) => changing((on) => addItem(on, mutation, instead)),
			cancel: (mid) => changing((on) => cancelItem(on, mid)),
			discard: (mid) => changing((on) => discardItem(on, mid))
		},
		push: {
			offer: (most, bytes) => reached(null, (db) => offerRows(db, most, bytes)),
			acknowledge: (acks, at) => reached(undefined, (db) => acknowledgeRows(db, acks, at)),
			acked: () => reached(0, ackedUpTo),
			seal: (key, unopened) => opened(0, (on) => sealRows(on, key, unopened)),
			fork: () => opened(false, (on) => forkRows(on).then(() => true)),
			checkpoint: (lastSeq) => opened(false, (on) => noticeLoss(on, lastSeq)),
			reoffer: (from) => reached(undefined, (db) => reofferRows(db, from)),
			prune: (now) => reached(undefined, (db) => pruneRows(db, now))
		}
	};
}

const NOTHING: readonly OutboxItem[] = [];
