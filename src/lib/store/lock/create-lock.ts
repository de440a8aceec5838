import { Locked } from '../errors.ts';
import type { KeyCore } from '../keys/key-core.ts';
import type { RemoteKeys } from '../keys/keys-over.ts';
import { newRecoveryCode } from '../keys/recovery-code.ts';
import type { LockFacts, PhoneLock } from '../phone-lock.ts';
import { factsOf, isSet } from './facts.ts';
import { createKeepers } from './keepers.ts';
import { createLateClock, type Clocks } from './ladder.ts';
import { profilesOf, saveCurrent, saveShared, saveTimes } from './people.ts';
import { nobody, readLock, readRegistry } from './read-lock.ts';
import { markClock, setClock } from './step-ladder.ts';
import { otherTabs, type Tabs } from './tabs.ts';

export type LockParts = {
	indexedDB?: IDBFactory;
	clocks?: Clocks;
	/** Starts a thread that holds keys: a worker in a browser. */
	startKeys?: () => Promise<RemoteKeys>;
	tabs?: Tabs;
};

/** What a store does around a lock; the early store and the real one each attach theirs. */
export type LockGuard = {
	/** Before the keys go: waits for writes that have begun, and begins no more. */
	settle(): Promise<void>;
	/** Opened, locked, set, removed or turned to somebody else: looks again. */
	changed(): Promise<void>;
	/** Mints the profile that a lock is set on, where there is none yet. */
	begin?(): Promise<unknown>;
};

export type LockHost = PhoneLock & {
	attach(guard: LockGuard): () => void;
	/** The keys of an opened profile with a lock; null: it has none, or it is not opened. */
	keysOf(profile: string): KeyCore | null;
	/** After a complete pull at the server's time `at` (epoch ms): the phone's latest moment is that one again. */
	contact(profile: string, at: number): Promise<void>;
	/** Ends the thread without a word, because what it could open is being removed. */
	forgetKeys(): void;
	/** Whether this profile waits to be opened. Answers false for what only the real store can judge. */
	isLocked(profile: string): Promise<boolean>;
	close(): void;
};

const BROWSER: Clocks = { now: () => Date.now(), steady: () => performance.now() };

async function inWorker(): Promise<RemoteKeys> {
	return (await import('../keys/start-worker.ts')).startKeyWorker();
}

