import { liveQuery, type Subscription } from 'dexie';
import { openChecked, registryDb, REGISTRY_VERSION, type IdbParts } from './db.ts';
import { isNewer, StorageBlocked, Vanished } from './errors.ts';
import { copyOf, rescueCopy } from './export-all.ts';
import type { FamilyStore, StoreState } from './family-store.ts';
import { removeLocal, writeLocal } from './local-rows.ts';
import { createMemoryPull } from './memory-pull.ts';
import { readMeta } from './meta.ts';
import { openSession, type Session } from './profile-session.ts';
import { createProfilePull } from './profile-pull.ts';
import { deviceKey, forgetProfile, mintProfile, probe, readCurrent, sweepRemoved } from './profiles.ts';
import type { PullStore } from './pull-store.ts';
import { createSignal } from './signal.ts';

export type PhoneParts = IdbParts & {
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

/** Opens the phone's memory. Returns at once in state `opening`; never throws, never deletes. */
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

	/** Opens whatever profile the registry names now. */
	async function reload(): Promise<void> {
		drop();
		failedProfile = null;
		try {
			const id = await readCurrent(registry);
			if (id) {
				failedProfile = id;
				session = await openSession({ registry, parts: idbOf(parts) }, id, events);
				failedProfile = null;
			}
			heldUp = false;
			become('open');
		} catch (error) {
			become(isNewer(error) ? 'update-needed' : 'failed');
		}
	}

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
				if (state === 'open' && id !== (session?.id ?? null)) void inTurn(follow);
			},
			error: () => undefined
		});
		await sweepRemoved(registry, idbOf(parts)).catch(() => undefined);
	}

	/** In its turn, so that a profile this tab just minted is not opened again. */
	async function follow() {
		const id = await readCurrent(registry);
		if (id !== (session?.id ?? null)) await reload();
	}

	const ready = inTurn(start);

	async function begin(): Promise<Session> {
		await ready;
		if (state === 'online-only') throw new StorageBlocked();
		return inTurn(async () => {
			if (session) return session;
			if (state !== 'open') throw new StorageBlocked();
			await mintProfile(registry);
			await reload();
			if (!session) throw new StorageBlocked();
			return session;
		});
	}

	/** Runs a write; a database emptied under us is opened afresh, and the write is reported as not kept. */
	async function writing<T>(work: (on: Session) => Promise<T>): Promise<T> {
		const on = await begin();
		try {
			const done = await work(on);
			if (!asked) parts.saved?.();
			asked = true;
			return done;
		} catch (error) {
			if (!(error instanceof Vanished)) throw error;
			await inTurn(reload);
			throw new StorageBlocked();
		}
	}

	async function removeCaches() {
		// The app's own files hold nothing about anybody and are what keeps it opening offline; the rest tells what was read.
		for (const name of (await parts.caches?.keys().catch(() => [])) ?? []) {
			if (!name.startsWith('alongside-shell-')) await parts.caches?.delete(name);
		}
	}

	/** Data of the server's can be fetched again, so a pull only notices; the next one starts from an empty phone. */
	async function noticing<T>(work: Promise<T>): Promise<T> {
		return work.catch(async (error: unknown) => {
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
			if (session) return copyOf(session.id, session.set.all(), await session.db.damaged.count());
			const id = failedProfile ?? (await readCurrent(registry).catch(() => null));
			if (!id) return copyOf(null, memory.rows(), 0);
			return rescueCopy(id, await deviceKey(registry, id), idbOf(parts));
		},
		async removeEverything() {
			await ready;
			await inTurn(async () => {
				memory.clear();
				const id = session?.id ?? (await readCurrent(registry).catch(() => null));
				drop();
				if (id) {
					await forgetProfile(registry, id);
					await sweepRemoved(registry, idbOf(parts));
				}
				await removeCaches();
				asked = false;
				if (state !== 'online-only') become('open');
			});
		},
		pull: {
			position: (mint) => ready.then(() => pull().position(mint)),
			openAccount: (account) => noticing(pull().openAccount(account)),
			closeAccount: () => pull().closeAccount(),
			enterEpoch: (epoch) => noticing(pull().enterEpoch(epoch)),
			applyPage: (page, first) => noticing(pull().applyPage(page, first)),
			settleScopes: (end) => pull().settleScopes(end),
			async pulled(at) {
				await pull().pulled(at);
				if (!asked && state === 'open') parts.saved?.();
				asked = true;
			}
		},
		heldUp: () => heldUp,
		close() {
			watch?.unsubscribe();
			drop();
			registry.close();
		}
	};
}

const NO_ROWS: readonly never[] = [];
const idbOf = ({ indexedDB, IDBKeyRange }: IdbParts): IdbParts =>
	indexedDB && IDBKeyRange ? { indexedDB, IDBKeyRange } : {};
