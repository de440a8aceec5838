// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { registryDb } from '#store/db.ts';
import { firstLook } from '#store/first-look.ts';
import { CASE, eventRow, own, phone } from './phone.ts';
import { serverHalf } from './server-half.ts';

const SHARED = `case:${CASE}:shared`;
const PIN = '274915';
const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const SEED = ['e1', 'e2', 'c', 'v', 'l', 'f', 's1', 's2'];

/** A phone with rows of every kind, its own and the council's, with or without a lock. */
async function lived(locked: boolean) {
	const one = phone();
	const store = await one.open();
	const { id } = await store.begin();
	await store.put([
		eventRow(own(id), 'e1'),
		eventRow(own(id), 'e2'),
		{ scope: own(id), t: 'case', id: 'c', v: { child: {} } },
		{ scope: `user:${id}`, t: 'visit', id: 'v', v: { case: 'c', at: 'now' } },
		{ scope: `user:${id}`, t: 'case.link', id: 'l', v: { localCase: 'a', councilCase: 'b' } },
		{ scope: `user:${id}`, t: 'from.the.future', id: 'f', v: 1 }
	]);
	await store.pull.openAccount({ userId: CASE, scopes: [SHARED] });
	const v = { type: 'note', on: '2026-09-01', detail: {} };
	const patch = ['s1', 's2'].map((id) => ({ op: 'put' as const, t: 'event', id, ver: 1, sv: 1, v }));
	await store.pull.applyPage({ id: SHARED, from: null, to: 1, reset: true, patch }, true);
	await store.pull.keepServerKey(serverHalf().key);
	await store.outbox.add({ scope: SHARED, name: 'note.put', args: { text: 'o' } });
	await store.pull.pulled('2026-11-25T09:00:00Z');
	const code = store.lock.newRecoveryCode();
	if (locked) {
		await store.lock.addServerSecret(bytes(2));
		await store.lock.setSecret({ kind: 'pin', text: PIN, recovery: code });
		await store.lock.addPasskey({ credentialId: 'key', prf: bytes(1) });
	}
	one.close();
	return { one, id, code };
}

/** Changes one bit of one value, wherever it lies in it; null where it holds none. */
function flipped(value: unknown, at: number): unknown {
	if (value instanceof Uint8Array)
		return value.length ? value.with(at % value.length, value[at % value.length]! ^ (1 << (at % 8))) : value;
	if (typeof value === 'string') {
		if (!value) return value;
		const place = at % value.length;
		return value.slice(0, place) + String.fromCharCode(value.charCodeAt(place) ^ 1) + value.slice(place + 1);
	}
	if (typeof value === 'number') return value ^ (1 << (at % 31));
	if (typeof value === 'boolean') return !value;
	if (value === null || typeof value !== 'object' || value instanceof CryptoKey) return at % 2 ? null : value;
	const names = Object.keys(value);
	const name = names[at % names.length];
	return name === undefined
		? value
		: { ...value, [name]: flipped((value as Record<string, unknown>)[name], at >> 3) };
}

async function damage(db: Dexie, pick: { table: number; row: number; at: number }): Promise<string> {
	await db.open();
	const tables = [];
	for (const table of db.tables) if (await table.count()) tables.push(table);
	const table = tables[pick.table % tables.length]!;
	const keys = await table.toCollection().primaryKeys();
	const key = keys[pick.row % keys.length]!;
	const row = (await table.get(key)) as object;
	const changed = flipped(row, pick.at);
	// A changed name is another record: the old one is gone.
	await table.delete(key);
	await table.put(changed).catch(() => undefined);
	db.close();
	return `${table.name} ${String(key)}`;
}

