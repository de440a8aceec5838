// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import type { OpenCase } from '#features/open-case/open-case.svelte.ts';
import { familyOf } from '#features/open-case/projection.ts';
import { isBegun, recordsOf, removeRecord, saveRecord } from '#features/open-case/records.ts';
import { makeBackup, restoreBackup } from '#store/backup.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { CASE, own, phone } from '../store/phone.ts';

vi.setConfig({ testTimeout: 30_000 });
const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one.open();
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const WORDS = { way: 'passphrase' as const, text: 'blue tram on Moseley Road' };
/** What the log needs of an opened case, on a real store. */
const openOn = (store: PhoneStore) =>
	({
		parts: { store },
		today: { now: () => new Date('2026-11-25T09:00:00Z') },
		get family() {
			return familyOf(store.rows());
		}
	}) as unknown as OpenCase;

async function lived() {
	const store = await fresh();
	const { id } = await store.begin();
	await store.put([{ scope: own(id), t: 'case', id: CASE, v: { child: { givenName: 'Amaani' } } }]);
	const open = openOn(store);
	return { store, open, child: open.family!.children[0]!, profile: id };
}
const CALL = { kind: 'call', on: '2026-11-24', text: 'She said Friday', who: 'Dawn Harris' } as const;

it('a line lies in the writer’s own scope, is changed in place, and nothing of it waits for the council', async () => {
	const { store, open, child, profile } = await lived();
	await saveRecord(open, child, { id: 'r1', v: CALL });
	expect(recordsOf(open, child)).toMatchObject([
		{ id: 'r1', scope: own(profile), v: { ...CALL, case: CASE } }
	]);
	expect(isBegun(recordsOf(open, child)[0]!)).toBe(true);
	// Of a newer app: what it added is not lost when this one changes the line.
	const [row] = recordsOf(open, child);
	await store.put([{ scope: row!.scope, t: 'record', id: 'r1', v: { ...row!.v, mood: 'tired' } }]);
	const v = { ...CALL, text: 'She said Friday noon', who: undefined, writtenAt: '2026-11-25T09:00:00Z' };
	await saveRecord(open, child, { id: 'r1', v });
	const [changed, ...others] = recordsOf(open, child);
	expect(others).toEqual([]);
	expect(changed!.v).toMatchObject({ text: 'She said Friday noon', mood: 'tired' });
	expect(changed!.v.who).toBeUndefined();
	expect(isBegun(changed!)).toBe(false);
	expect(store.outbox.items()).toEqual([]);
	await removeRecord(open, 'r1');
	expect(recordsOf(open, child)).toEqual([]);
	await removeRecord(open, 'r1');
});

it('is in the plain copy and in the backup file, sealed there, and comes back whole on another phone', async () => {
	const { store, open, child } = await lived();
	await saveRecord(open, child, { id: 'r1', v: CALL });
	await saveRecord(open, child, {
		id: 'r2',
		v: { kind: 'out-of-school', on: '2026-11-02', until: '2026-11-04', text: '' }
	});
	const plain = await store.exportAll();
	expect(plain).toContain('She said Friday');
	const sealed = await makeBackup(store, WORDS);
	expect(sealed).not.toContain('Friday');
	for (const [file, password] of [[sealed, WORDS.text], [plain]] as const) {
		const other = await fresh();
		expect(await restoreBackup(other, file, password)).toMatchObject({ ok: true, added: 3 });
		const there = openOn(other);
		const rows = recordsOf(there, there.family!.children[0]!);
		expect(rows.map(({ id, v }) => [id, v.kind, v.on, v.until, v.who, v.text])).toEqual([
			['r1', 'call', '2026-11-24', undefined, 'Dawn Harris', 'She said Friday'],
			['r2', 'out-of-school', '2026-11-02', '2026-11-04', undefined, '']
		]);
	}
});

it('a line that could not be written is as it was, and the screen hears of it', async () => {
	const { store, open, child } = await lived();
	await saveRecord(open, child, { id: 'r1', v: CALL });
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	const change = saveRecord(open, child, { id: 'r1', v: { ...CALL, text: '' } });
	await expect(change).rejects.toMatchObject({ name: 'StorageFull' });
	vi.restoreAllMocks();
	expect(recordsOf(open, child)[0]!.v.text).toBe('She said Friday');
	expect(store.state()).toBe('open');
});
