// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registryDb } from '#store/db.ts';
import { createEarlyStore } from '#store/early-store.ts';
import { Locked, LockRule } from '#store/errors.ts';
import { firstLook } from '#store/first-look.ts';
import type { PhoneLock } from '#store/phone-lock.ts';
import { CASE, eventRow, own, phone, until } from './phone.ts';

// Parts are fetched when they are first needed, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

const PIN = '274915';
const pin = (text = PIN) => ({ way: 'pin' as const, text });
const bytes = (fill: number) => new Uint8Array(32).fill(fill);

/** A family without an account that saved one thing and set a PIN. */
async function withPin(one = fresh()) {
	const store = await one.open();
	const { id } = await store.begin();
	await store.put([eventRow(own(id), 'e1')]);
	const code = store.lock.newRecoveryCode();
	await store.lock.setSecret({ kind: 'pin', text: PIN, recovery: code });
	return { one, store, id, code };
}
/** The phone is switched off and on. */
async function restarted(one: ReturnType<typeof phone>) {
	one.close();
	one.clocks.restart();
	return one.open();
}
async function wrong(lock: PhoneLock, times: number, one: ReturnType<typeof phone>) {
	for (let n = 0; n < times; n++) {
		const { waitUntil } = await lock.facts();
		if (waitUntil) one.clocks.pass(waitUntil - one.clocks.now());
		expect(await lock.open(pin('000000'))).toMatchObject({ ok: false, why: 'wrong' });
	}
}

describe('setting a lock', () => {
	it('leaves the rows open, and asks for the PIN after a restart; the right one opens them', async () => {
		const { one, store, id } = await withPin();
		expect(store.state()).toBe('open');
		expect(store.rows()).toHaveLength(1);
		await store.put([eventRow(own(id), 'e2')]);
		const again = await restarted(one);
		expect(again.state()).toBe('locked');
		expect(again.rows()).toEqual([]);
		expect(again.profile()).toBeNull();
		expect(await again.lock.open(pin('274916'))).toMatchObject({ ok: false, why: 'wrong', left: 4 });
		expect(again.state()).toBe('locked');
		expect(await again.lock.open(pin())).toEqual({ ok: true });
		expect(again.state()).toBe('open');
		expect(again.rows().map((row) => row.id)).toEqual(['e1', 'e2']);
	});

	it('leaves no way in by the device alone', async () => {
		const { one, id } = await withPin();
		const keys = await one.raw(id, (db) => db.keys.toArray());
		const ways = keys.filter((key) => key.id === 'profile').map((key) => key.wrapping);
		expect(ways.sort()).toEqual(['pin', 'recovery']);
		const pepper = keys.find((key) => key.wrapping === 'pin')!.pepper!;
		expect(pepper.extractable).toBe(false);
	});

	it('needs the recovery code typed back, and says which rule was broken', async () => {
		const store = await fresh().open();
		await store.begin();
		const set = (secret: Parameters<PhoneLock['setSecret']>[0]) => store.lock.setSecret(secret);
		await expect(set({ kind: 'pin', text: PIN })).rejects.toMatchObject({ rule: 'recovery-needed' });
		const code = store.lock.newRecoveryCode();
		expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
		const other = code.startsWith('0') ? code.replace('0', '1') : code.replace(/^./, '0');
		await expect(set({ kind: 'pin', text: PIN, recovery: other })).rejects.toMatchObject({
			rule: 'recovery-wrong'
		});
		await expect(set({ kind: 'pin', text: '12345', recovery: code })).rejects.toMatchObject({
			rule: 'too-short'
		});
		await expect(set({ kind: 'pin', text: 'abcdef', recovery: code })).rejects.toBeInstanceOf(LockRule);
		expect((await store.lock.facts()).set).toBe(false);
		await set({ kind: 'pin', text: PIN, recovery: code.toLowerCase().replaceAll('-', ' ') });
		expect(await store.lock.facts()).toMatchObject({ set: true, ways: ['pin', 'recovery'], account: false });
	});

	it('takes a PIN in the digits of any keyboard', async () => {
		const { one } = await withPin();
		const again = await restarted(one);
		expect(await again.lock.open(pin('۲۷۴۹۱۵'))).toEqual({ ok: true });
	});

	it('is replaced by a passphrase without sealing anything anew; the PIN opens no more', async () => {
		const { one, store, id } = await withPin();
		const before = await one.raw(id, (db) => db.rows.toArray());
		await store.lock.setSecret({ kind: 'passphrase', text: 'blue tram on Moseley Road' });
		expect(await one.raw(id, (db) => db.rows.toArray())).toEqual(before);
		const again = await restarted(one);
		expect(await again.lock.open(pin())).toMatchObject({ ok: false, why: 'refused' });
		const text = 'blue tram on Moseley Road';
		expect(await again.lock.open({ way: 'passphrase', text })).toEqual({ ok: true });
	});

	it('is removed: the phone opens by itself again and every other way is gone', async () => {
		const { one, store, id } = await withPin();
		await store.lock.remove();
		expect((await store.lock.facts()).set).toBe(false);
		const again = await restarted(one);
		expect(again.state()).toBe('open');
		expect(again.rows()).toHaveLength(1);
		const keys = await one.raw(id, (db) => db.keys.toArray());
		const ways = keys.filter((key) => key.id === 'profile').map((key) => key.wrapping);
		expect(ways).toEqual(['device']);
	});

	it('mints the profile when a lock is the first thing a family sets', async () => {
		const one = fresh();
		const store = await one.open();
		const recovery = store.lock.newRecoveryCode();
		await store.lock.setSecret({ kind: 'pin', text: PIN, recovery });
		expect((await restarted(one)).state()).toBe('locked');
	});
});

