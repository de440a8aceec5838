import { liveQuery, type Subscription } from 'dexie';
import { openChecked, REGISTRY_VERSION, type IdbParts, type Registry } from './db.ts';
import { isNewer, Locked, StorageBlocked } from './errors.ts';
import type { StoreState } from './family-store.ts';
import type { LockHost } from './lock/create-lock.ts';
import { openSession, type Session } from './profile-session.ts';
import { createProfilePull } from './profile-pull.ts';
import { mintProfile, probe, readCurrent, sweepRemoved } from './profiles.ts';
import type { PullStore } from './pull-store.ts';
import type { Signal } from './signal.ts';

type PageParts = { registry: Registry; idb: IdbParts; lock: LockHost; signal: Signal };

/**
 * Which profile this page has open, and the state that follows from it: one at a time, opened, locked, minted and dropped in turn.
 * Opening begins at once.
 */
export function createPageProfile({ registry, idb, lock, signal }: PageParts) {
	let state: StoreState = 'opening';
	let session: Session | null = null;
	let failedProfile: string | null = null;
	let heldUp = false;
	let watch: Subscription | null = null;
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
		session = await openSession({ registry, parts: idb, keys: lock.keysOf(id) }, id, events);
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
			await openChecked(registry, REGISTRY_VERSION, idb);
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
		await sweepRemoved(registry, idb).catch(() => undefined);
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

	return {
		ready,
		state: () => state,
		session: () => session,
		/** The profile in use, locked or not; null where there is none. */
		current: () => current,
		/** The profile that could not be opened. */
		failed: () => failedProfile,
		heldUp: () => heldUp,
		begin,
		begun,
		signedIn: (account: NonNullable<typeof signedIn>) => void (signedIn = account),
		/** Opens whatever is there now: the database was emptied under the page. */
		reopen: () => inTurn(reload),
		/** Runs `work` with nothing open; afterwards the phone is as new, or has other people on it. */
		emptied: (work: (id: string | null) => Promise<void>) =>
			inTurn(async () => {
				const id = session?.id ?? (await readCurrent(registry).catch(() => null));
				drop();
				lock.forgetKeys();
				await work(id);
				current = null;
				signedIn = null;
				if (state !== 'online-only') become('open');
			}),
		close() {
			detach();
			watch?.unsubscribe();
			drop();
		}
	};
}
