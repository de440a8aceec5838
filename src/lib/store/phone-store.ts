import { liveQuery, type Subscription } from 'dexie';
import { openChecked, registryDb, REGISTRY_VERSION, type IdbParts } from './db.ts';
import { isNewer, Locked, StorageBlocked, Vanished } from './errors.ts';
import { copyOf, rescueCopy } from './export-all.ts';
import type { FamilyStore, StoreState } from './family-store.ts';
import { removeLocal, writeLocal } from './local-rows.ts';
import { createFrontPull } from './front-pull.ts';
import { createPhoneLock, type LockHost } from './lock/create-lock.ts';
import { lockedPosition } from './lock/read-lock.ts';
import { createMemoryPull } from './memory-pull.ts';
import { readMeta } from './meta.ts';
import { openSession, type Session } from './profile-session.ts';
import { createProfilePull } from './profile-pull.ts';
import {
	deviceKey,
	forgetProfiles,
	mintProfile,
	probe,
	profileIds,
	readCurrent,
	sweepRemoved
} from './profiles.ts';
import type { PullStore } from './pull-store.ts';
import { createSignal } from './signal.ts';

export type PhoneParts = IdbParts & {
	/** The page's lock, when the first look made it already. */
	lock?: LockHost;
	/** Called after the first durable write of this page: the moment to ask the browser to keep it (persist). */
	saved?: () => void;
	/** The browser's caches; what a removal deletes from them is decided in `removeEverything`. */
	caches?: Pick<CacheStorage, 'keys' | 'delete'>;
};

export type PhoneStore = FamilyStore & {
	/** For sync alone. */
	pull: PullStore;
	/** Resolves when the state is no longer `opening`. */
	ready: Promise<void>;
	/** An older tab keeps the database from being upgraded: ask the person to close it. */
	heldUp(): boolean;
	close(): void;
};

/**
 * Opens the phone's memory. Returns at once in state `opening`; never throws, never deletes. (Longer than other files because the
 * page has one state, and everything here reads or moves it.)
 */
