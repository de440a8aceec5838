// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import { PROFILE_VERSION } from '#store/db.ts';
import { createPhoneLock } from '#store/lock/create-lock.ts';
import { openPhoneStore, type PhoneStore } from '#store/phone-store.ts';
import { asideName, readAside } from '#store/set-aside.ts';
import { keysApart } from '../unit/store/phone.ts';
import { FROZEN, thaw } from './thaw.ts';

/** What nobody else has is beside the database while it is brought to a newer version, and gone when that has worked. */
const open: PhoneStore[] = [];
afterEach(() => open.splice(0).forEach((store) => store.close()));
async function start(parts: Parameters<typeof openPhoneStore>[0]) {
	const store = openPhoneStore(parts);
	open.push(store);
	await store.ready;
	return store;
}
/** The newest phone there is, as one that still has to be upgraded: whatever the version is by then. */
const frozen = FROZEN.at(-1)!;
const older = () => thaw(frozen, { native: PROFILE_VERSION * 10 - 5 });
const { profile } = frozen.phone;
const aside = (parts: { indexedDB: IDBFactory }) => readAside(profile, parts.indexedDB);
const names = async ({ indexedDB }: { indexedDB: IDBFactory }) =>
	(await indexedDB.databases()).map(({ name }) => name);
const textsOf = (copy: string) =>
	(JSON.parse(copy) as { outbox: { args: { text?: string } | null }[] }).outbox.map((one) => one.args?.text);
const idsOf = (copy: string) =>
	(JSON.parse(copy) as { rows: { id: string }[] }).rows.map((row) => row.id).sort();

/** The upgrade itself fails; making the copy beside it does not. */
async function withoutUpgrade<T>(work: () => Promise<T>): Promise<T> {
	const create = IDBDatabase.prototype.createObjectStore;
	const index = IDBObjectStore.prototype.createIndex;
	const fail = function (this: IDBDatabase, ...args: Parameters<typeof create>) {
		if (!this.name.startsWith('alongside-aside-'))
			throw new DOMException('no room for a table', 'UnknownError');
		return create.apply(this, args);
	};
	IDBDatabase.prototype.createObjectStore = fail as typeof create;
	IDBObjectStore.prototype.createIndex = () => {
		throw new DOMException('no room for an index', 'UnknownError');
	};
	try {
		return await work();
	} finally {
		IDBDatabase.prototype.createObjectStore = create;
		IDBObjectStore.prototype.createIndex = index;
	}
}

describe('before an upgrade', () => {
	it.each(FROZEN.filter(({ version }) => version < PROFILE_VERSION))(
		'of a version $version phone, its own rows, what waits and the keys are set aside as they lie, and no row of the council',
		async (one) => {
			const parts = await thaw(one);
			const before = one.phone.database as Record<string, { scope?: string }[]>;
			await start(parts);
			const kept = (await readAside(one.phone.profile, parts.indexedDB))!;
			const granted = new Set((before['scopes'] as unknown as { id: string }[]).map(({ id }) => id));
			expect(granted.size).toBeGreaterThan(0);
			expect(kept['rows']).toHaveLength(before['rows']!.filter((row) => !granted.has(row.scope!)).length);
			expect(kept['outbox'] ?? []).toHaveLength(before['outbox']?.length ?? 0);
			expect(kept['keys']).toHaveLength(before['keys']!.length);
			expect(JSON.stringify(kept)).not.toContain('assessment');
		}
	);

	it('and the copy goes at the next opening that works, not before', async () => {
		const parts = await older();
		const first = await start(parts);
		expect(first.state()).toBe('open');
		expect(Object.keys((await aside(parts))!)).toEqual(expect.arrayContaining(['rows', 'outbox', 'keys']));
		first.close();
		const next = await start(parts);
		expect(next.state()).toBe('open');
		await expect.poll(() => names(parts)).not.toContain(asideName(profile));
		expect(next.outbox.items().length).toBeGreaterThan(0);
	});

	it('a phone that is up to date gets none', async () => {
		const parts = await thaw(frozen);
		await start(parts);
		expect(await names(parts)).not.toContain(asideName(profile));
	});

	it('a copy that cannot be made holds nothing up', async () => {
		const parts = await older();
		const add = IDBObjectStore.prototype.add;
		IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...args: Parameters<typeof add>) {
			if (this.name === 'kept') throw new DOMException('full', 'QuotaExceededError');
			return add.apply(this, args);
		} as typeof add;
		try {
			expect((await start(parts)).state()).toBe('open');
		} finally {
			IDBObjectStore.prototype.add = add;
		}
	});
});

describe('an upgrade that fails', () => {
	it('leaves the copy, and the rescue offers what the database lost, each thing once', async () => {
		const parts = await thaw(frozen, { native: PROFILE_VERSION * 10 - 5, without: 'damaged' });
		const whole = await start(await thaw(frozen));
		const [rows, texts] = [idsOf(await whole.exportAll()), textsOf(await whole.exportAll())];
		await withoutUpgrade(async () => {
			const store = await start(parts);
			expect(store.state()).toBe('failed');
			expect(idsOf(await store.exportAll())).toEqual(rows);
			expect(textsOf(await store.exportAll())).toEqual(texts);
			// What an upgrade may do at its worst: the tables are there and empty.
			const raw = await new Dexie(parts.name, parts).open();
			await raw.table('outbox').clear();
			await raw.table('rows').clear();
			await raw.table('keys').clear();
			raw.close();
			expect(textsOf(await store.exportAll())).toEqual(texts);
			const own = idsOf(await store.exportAll());
			expect(own.length).toBeGreaterThan(0);
			expect(rows).toEqual(expect.arrayContaining(own));
			// And at its very worst it is gone.
			await new Dexie(parts.name, parts).delete();
			expect(textsOf(await store.exportAll())).toEqual(texts);
		});
	});

	it('is tried again: a second copy stands in place of the first, and does not double it', async () => {
		const parts = await thaw(frozen, { native: PROFILE_VERSION * 10 - 5, without: 'damaged' });
		const count = async () => (await aside(parts))!['outbox']!.length;
		await withoutUpgrade(async () => {
			(await start(parts)).close();
			const once = await count();
			await start(parts);
			expect(await count()).toBe(once);
		});
	});
});

describe('the copy does not outlive what it copies', () => {
	it('“remove everything” takes it too', async () => {
		const parts = await older();
		const store = await start(parts);
		expect(await names(parts)).toContain(asideName(profile));
		await store.removeEverything('all');
		expect((await names(parts)).filter((name) => name !== 'alongside')).toEqual([]);
	});

	it('a lock that is set takes it first: no old way in opens what the lock shuts', async () => {
		const parts = await older();
		const lock = createPhoneLock({ indexedDB: parts.indexedDB, startKeys: async () => keysApart() });
		const store = await start({ ...parts, lock });
		expect(await names(parts)).toContain(asideName(profile));
		const shown = lock.newRecoveryCode();
		await lock.setSecret({ kind: 'pin', text: '482915', recovery: shown });
		expect(await names(parts)).not.toContain(asideName(profile));
		expect(store.state()).toBe('open');
		lock.close();
	});
});