it.each([false, true])(
	'one changed bit in any field of any record never stops the app, nor takes another row or way with it (locked: %s)',
	async (locked) => {
		const pick = fc.record({
			which: fc.constantFrom('profile', 'profile', 'profile', 'registry'),
			table: fc.nat(20),
			row: fc.nat(40),
			at: fc.nat(4000)
		});
		await fc.assert(
			fc.asyncProperty(pick, async ({ which, ...where }) => {
				const { one, id, code } = await lived(locked);
				try {
					let hit = '';
					if (which === 'registry') hit = await damage(registryDb(one.idb), where);
					else await one.raw(id, async (db) => void (hit = await damage(db, where)));
					const lock = one.lock();
					await firstLook(lock, one.idb.indexedDB);
					const store = await one.open({ lock });
					expect(['open', 'locked', 'failed'], hit).toContain(store.state());
					await store.lock.facts();
					if (store.state() === 'locked') {
						const tries = [
							{ way: 'pin' as const, text: PIN },
							{ way: 'passkey' as const, credentialId: 'key', prf: bytes(1) },
							{ way: 'sign-in' as const, secret: bytes(2) },
							{ way: 'recovery' as const, text: code }
						];
						const opened = [];
						for (const by of tries) {
							await store.lock.lockNow();
							opened.push((await store.lock.open(by)).ok);
						}
						// A day of contact that now reads a month ago asks for the council's word, as if it were so: PIN and passkey wait.
						if (hit === 'meta lastPull') expect(opened.slice(2), hit).toEqual([true, true]);
						// One record is one way at most.
						else expect(opened.filter((ok) => !ok).length, hit).toBeLessThanOrEqual(1);
						await store.lock.open({ way: 'recovery', text: code });
						if (store.state() === 'locked') await store.lock.open({ way: 'pin', text: PIN });
					}
					// A key of keys may be gone: then the screen says so, offers a copy, and can begin anew.
					if (store.state() === 'failed' || (which === 'registry' && store.profile()?.id !== id)) {
						await store.exportAll();
						await store.removeEverything();
						expect(store.state()).toBe('open');
						return;
					}
					expect(store.state(), hit).toBe('open');
					const copy = JSON.parse(await store.exportAll()) as {
						rows: { id: string }[];
						outbox: { args: unknown }[];
					};
					const known = copy.rows;
					const lost = SEED.filter((name) => !known.some((row) => row.id === name));
					const table = hit.split(' ')[0];
					if (table === 'rows') expect(lost.length, hit).toBeLessThanOrEqual(1);
					else if (table !== 'keys') expect(lost, hit).toEqual([]);
					if (table !== 'outbox' && table !== 'keys')
						expect(copy.outbox, hit).toMatchObject([{ args: { text: 'o' } }]);
					expect(copy.outbox.length, hit).toBeLessThanOrEqual(1);
					await store.outbox.add({ scope: SHARED, name: 'note.put', args: { text: 'after' } });
					await store.push.seal(serverHalf().key);
					await store.push.offer(50, 100_000);
					await store.put([eventRow(own(id), 'after')]);
					expect(store.rows().map((row) => row.id)).toContain('after');
				} finally {
					one.close();
				}
			}),
			{ numRuns: 60 }
		);
	},
	60_000
);

it.each(SEED)(
	'row %s with a changed byte, behind a lock: the server’s is asked for again, our own waits in the tray',
	async (name) => {
		const { one, id } = await lived(true);
		try {
			await one.raw(id, async (db) => {
				const row = (await db.rows.toArray()).find((one) => one.id === name)!;
				await db.rows.put({ ...row, ct: row.ct.with(2, row.ct[2]! ^ 1) as Uint8Array<ArrayBuffer> });
			});
			const store = await one.open();
			await store.lock.open({ way: 'pin', text: PIN });
			expect(store.state()).toBe('open');
			const copy = JSON.parse(await store.exportAll()) as { rows: { id: string }[] };
			expect(SEED.filter((seed) => !copy.rows.some((row) => row.id === seed))).toEqual([name]);
			const server = name.startsWith('s');
			expect((await store.health()).damaged).toBe(server ? 0 : 1);
			const scope = (await store.pull.position())!.scopes.find((one) => one.id === SHARED)!;
			expect(scope.cookie).toBe(server ? null : 1);
		} finally {
			one.close();
		}
	}
);
