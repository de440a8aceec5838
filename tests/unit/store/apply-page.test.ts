// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { applyPage, sealPage } from '#store/apply-page.ts';
import { profileDb } from '#store/db.ts';
import { retireKey } from '#store/isolate.ts';
import { newDeviceKey } from '#store/keys/aes.ts';
import { openProfileKey } from '#store/keys/profile-key.ts';
import { createSealer } from '#store/keys/sealer.ts';

it('refuses rows sealed with a key that is no longer the scope’s, and takes them with the right one', async () => {
	const scope = 'case:22222222-2222-4222-8222-222222222222:shared';
	const db = profileDb('p', { indexedDB: new IDBFactory(), IDBKeyRange });
	const keys = await openProfileKey(db, await newDeviceKey());
	const [mine, theirs] = [createSealer(db, () => keys), createSealer(db, () => keys)];
	await db.scopes.put({ id: scope, cookie: null, gen: 0, mismatches: 0 });
	await mine.seal(scope, []);
	await retireKey(db, scope);
	await theirs.seal(scope, []);
	const patch = [{ op: 'put' as const, t: 'event', id: 'e1', ver: 1, sv: 1, v: { a: 1 } }];
	const page = { id: scope, from: null, to: 1, reset: true, patch };
	expect(await applyPage({ db, sealer: mine }, { page, first: true, ready: sealPage(mine, page) })).toBe(
		'stale'
	);
	expect(await db.rows.count()).toBe(0);
	expect(await applyPage({ db, sealer: mine }, { page, first: true, ready: sealPage(mine, page) })).toBe(
		'done'
	);
	expect(await theirs.open([(await db.rows.get([scope, 'event', 'e1']))!])).toEqual([{ v: { a: 1 } }]);
	db.close();
});