export function openPhoneStore(parts: PhoneParts = {}): PhoneStore {
	const signal = createSignal();
	const registry = registryDb(idbOf(parts));
	const memory = createMemoryPull(signal.emit);
	let state: StoreState = 'opening';
	let session: Session | null = null;
	let failedProfile: string | null = null;
	let heldUp = false;
	let asked = false;
	let watch: Subscription | null = null;
	const lock = parts.lock ?? createPhoneLock(idbOf(parts));
	/** The profile that the registry named when it was last looked at, opened or locked. */
	let current: string | null = null;
	/** A lock is closing: what has begun is waited for, nothing begins. */
	let settling = false;
	const busy = new Set<Promise<unknown>>();
	/** Somebody signed in while the phone was locked: whose it is shows when it opens. */
	let signedIn: Parameters<PullStore['openAccount']>[0] | null = null;
	/** Openings follow each other; two at once would open one profile twice. */
	let turn: Promise<unknown> = Promise.resolve();

	function become(next: StoreState) {
		state = next;
		signal.emit();
	}

	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = turn.then(work, work);
		turn = result.catch(() => undefined);
		return result;
	}

	function drop() {
		session?.close();
		session = null;
	}

	const events = {
		changed: signal.emit,
		lost: () => void inTurn(reload),
		replaced(gone: boolean) {
			drop();
			if (gone) void inTurn(reload);
			else become('update-needed');
		},
		blocked() {
			heldUp = true;
			signal.emit();
		}
	};

	/** Opens whatever profile the registry names now, unless it is locked. */
	async function reload(): Promise<void> {
		drop();
		failedProfile = null;
		try {
			current = await readCurrent(registry);
			const locked = current !== null && (await lock.isLocked(current));
			if (current && !locked) await openCurrent(current);
			heldUp = false;
			become(locked ? 'locked' : 'open');
		} catch (error) {
			// Another tab may have set a lock while this one was opening.
			if (current && !isNewer(error) && (await lock.isLocked(current))) return become('locked');
			become(isNewer(error) ? 'update-needed' : 'failed');
		}
	}

	async function openCurrent(id: string) {
		failedProfile = id;
		session = await openSession({ registry, parts: idbOf(parts), keys: lock.keysOf(id) }, id, events);
		failedProfile = null;
		const account = signedIn;
		signedIn = null;
		// A letter opened on somebody else's locked phone must not make it theirs.
		if (!account || account.userId !== (session.userId ?? account.userId)) return;
		const opened = session;
		const here = createProfilePull({
			session: () => opened,
			begin: async () => opened,
			changed: signal.emit
		});
		await here.openAccount(account);
	}

	const detach = lock.attach({
		async settle() {
			settling = true;
			await Promise.allSettled(busy);
		},
		changed: () =>
			inTurn(async () => {
				settling = false;
				if (state === 'online-only' || state === 'update-needed' || state === 'opening') return;
				const id = await readCurrent(registry).catch(() => null);
				if (!session || session.id !== id || (await lock.isLocked(id))) return reload();
				const keys = lock.keysOf(id);
				if (keys) session.use(keys);
				signal.emit();
			}),
		begin: () => begin()
	});

	async function start(): Promise<void> {
		try {
			// Without a secure origin there is no WebCrypto, and nothing is ever kept unsealed.
			if (!globalThis.crypto?.subtle) throw new StorageBlocked();
			await openChecked(registry, REGISTRY_VERSION, parts);
			await probe(registry);
		} catch (error) {
			return become(isNewer(error) ? 'update-needed' : 'online-only');
		}
		await reload();
		// Another tab may mint the profile, or remove it.
		watch = liveQuery(() => readCurrent(registry)).subscribe({
			next: (id) => {
				if ((state === 'open' || state === 'locked') && id !== current) void inTurn(follow);
			},
			error: () => undefined
		});
		await sweepRemoved(registry, idbOf(parts)).catch(() => undefined);
	}

	/** In its turn, so that a profile this tab just minted is not opened again. */
	async function follow() {
		if ((await readCurrent(registry)) !== current) await reload();
	}

	const ready = inTurn(start);

	async function begin(): Promise<Session> {
		await ready;
		if (state === 'online-only') throw new StorageBlocked();
		return inTurn(async () => {
			if (settling || state === 'locked') throw new Locked();
			if (session) return session;
			if (state !== 'open') throw new StorageBlocked();
			await mintProfile(registry);
			await reload();
			if (!session) throw new StorageBlocked();
			return session;
		});
	}

	/** What a lock that closes waits for. */
	function begun<T>(work: Promise<T>): Promise<T> {
		const over = work.catch(() => undefined).finally(() => busy.delete(over));
		busy.add(over);
		return work;
	}

	/** Runs a write; a database emptied under us is opened afresh, and the write is reported as not kept. */
	async function writing<T>(work: (on: Session) => Promise<T>): Promise<T> {
		const on = await begin();
		try {
			const done = await begun(work(on));
			if (!asked) parts.saved?.();
			asked = true;
			return done;
		} catch (error) {
			if (!(error instanceof Vanished)) throw error;
			await inTurn(reload);
			throw new StorageBlocked();
		}
	}

	/** Data of the server's can be fetched again, so a pull only notices; the next one starts from an empty phone. */
	async function noticing<T>(work: Promise<T>): Promise<T> {
		return begun(work).catch(async (error: unknown) => {
			if (error instanceof Vanished) await inTurn(reload);
			throw error;
		});
	}

	const diskPull = createProfilePull({ session: () => session, begin, changed: signal.emit });
	const pull = () => (state === 'online-only' ? memory.pull : diskPull);

	return {
		ready,
		state: () => state,
		subscribe: signal.subscribe,
		rows: () => (state === 'online-only' ? memory.rows() : (session?.set.rows() ?? NO_ROWS)),
		profile() {
			if (state === 'online-only') return memory.profile();
			return session && { id: session.id, ...(session.userId ? { userId: session.userId } : {}) };
		},
		async begin() {
			const { id, userId } = await begin();
			return { id, ...(userId ? { userId } : {}) };
		},
		put: (rows) => writing(async (on) => on.set.absorb(await writeLocal(on, rows))),
		remove: (rows) =>
			writing(async (on) => {
				await removeLocal(on.db, rows);
				await on.set.settle();
			}),
		lastPull: () => (state === 'online-only' ? memory.lastPull() : (session?.lastPull ?? null)),
		async health() {
			if (!session) return { parked: 0, invalid: 0, damaged: 0, healed: 0 };
			const damaged = await session.db.damaged.count();
			return { ...session.set.health(), damaged, healed: (await readMeta(session.db, 'healed')) ?? 0 };
		},
		async exportAll() {
			await ready;
			if (state === 'locked') throw new Locked();
			if (session) return copyOf(session.id, session.set.all(), await session.db.damaged.count());
			const id = failedProfile ?? (await readCurrent(registry).catch(() => null));
			if (!id) return copyOf(null, memory.rows(), 0);
			// Without any key the copy still says how much is here that does not open.
			const keys = lock.keysOf(id) ?? (await deviceKey(registry, id).catch(() => null));
			return rescueCopy(id, keys, idbOf(parts));
		},
		async removeEverything(whose = 'mine') {
			await ready;
			await inTurn(async () => {
				memory.clear();
				const id = session?.id ?? (await readCurrent(registry).catch(() => null));
				drop();
				lock.forgetKeys();
				const gone = whose === 'all' ? await profileIds(registry).catch(() => []) : [id];
				await forgetProfiles(
					registry,
					gone.filter((one) => one !== null)
				);
				await sweepRemoved(registry, idbOf(parts));
				current = null;
				signedIn = null;
				await removeCaches(parts.caches);
				asked = false;
				if (state !== 'online-only') become('open');
			});
		},
		pull: createFrontPull({
			ready,
			locked: () => state === 'locked',
			lockedPosition: async () => current && lockedPosition(idbOf(parts), current),
			signedIn: (account) => void (signedIn = account),
			now: pull,
			noticing,
			async pulled(at) {
				if (session) await lock.contact(session.id, Date.parse(at)).catch(() => undefined);
				if (!asked && state === 'open') parts.saved?.();
				asked = true;
			}
		}),
		lock,
		heldUp: () => heldUp,
		close() {
			detach();
			if (!parts.lock) lock.close();
			watch?.unsubscribe();
			drop();
			registry.close();
		}
	};
}

const NO_ROWS: readonly never[] = [];
const idbOf = ({ indexedDB, IDBKeyRange }: IdbParts): IdbParts =>
	indexedDB && IDBKeyRange ? { indexedDB, IDBKeyRange } : {};

async function removeCaches(caches: PhoneParts['caches']): Promise<void> {
	// The app's own files hold nothing about anybody and are what keeps it opening offline; the rest tells what was read.
	for (const name of (await caches?.keys().catch(() => [])) ?? []) {
		if (!name.startsWith('alongside-shell-')) await caches?.delete(name);
	}
}
