import { registryDb, type IdbParts } from './db.ts';
import { Locked, StorageBlocked, Vanished } from './errors.ts';
import { copyOf, rescueCopy } from './export-all.ts';
import type { FamilyStore, OpenRow } from './family-store.ts';
import type { FilePush } from './files.ts';
import { createFiles } from './files/create-files.ts';
import { createFrontPull } from './front-pull.ts';
import { removeLocal, writeLocal } from './local-rows.ts';
import { createPhoneLock, type LockHost } from './lock/create-lock.ts';
import { lockedPosition } from './lock/read-lock.ts';
import { createMemoryPull } from './memory-pull.ts';
import { readMeta } from './meta.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import type { OutboxItem, PushStore } from './outbox.ts';
import { createPageProfile } from './page-profile.ts';
import type { Session } from './profile-session.ts';
import { createProfilePull } from './profile-pull.ts';
import { deviceKey, forgetProfiles, profileIds, readCurrent, sweepRemoved } from './profiles.ts';
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
	push: PushStore;
	filePush: FilePush;
	/** Resolves when the state is no longer `opening`. */
	ready: Promise<void>;
	/** An older tab keeps the database from being upgraded: ask the person to close it. */
	heldUp(): boolean;
	close(): void;
};

/** Opens the phone's memory. Returns at once in state `opening`; never throws, never deletes. */
export function openPhoneStore(parts: PhoneParts = {}): PhoneStore {
	const signal = createSignal();
	const idb = idbOf(parts);
	const registry = registryDb(idb);
	const memory = createMemoryPull(signal.emit);
	const lock = parts.lock ?? createPhoneLock(idb);
	const page = createPageProfile({ registry, idb, lock, signal });
	const { ready } = page;
	let asked = false;

	/** Runs a write; a database emptied under us is opened afresh, and the write is reported as not kept. */
	async function writing<T>(work: (on: Session) => Promise<T>): Promise<T> {
		const on = await page.begin();
		try {
			const done = await page.begun(work(on));
			if (!asked) parts.saved?.();
			asked = true;
			return done;
		} catch (error) {
			if (!(error instanceof Vanished)) throw error;
			await page.reopen();
			throw new StorageBlocked();
		}
	}

	/** Data of the server's can be fetched again, so a pull only notices; the next one starts from an empty phone. */
	async function noticing<T>(work: Promise<T>): Promise<T> {
		return page.begun(work).catch(async (error: unknown) => {
			if (error instanceof Vanished) await page.reopen();
			throw error;
		});
	}

	const diskPull = createProfilePull({ session: page.session, begin: page.begin, changed: signal.emit });
	const { session, current } = page;
	const { outbox, push, reached } = createOutbox({ idb, ready, session, current, writing, noticing });
	const { files, filePush } = createFiles({ session, writing, noticing, reached, changed: signal.emit });
	const pull = () => (page.state() === 'online-only' ? memory.pull : diskPull);

	return {
		ready,
		state: page.state,
		subscribe: signal.subscribe,
		rows: () => (page.state() === 'online-only' ? memory.rows() : (page.session()?.set.rows() ?? NO_ROWS)),
		granted: () => page.session()?.set.granted() ?? NO_ROWS,
		profile() {
			if (page.state() === 'online-only') return memory.profile();
			const session = page.session();
			return session && { id: session.id, ...(session.userId ? { userId: session.userId } : {}) };
		},
		async begin() {
			const { id, userId } = await page.begin();
			return { id, ...(userId ? { userId } : {}) };
		},
		put: (rows) => writing(async (on) => on.set.absorb(await writeLocal(on, rows))),
		remove: (rows) =>
			writing(async (on) => {
				await removeLocal(on.db, rows);
				await on.set.settle();
			}),
		lastPull: () => (page.state() === 'online-only' ? memory.lastPull() : (page.session()?.lastPull ?? null)),
		async health() {
			const session = page.session();
			if (!session) return { parked: 0, invalid: 0, damaged: 0, healed: 0 };
			const damaged = await session.db.damaged.count();
			return { ...session.set.health(), damaged, healed: (await readMeta(session.db, 'healed')) ?? 0 };
		},
		async exportAll() {
			await ready;
			if (page.state() === 'locked') throw new Locked();
			const session = page.session();
			if (session) {
				const unreadable = await session.db.damaged.count();
				const found = { rows: session.set.all(), outbox: session.outbox.items(), unreadable };
				if (!hasFiles(found)) return copyOf(session.id, found);
				const { filesForCopy } = await import('./files/copy-files.ts');
				return copyOf(session.id, { ...found, files: await filesForCopy(session) });
			}
			const id = page.failed() ?? (await readCurrent(registry).catch(() => null));
			if (!id) return copyOf(null, { rows: memory.rows(), outbox: [], unreadable: 0 });
			// Without any key the copy still says how much is here that does not open.
			const keys = lock.keysOf(id) ?? (await deviceKey(registry, id).catch(() => null));
			return rescueCopy(id, keys, idb);
		},
		async removeEverything(whose = 'mine') {
			await ready;
			const devices: string[] = [];
			await page.emptied(async (id) => {
				memory.clear();
				const gone = whose === 'all' ? await profileIds(registry).catch(() => []) : [];
				if (id && !gone.includes(id)) gone.push(id);
				for (const one of gone) {
					const device = (await lockedPosition(idb, one).catch(() => null))?.deviceId;
					if (device) devices.push(device);
				}
				await forgetProfiles(registry, gone);
				await sweepRemoved(registry, idb);
				await removeCaches(parts.caches);
				asked = false;
			});
			return devices;
		},
		outbox,
		push,
		files,
		filePush,
		pull: createFrontPull({
			ready,
			locked: () => page.state() === 'locked',
			async lockedPosition() {
				const id = page.current();
				return id === null ? null : lockedPosition(idb, id);
			},
			signedIn: page.signedIn,
			now: pull,
			noticing,
			async pulled(at) {
				const session = page.session();
				if (session) await lock.contact(session.id, Date.parse(at)).catch(() => undefined);
				if (!asked && page.state() === 'open') parts.saved?.();
				asked = true;
			}
		}),
		lock,
		heldUp: page.heldUp,
		close() {
			page.close();
			if (!parts.lock) lock.close();
			registry.close();
		}
	};
}

const NO_ROWS: readonly never[] = [];
const hasFiles = ({ rows, outbox }: { rows: readonly OpenRow[]; outbox: readonly OutboxItem[] }) =>
	rows.some(({ t }) => t === 'file') ||
	outbox.some(({ args }) => (args as { files?: unknown } | null)?.files !== undefined);
const idbOf = ({ indexedDB, IDBKeyRange }: IdbParts): IdbParts =>
	indexedDB && IDBKeyRange ? { indexedDB, IDBKeyRange } : {};

async function removeCaches(caches: PhoneParts['caches']): Promise<void> {
	// The app's own files hold nothing about anybody and are what keeps it opening offline; the rest tells what was read.
	for (const name of (await caches?.keys().catch(() => [])) ?? []) {
		if (!name.startsWith('alongside-shell-')) await caches?.delete(name);
	}
}
