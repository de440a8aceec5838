import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { profileDb, type ProfileDb } from '#store/db.ts';
import type { Stretching } from '#store/keys/key-core.ts';
import { keysOver, type RemoteKeys } from '#store/keys/keys-over.ts';
import { serveKeys, type Port } from '#store/keys/serve-keys.ts';
import { stretch } from '#store/keys/argon.ts';
import { createPhoneLock, type LockHost } from '#store/lock/create-lock.ts';
import { otherTabs } from '#store/lock/tabs.ts';
import { openPhoneStore, type PhoneParts, type PhoneStore } from '#store/phone-store.ts';

/** Argon2id with the least effort it knows: what is tested is what happens around it. */
export const LIGHT: Stretching = {
	again: stretch,
	async anew(text) {
		const used = { memory: 8, passes: 1, salt: crypto.getRandomValues(new Uint8Array(16)) };
		return { bytes: (await stretch(text, used))!, used };
	}
};

/** The keys behind a real channel, as in a worker: what cannot be cloned does not arrive. */
export function keysApart(stretching: Stretching = LIGHT): RemoteKeys {
	const { port1, port2 } = new MessageChannel();
	serveKeys(port2 as unknown as Port, async (url) => {
		if (url !== 'app://argon') throw new TypeError('Not told where to find it.');
		return stretching;
	});
	const keys = keysOver(port1 as unknown as Port, async () => 'app://argon');
	port1.start();
	port2.start();
	return {
		...keys,
		end() {
			keys.end();
			port1.close();
		}
	};
}

/** The time on a phone, and since it was switched on: either can be moved. */
export function clocksAt(start: string) {
	let now = Date.parse(start);
	let steady = 0;
	return {
		now: () => now,
		steady: () => steady,
		/** Time goes by. */
		pass(ms: number) {
			now += ms;
			steady += ms;
		},
		/** Somebody sets the clock. */
		set: (iso: string) => void (now = Date.parse(iso)),
		/** The page is opened anew: the steady clock begins again. */
		restart: () => void (steady = 0)
	};
}

let phones = 0;

/** A phone: its own IndexedDB, opened as often as a test likes ("tabs", restarts). */
export function phone(parts: Omit<PhoneParts, 'indexedDB' | 'IDBKeyRange' | 'lock'> = {}) {
	const idb = { indexedDB: new IDBFactory(), IDBKeyRange };
	const clocks = clocksAt('2026-11-25T09:00:00Z');
	const name = `tabs-${phones++}`;
	const opened: PhoneStore[] = [];
	const locks: LockHost[] = [];
	const lock = () => {
		const one = createPhoneLock({
			indexedDB: idb.indexedDB,
			clocks,
			startKeys: async () => keysApart(),
			tabs: otherTabs(name)
		});
		locks.push(one);
		return one;
	};
	return {
		idb,
		clocks,
		/** The lock of one more tab, before its store is here. */
		lock,
		async open(more: PhoneParts = {}): Promise<PhoneStore & { lock: LockHost }> {
			const host = more.lock ?? lock();
			const store = openPhoneStore({ ...idb, ...parts, ...more, lock: host });
			opened.push(store);
			await store.ready;
			return { ...store, lock: host };
		},
		/** The profile's database as it lies on the disk. */
		async raw<T>(id: string, work: (db: ProfileDb) => PromiseLike<T>): Promise<T> {
			const db = profileDb(id, idb);
			try {
				await db.open();
				return await work(db);
			} finally {
				db.close();
			}
		},
		close() {
			opened.splice(0).forEach((store) => store.close());
			locks.splice(0).forEach((one) => one.close());
		}
	};
}

/** Resolves when `true()` holds after some change; never by waiting for time. */
export function until(store: Pick<PhoneStore, 'subscribe'>, holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		if (holds()) return resolve();
		const leave = store.subscribe(() => {
			if (!holds()) return;
			leave();
			resolve();
		});
	});
}

export const CASE = '11111111-1111-4111-8111-111111111111';
export const own = (profile: string) => `case:${CASE}:own:${profile}`;
export const eventRow = (scope: string, id: string, on = '2026-09-01') => ({
	scope,
	t: 'event',
	id,
	v: { type: 'assessment.requested', on, detail: {} }
});