describe('ways in', () => {
	it('recovery code, passkey and the server’s secret open the same rows, each by itself', async () => {
		const { one, store, code } = await withPin();
		await store.lock.addPasskey({ credentialId: 'abc', prf: bytes(1) });
		await store.lock.addServerSecret(bytes(2));
		for (const by of [
			{ way: 'recovery' as const, text: code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o') },
			{ way: 'passkey' as const, credentialId: 'abc', prf: bytes(1) },
			{ way: 'sign-in' as const, secret: bytes(2) }
		]) {
			const again = await restarted(one);
			expect(again.state()).toBe('locked');
			expect((await again.lock.facts()).passkeys).toEqual(['abc']);
			expect(await again.lock.open(by)).toEqual({ ok: true });
			expect(again.rows()).toHaveLength(1);
		}
		const again = await restarted(one);
		expect(await again.lock.open({ way: 'passkey', credentialId: 'abc', prf: bytes(9) })).toMatchObject({
			why: 'wrong'
		});
		expect(await again.lock.open({ way: 'passkey', credentialId: 'xyz', prf: bytes(1) })).toMatchObject({
			why: 'refused'
		});
		expect(again.state()).toBe('locked');
	});

	it('a phone restored from a backup without its device key opens by signing in, and the PIN costs nobody a try', async () => {
		const { one, store, id } = await withPin();
		await store.lock.addServerSecret(bytes(2));
		one.close();
		await one.raw(id, async (db) => {
			for (const row of await db.keys.toArray()) {
				// What cannot be taken out of a browser is no part of a copy of its files.
				const { pepper: _, ...rest } = row;
				await db.keys.put(rest);
			}
		});
		const registry = registryDb(one.idb);
		await registry.deviceKeys.clear();
		registry.close();
		const { lock, ...again } = await restarted(one);
		expect(again.state()).toBe('locked');
		for (let n = 0; n < 12; n++) expect(await lock.open(pin())).toMatchObject({ ok: false, why: 'damaged' });
		expect((await lock.facts()).ways).toContain('sign-in');
		expect(await lock.open({ way: 'sign-in', secret: bytes(2) })).toEqual({ ok: true });
		expect(again.rows().map((row) => row.id)).toEqual(['e1']);
		await lock.setSecret({ kind: 'pin', text: '861530' });
		const anew = await restarted(one);
		expect(await anew.lock.open(pin('861530'))).toEqual({ ok: true });
	});

	it('the server’s secret alone locks nothing; with it a PIN needs no recovery code', async () => {
		const one = fresh();
		const store = await one.open();
		await store.begin();
		await expect(store.lock.addPasskey({ credentialId: 'abc', prf: bytes(1) })).rejects.toMatchObject({
			rule: 'recovery-needed'
		});
		await store.lock.addServerSecret(bytes(2));
		expect(await store.lock.facts()).toMatchObject({ set: false, ways: ['sign-in'] });
		await store.lock.setSecret({ kind: 'pin', text: PIN });
		expect((await restarted(one)).state()).toBe('locked');
	});

	it('a passkey alone is a lock', async () => {
		const one = fresh();
		const store = await one.open();
		await store.begin();
		await store.lock.addServerSecret(bytes(2));
		await store.lock.addPasskey({ credentialId: 'abc', prf: bytes(1) });
		const again = await restarted(one);
		expect(await again.lock.facts()).toMatchObject({ set: true, ways: ['passkey', 'sign-in'] });
		expect(await again.lock.open({ way: 'passkey', credentialId: 'abc', prf: bytes(1) })).toEqual({
			ok: true
		});
	});
});

describe('lock now', () => {
	it('keeps what was being written, then forgets every row, here and in the other tab', async () => {
		const { one, store, id } = await withPin();
		const other = await one.open();
		await other.lock.open(pin());
		expect(other.rows()).toHaveLength(1);
		const writing = store.put([eventRow(own(id), 'e2')]);
		const locking = store.lock.lockNow();
		await Promise.all([writing, locking]);
		expect(store.state()).toBe('locked');
		expect(store.rows()).toEqual([]);
		expect(store.lock.keysOf(id)).toBeNull();
		await until(other, () => other.state() === 'locked');
		expect(other.lock.keysOf(id)).toBeNull();
		await expect(store.put([eventRow(own(id), 'e3')])).rejects.toBeInstanceOf(Locked);
		await expect(store.exportAll()).rejects.toBeInstanceOf(Locked);
		await store.lock.open(pin());
		expect(store.rows().map((row) => row.id)).toEqual(['e1', 'e2']);
		await store.put([eventRow(own(id), 'e3')]);
		expect(store.rows()).toHaveLength(3);
	});

	it('lets what stands in the forms of every tab be kept first, also where another tab locks; a fault keeps nothing open', async () => {
		const { one, store, id } = await withPin();
		const other = await one.open();
		await other.lock.open(pin());
		other.lock.beforeLock(() => other.put([eventRow(own(id), 'typed-there')]));
		store.lock.beforeLock(() => Promise.reject(new Error('full')));
		const gone = vi.fn(async () => undefined);
		other.lock.beforeLock(gone)();
		await store.lock.lockNow();
		await until(other, () => other.state() === 'locked');
		expect(store.state()).toBe('locked');
		await store.lock.open(pin());
		expect(store.rows().map((row) => row.id)).toEqual(['e1', 'typed-there']);
		expect(gone).not.toHaveBeenCalled();
	});

	it('does nothing where no lock is set', async () => {
		const one = fresh();
		const store = await one.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		await store.lock.lockNow();
		expect(store.rows()).toHaveLength(1);
	});

	it('a lock set in one tab locks the other, which never had the PIN', async () => {
		const one = fresh();
		const [a, b] = [await one.open(), await one.open()];
		const { id } = await a.begin();
		await a.put([eventRow(own(id), 'e1')]);
		await until(b, () => b.rows().length === 1);
		await a.lock.setSecret({ kind: 'pin', text: PIN, recovery: a.lock.newRecoveryCode() });
		await until(b, () => b.state() === 'locked');
		expect(b.rows()).toEqual([]);
		await a.lock.remove();
		await until(b, () => b.state() === 'open');
		expect(b.rows()).toHaveLength(1);
	});

	it('asks the council for nothing while locked, and takes up where it was', async () => {
		const { store } = await withPin();
		const shared = `case:${CASE}:shared`;
		await store.pull.openAccount({ userId: CASE, scopes: [shared] });
		await store.lock.lockNow();
		expect(await store.pull.position()).toBeNull();
		await store.lock.open(pin());
		expect(await store.pull.position()).toMatchObject({ signedIn: true, scopes: [{ id: shared }] });
	});

	it('a sign-in on a locked phone is taken over when it opens, and only for the same person', async () => {
		const { store } = await withPin();
		await store.pull.openAccount({ userId: CASE, scopes: [] });
		await store.pull.closeAccount();
		for (const [userId, taken] of [
			['22222222-2222-4222-8222-222222222222', false],
			[CASE, true]
		] as const) {
			await store.lock.lockNow();
			expect((await store.pull.position(true))?.deviceId).toMatch(/^[0-9a-f-]{36}$/);
			await store.pull.openAccount({ userId, scopes: [] });
			await store.lock.open(pin());
			expect(store.profile()?.userId).toBe(CASE);
			expect((await store.pull.position())?.signedIn).toBe(taken);
		}
	});
});

describe('a locked phone before its store is here', () => {
	it('shows nothing, opens by PIN, shows the rows, and hands over', async () => {
		const { one } = await withPin();
		one.close();
		one.clocks.restart();
		const lock = one.lock();
		const look = await firstLook(lock, one.idb.indexedDB);
		expect(look).toBe('locked');
		let fetched = 0;
		const early = createEarlyStore({
			look: look!,
			lock,
			indexedDB: one.idb.indexedDB,
			later: () => (fetched++, one.open({ lock }))
		});
		expect([early.state(), early.rows(), early.profile()]).toEqual(['locked', [], null]);
		await expect(early.put([])).rejects.toBeInstanceOf(Locked);
		expect(await lock.open(pin('111111'))).toMatchObject({ why: 'wrong' });
		expect(early.state()).toBe('locked');
		expect(await lock.open(pin())).toEqual({ ok: true });
		expect(early.state()).toBe('open');
		expect(early.rows().map((row) => row.id)).toEqual(['e1']);
		expect(fetched).toBe(0);
		await early.load();
		expect(early.rows()).toHaveLength(1);
		await early.put([eventRow(own(early.profile()!.id), 'e2')]);
		await lock.lockNow();
		expect([early.state(), early.rows()]).toEqual(['locked', []]);
		await lock.open(pin());
		expect(early.rows()).toHaveLength(2);
		expect(fetched).toBe(1);
	});
});

describe('the ladder', () => {
	const S = 1000;
	it('lets five wrong PINs by, then waits 30 s, 5 min and 1 h; says so; and erases nothing', async () => {
		const { one } = await withPin();
		const { lock } = await restarted(one);
		const waits: (number | null)[] = [];
		for (let n = 0; n < 9; n++) {
			await wrong(lock, 1, one);
			const { waitUntil } = await lock.facts();
			waits.push(waitUntil === null ? null : waitUntil - one.clocks.now());
		}
		const hour = 3600 * S;
		expect(waits).toEqual([null, null, null, null, 30 * S, 300 * S, hour, hour, hour]);
		expect(await lock.open(pin())).toMatchObject({ ok: false, why: 'wait', left: 0 });
		one.clocks.pass(hour);
		expect(await lock.open(pin())).toEqual({ ok: true });
		expect(await lock.facts()).toMatchObject({ waitUntil: null, why: null });
	});

	it('without an account the tenth and later ones wait an hour each, and the PIN stays a way in', async () => {
		const { one, code } = await withPin();
		const { lock } = await restarted(one);
		await wrong(lock, 12, one);
		const { ways, why, waitUntil } = await lock.facts();
		expect({ ways, why, wait: waitUntil! - one.clocks.now() }).toEqual({
			ways: ['pin', 'recovery'],
			why: null,
			wait: 3600 * S
		});
		expect(await lock.open({ way: 'recovery', text: code })).toEqual({ ok: true });
		expect((await lock.facts()).waitUntil).toBeNull();
	});

	it('with an account the PIN is refused after ten, until a sign-in opened it', async () => {
		const { one, store } = await withPin();
		await store.pull.openAccount({ userId: CASE, scopes: [] });
		await store.lock.addServerSecret(bytes(2));
		const { lock } = await restarted(one);
		await wrong(lock, 10, one);
		one.clocks.pass(48 * 3600 * S);
		expect(await lock.facts()).toMatchObject({ why: 'pin-refused', ways: ['recovery', 'sign-in'] });
		expect(await lock.open(pin())).toMatchObject({ ok: false, why: 'refused' });
		expect(await lock.open({ way: 'sign-in', secret: bytes(2) })).toEqual({ ok: true });
		await lock.lockNow();
		expect(await lock.open(pin())).toEqual({ ok: true });
	});

	it('counts in all tabs, over restarts, and a try that was cut off', async () => {
		const { one } = await withPin();
		const [a, b] = [await restarted(one), await one.open()];
		await wrong(a.lock, 2, one);
		await wrong(b.lock, 2, one);
		const both = await Promise.all([a.lock.open(pin('000001')), b.lock.open(pin('000002'))]);
		expect(both.map((one) => !one.ok && one.why).sort()).toEqual(['wait', 'wrong']);
		const again = await restarted(one);
		expect(await again.lock.open(pin())).toMatchObject({ why: 'wait' });
	});

	it('is not shortened by setting the clock back, nor by a restart; with the page open it ends in its time', async () => {
		const { one } = await withPin();
		const first = await restarted(one);
		await wrong(first.lock, 5, one);
		one.clocks.set('2020-01-01T00:00:00Z');
		expect(await first.lock.open(pin())).toMatchObject({ why: 'wait' });
		const { lock } = await restarted(one);
		expect((await lock.facts()).waitUntil! - one.clocks.now()).toBe(30 * S);
		one.clocks.pass(29 * S);
		expect(await lock.open(pin())).toMatchObject({ why: 'wait' });
		one.clocks.pass(S);
		expect(await lock.open(pin())).toEqual({ ok: true });
	});

	it('counts nothing that cannot be a PIN', async () => {
		const { one } = await withPin();
		const { lock } = await restarted(one);
		for (let n = 0; n < 20; n++) await lock.open(pin('123'));
		expect(await lock.open(pin())).toEqual({ ok: true });
	});
});

describe('without contact', () => {
	const DAY = 86_400_000;
	async function council(shared = false) {
		const { one, store, code } = await withPin();
		await store.pull.openAccount({ userId: CASE, scopes: [] });
		await store.pull.pulled('2026-11-25T09:00:00Z');
		await store.lock.addServerSecret(bytes(2));
		await store.lock.setShared(shared);
		return { one, store, code };
	}

	it('council data asks for a sign-in after 30 days, 14 on a shared phone; a clock set back does not help', async () => {
		for (const [shared, days] of [
			[false, 30],
			[true, 14]
		] as const) {
			const { one } = await council(shared);
			let { lock } = await restarted(one);
			one.clocks.pass(days * DAY);
			expect((await lock.facts()).why).toBeNull();
			one.clocks.pass(1000);
			expect(await lock.facts()).toMatchObject({ why: 'stale', ways: ['recovery', 'sign-in'], shared });
			expect(await lock.open(pin())).toMatchObject({ ok: false, why: 'refused' });
			one.clocks.set('2026-11-26T09:00:00Z');
			({ lock } = await restarted(one));
			expect(await lock.open(pin())).toMatchObject({ why: 'refused' });
			expect(await lock.open({ way: 'sign-in', secret: bytes(2) })).toEqual({ ok: true });
		}
	});

	it('the council may set other days; a shared phone never waits longer than 14, a number that is none counts for nothing', async () => {
		const { one, store } = await council();
		for (const [told, shared, days] of [
			[7, false, 7],
			[7, true, 7],
			[60, false, 60],
			[60, true, 14],
			[0, false, 30],
			[91, false, 30],
			[undefined, false, 30]
		] as const) {
			await store.pull.pulled('2026-11-25T09:00:00Z', told);
			await store.lock.setShared(shared);
			expect(await store.lock.facts(), `${told} ${shared}`).toMatchObject({ offlineDays: days });
		}
		await store.pull.pulled('2026-11-25T09:00:00Z', 7);
		const { lock } = await restarted(one);
		one.clocks.pass(7 * DAY);
		expect((await lock.facts()).why).toBeNull();
		one.clocks.pass(1000);
		expect((await lock.facts()).why).toBe('stale');
	});

	it('opening with the PIN on day 29 and setting the clock back buys no second month', async () => {
		const { one } = await council();
		let { lock } = await restarted(one);
		one.clocks.pass(29 * DAY);
		expect(await lock.open(pin())).toEqual({ ok: true });
		one.clocks.set('2026-11-25T09:00:00Z');
		({ lock } = await restarted(one));
		expect(await lock.open(pin())).toEqual({ ok: true });
		one.clocks.set('2026-12-26T09:00:00Z');
		({ lock } = await restarted(one));
		expect((await lock.facts()).why).toBe('stale');
	});

	it('never holds for a profile without an account', async () => {
		const { one } = await withPin();
		const { lock } = await restarted(one);
		one.clocks.pass(400 * DAY);
		expect((await lock.facts()).offlineDays).toBeNull();
		expect(await lock.open(pin())).toEqual({ ok: true });
	});

	it('a server’s secret that does not open leaves the PIN, so that nobody is shut out for ever', async () => {
		const one = fresh();
		const store = await one.open();
		const { id } = await store.begin();
		await store.put([eventRow(own(id), 'e1')]);
		await store.pull.openAccount({ userId: CASE, scopes: [] });
		await store.pull.pulled('2026-11-25T09:00:00Z');
		await store.lock.addServerSecret(bytes(2));
		await store.lock.setSecret({ kind: 'pin', text: PIN });
		const { lock } = await restarted(one);
		one.clocks.pass(31 * DAY);
		expect(await lock.open(pin())).toMatchObject({ why: 'refused' });
		expect(await lock.open({ way: 'sign-in', secret: bytes(3) })).toMatchObject({ ok: false });
		expect(await lock.open(pin())).toEqual({ ok: true });
	});
});

describe('several people on one phone', () => {
	it('have databases and keys of their own, numbers and no names', async () => {
		const { one, store, id } = await withPin();
		await store.lock.switchTo('new');
		expect([store.state(), store.profile(), store.rows()]).toEqual(['open', null, []]);
		const second = await store.begin();
		await store.put([eventRow(own(second.id), 'b1')]);
		expect(second.id).not.toBe(id);
		expect(await store.lock.profiles()).toEqual([
			{ id, number: 1, current: false, locked: true },
			{ id: second.id, number: 2, current: true, locked: false }
		]);
		expect(await store.lock.facts()).toMatchObject({ set: false, others: true });
		await store.lock.switchTo(id);
		expect(store.state()).toBe('locked');
		await store.lock.open(pin());
		expect(store.rows().map((row) => row.id)).toEqual(['e1']);
		await store.removeEverything('mine');
		expect(store.profile()).toBeNull();
		await store.lock.switchTo(second.id);
		expect(store.rows().map((row) => row.id)).toEqual(['b1']);
		expect(await store.lock.profiles()).toEqual([{ id: second.id, number: 2, current: true, locked: false }]);
		const left = (await one.idb.indexedDB.databases()).map((db) => db.name);
		expect(left).not.toContain(`alongside-${id}`);
	});

	it('everything of everybody goes from a locked phone too', async () => {
		const { one, store } = await withPin();
		await store.lock.switchTo('new');
		await store.put([eventRow(own((await store.begin()).id), 'b1')]);
		await store.lock.switchTo((await store.lock.profiles())[0]!.id);
		const again = await restarted(one);
		expect(again.state()).toBe('locked');
		await again.removeEverything('all');
		expect([again.state(), again.profile()]).toEqual(['open', null]);
		expect((await one.idb.indexedDB.databases()).map((db) => db.name)).toEqual(['alongside']);
	});
});