/** The lock of this phone, on plain IndexedDB, so that it works before Dexie is here. One for a page. */
export function createPhoneLock(parts: LockParts = {}): LockHost {
	const clocks = parts.clocks ?? BROWSER;
	const clock = createLateClock(clocks);
	const guards = new Set<LockGuard>();
	const keepers = createKeepers();
	let held: { profile: string; keys: RemoteKeys } | null = null;
	/** Started for a try that failed: the next try need not start it again. */
	let spare: RemoteKeys | null = null;
	let shown: string | null = null;
	let turn: Promise<unknown> = Promise.resolve();

	/** A browser short of memory may end the thread: then the profile is as good as locked. */
	const heldFor = (profile: string) => (held?.profile === profile && held.keys.alive() ? held : null);
	const idb = () => {
		const found = parts.indexedDB ?? globalThis.indexedDB;
		if (!found) throw new Locked();
		return found;
	};
	/** Opening, setting and locking follow each other. */
	function inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = turn.then(work, work);
		turn = result.catch(() => undefined);
		return result;
	}
	const tell = () => Promise.all([...guards].map((guard) => guard.changed()));

	function forget() {
		held?.keys.end();
		spare?.end();
		held = null;
		spare = null;
		shown = null;
	}

	async function lockHere(): Promise<void> {
		if (!held) return void (await tell());
		await keepers.run();
		await Promise.all([...guards].map((guard) => guard.settle()));
		forget();
		await tell();
	}

	const tabs = parts.tabs ?? otherTabs();
	tabs.listen((word) => {
		void inTurn(() => (word === 'lock' ? lockHere() : tell().then(() => undefined)));
	});

	async function threadOfKeys(): Promise<RemoteKeys> {
		if (!spare?.alive()) spare = await (parts.startKeys ?? inWorker)();
		return spare;
	}

	/** The current profile with its keys in the thread, also when no lock is set yet. Throws Locked. */
	async function opened(): Promise<{ idb: IDBFactory; profile: string; keys: RemoteKeys }> {
		for (const guard of guards) await guard.begin?.();
		const { current, device, ...registry } = await readRegistry(idb());
		if (!current) throw new Locked();
		const mine = heldFor(current);
		if (mine) return { idb: idb(), ...mine };
		const read = await readLock(idb(), current, { current, device, ...registry });
		const row = read?.keys.find((key) => key.wrapping === 'device');
		if (!row || !device) throw new Locked();
		const keys = await threadOfKeys();
		await keys.unlock(row, { wrapping: 'device', key: device });
		return { idb: idb(), profile: current, keys };
	}

	function take(profile: string, keys: RemoteKeys) {
		if (held && held.keys !== keys) held.keys.end();
		if (spare === keys) spare = null;
		held = { profile, keys };
	}

	/** Changes the ways in of the opened profile; from then on its keys live in the thread. */
	function changing(work: (on: Awaited<ReturnType<typeof opened>>) => Promise<void>): Promise<void> {
		return inTurn(async () => {
			const on = await opened();
			await work(on);
			take(on.profile, on.keys);
			await tell();
			tabs.post('changed');
		});
	}

	async function readAll(id?: string) {
		const registry = await readRegistry(idb());
		const profile = id ?? registry.current;
		return { registry, profile, read: profile ? await readLock(idb(), profile, registry) : null };
	}

	async function facts(): Promise<LockFacts> {
		const { registry, profile, read } = await readAll();
		const at = clock.at(read?.ladder.clock ?? 0);
		if (profile && read && isSet(read.keys)) {
			await markClock({ idb: idb(), profile }, at).catch(() => undefined);
		}
		return factsOf(read ?? nobody(registry), at, clocks.now());
	}

	return {
		facts,
		newRecoveryCode: () => (shown = newRecoveryCode()),
		setSecret: (secret) =>
			changing(async (on) => {
				await (await import('./set-lock.ts')).setSecret(on, secret, shown);
				shown = null;
			}),
		addPasskey: ({ credentialId, prf }) =>
			changing(async (on) =>
				(await import('./set-lock.ts')).addWay(on, { wrapping: 'prf', by: credentialId, bytes: prf })
			),
		addServerSecret: (secret) =>
			changing(async (on) =>
				(await import('./set-lock.ts')).addWay(on, { wrapping: 'server', bytes: secret })
			),
		sealFile: (by, plain) =>
			inTurn(async () => {
				const { fileSecret } = await import('./set-lock.ts');
				const { profile, read } = await readAll();
				const keys = (profile ? heldFor(profile)?.keys : null) ?? (await threadOfKeys());
				return keys.sealFile(await fileSecret(by, { keys: read?.keys ?? [], core: keys }), plain);
			}),
		openFile: (by, seal) =>
			inTurn(async () => {
				const { typed } = await import('./set-lock.ts');
				return (await threadOfKeys()).openFile(typed(by), seal);
			}),
		remove: () => changing(async (on) => (await import('./set-lock.ts')).removeLock(on)),
		open: (by) =>
			inTurn(async () => {
				const { profile, read } = await readAll();
				if (!profile || !read || !isSet(read.keys) || heldFor(profile)) return { ok: true };
				const { tryOpen } = await import('./open-lock.ts');
				const { keys, ...outcome } = await tryOpen({
					idb: idb(),
					profile,
					read,
					by,
					clock,
					now: clocks.now,
					keys: threadOfKeys
				});
				if (!keys) return outcome;
				take(profile, keys);
				await tell();
				return outcome;
			}),
		lockNow: () =>
			inTurn(async () => {
				const { read } = await readAll();
				if (!read || !isSet(read.keys)) return;
				tabs.post('lock');
				await lockHere();
			}),
		beforeLock: keepers.add,
		async setTimes(times) {
			await inTurn(() => saveTimes(idb(), times));
			tabs.post('changed');
		},
		setShared: async (on) => saveShared(idb(), on),
		profiles: async () => profilesOf(idb(), (id) => heldFor(id) !== null),
		switchTo: (id) =>
			inTurn(async () => {
				const { profiles } = await readRegistry(idb());
				if (id !== 'new' && !profiles.some((one) => one.id === id)) throw new Locked();
				await keepers.run();
				await Promise.all([...guards].map((guard) => guard.settle()));
				tabs.post('lock');
				forget();
				await saveCurrent(idb(), id);
				await tell();
				tabs.post('changed');
			}),
		attach(guard) {
			guards.add(guard);
			return () => guards.delete(guard);
		},
		keysOf: (profile) => heldFor(profile)?.keys ?? null,
		async isLocked(profile) {
			const { read } = await readAll(profile);
			// Storage cleared under an open page: what is written with these keys could never be opened again.
			if (read?.keys.length === 0 && heldFor(profile)) forget();
			if (heldFor(profile)) return false;
			return read !== null && isSet(read.keys);
		},
		async contact(profile, at) {
			if (!heldFor(profile) || Number.isNaN(at)) return;
			clock.trust();
			await setClock({ idb: idb(), profile }, at);
		},
		forgetKeys: forget,
		close() {
			tabs.close();
			forget();
		}
	};
}
