// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { linkRow } from '#store/case-link.ts';
import { lookAtBackup, makeBackup, restoreBackup } from '#store/backup.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { CASE, eventRow, own, phone } from './phone.ts';

// Parts are fetched when they are first needed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const WORDS = { way: 'passphrase' as const, text: 'blue tram on Moseley Road' };
const SHARED = `case:${CASE}:shared`;

/** A phone with a family's own rows, one of a newer app, and what the council wrote. */
async function lived() {
	const store = await fresh().open();
	const { id } = await store.begin();
	await store.put([
		eventRow(own(id), 'e1'),
		eventRow(own(id), 'e2'),
		{ scope: own(id), t: 'case', id: CASE, v: { child: { givenName: 'Amaani' } } },
		{ scope: own(id), t: 'from.the.future', id: 'f1', v: { kept: true } },
		linkRow(id, { localCase: CASE, councilCase: 'c' })
	]);
	await store.put([eventRow(own(id), 'e1', '2026-10-10')]);
	await store.pull.openAccount({ userId: CASE, scopes: [SHARED] });
	const v = { type: 'note', on: '2026-09-01', detail: {} };
	const patch = [{ op: 'put' as const, t: 'event', id: 's1', ver: 1, sv: 1, v }];
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.pulled('2026-11-24T10:00:00Z');
	return { store, id };
}
const plain = async (store: PhoneStore) =>
	(JSON.parse(await store.exportAll()) as { rows: { scope: string; id: string; ver: number }[] }).rows;

describe('a backup file', () => {
	it('holds nothing readable and brings a family’s own rows to another phone, under its own profile', async () => {
		const { store, id } = await lived();
		const text = await makeBackup(store, WORDS);
		expect(text).not.toContain('Amaani');
		expect(text).not.toContain(id);
		expect(lookAtBackup(text)).toMatchObject({ ok: true, by: 'passphrase' });
		const other = await fresh().open();
		const outcome = await restoreBackup(other, text, WORDS.text);
		expect(outcome).toEqual({ ok: true, added: 5, renewed: 0, kept: 0 });
		const mine = other.profile()!.id;
		expect(mine).not.toBe(id);
		const rows = await plain(other);
		expect(rows.map((row) => row.id).sort()).toEqual([CASE, `${CASE}.c`, 'e1', 'e2', 'f1'].sort());
		expect(rows.every((row) => row.scope.endsWith(mine))).toBe(true);
		expect(other.rows().find((row) => row.id === 'e1')).toMatchObject({ ver: 2, v: { on: '2026-10-10' } });
	});

	it('merged twice changes nothing; a newer row stays, an older one is renewed', async () => {
		const { store } = await lived();
		const early = await makeBackup(store, WORDS);
		const { id } = store.profile()!;
		await store.put([eventRow(own(id), 'e2', '2026-11-11')]);
		const late = await makeBackup(store, WORDS);
		const other = await fresh().open();
		await restoreBackup(other, early, WORDS.text);
		expect(await restoreBackup(other, early, WORDS.text)).toMatchObject({ added: 0, renewed: 0, kept: 5 });
		expect(await restoreBackup(other, late, WORDS.text)).toMatchObject({ added: 0, renewed: 1, kept: 4 });
		expect(await restoreBackup(other, early, WORDS.text)).toMatchObject({ added: 0, renewed: 0, kept: 5 });
		expect(other.rows().find((row) => row.id === 'e2')).toMatchObject({ v: { on: '2026-11-11' } });
	});

	it('a plain copy brings the family’s own rows too, and nothing of the council’s', async () => {
		const { store } = await lived();
		const text = await store.exportAll();
		expect(lookAtBackup(text)).toMatchObject({ ok: true, kind: 'plain' });
		const other = await fresh().open();
		expect(await restoreBackup(other, text)).toEqual({ ok: true, added: 5, renewed: 0, kept: 0 });
		expect((await plain(other)).map((row) => row.id)).not.toContain('s1');
		expect(await restoreBackup(other, text)).toMatchObject({ added: 0, renewed: 0, kept: 5 });
		for (const [file, why] of [
			[text.slice(0, -20), 'damaged'],
			[text.replace('"version": 1', '"version": 2'), 'newer'],
			[text.replace('"ver": 1', '"ver": -1'), 'damaged']
		] as const)
			expect(lookAtBackup(file)).toEqual({ ok: false, why });
		const empty = await fresh().open();
		expect(await restoreBackup(other, await empty.exportAll())).toMatchObject({ added: 0, kept: 0 });
	});

	it('is opened by the recovery code too, which has to be this phone’s', async () => {
		const { store } = await lived();
		const code = store.lock.newRecoveryCode();
		const by = (text: string) => ({ way: 'recovery' as const, text });
		await expect(makeBackup(store, by(code))).rejects.toMatchObject({ rule: 'recovery-needed' });
		await store.lock.setSecret({ kind: 'pin', text: '274915', recovery: code });
		const wrong = code.replace(/^./, (first) => (first === '7' ? '8' : '7'));
		await expect(makeBackup(store, by(wrong))).rejects.toMatchObject({ rule: 'recovery-wrong' });
		const text = await makeBackup(store, by(code.toLowerCase()));
		const other = await fresh().open();
		expect(await restoreBackup(other, text, wrong)).toEqual({ ok: false, why: 'wrong' });
		expect(await restoreBackup(other, text, code)).toMatchObject({ ok: true, added: 5 });
		expect(store.rows().length).toBeGreaterThan(0);
	});

	it('says plainly what is wrong, and changes nothing then', async () => {
		const { store } = await lived();
		const text = await makeBackup(store, WORDS);
		const other = await fresh().open();
		const tell = async (file: string, words = WORDS.text) => {
			const outcome = await restoreBackup(other, file, words);
			return outcome.ok ? 'ok' : outcome.why;
		};
		const changed = (change: (file: Record<string, unknown>) => void) => {
			const file = JSON.parse(text) as Record<string, unknown>;
			change(file);
			return JSON.stringify(file);
		};
		expect(await tell(text, 'blue tram on Alcester Road')).toBe('wrong');
		expect(await tell(text, 'short')).toBe('wrong');
		for (const part of [0.2, 0.5, 0.99])
			expect(await tell(text.slice(0, text.length * part))).toBe('damaged');
		expect(await tell(changed((file) => (file.ct = String(file.ct).replace(/^./, '_'))))).toBe('damaged');
		expect(await tell(changed((file) => (file.ct = '!')))).toBe('damaged');
		expect(await tell(changed((file) => delete file.argon))).toBe('wrong');
		expect(await tell(changed((file) => (file.version = 2)))).toBe('newer');
		expect(await tell('{"rows":[]}')).toBe('not-a-backup');
		expect(await tell('%PDF-1.7')).toBe('not-a-backup');
		expect(other.profile()).toBeNull();
		await expect(makeBackup(store, { way: 'passphrase', text: 'short' })).rejects.toMatchObject({
			rule: 'too-short'
		});
	});
});
