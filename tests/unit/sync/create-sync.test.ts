// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCharacter, printedCode } from '#contract/access/code.ts';
import type { Clock } from '#browser/now.ts';
import type { Exclusive } from '#browser/tabs.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { createSync } from '#sync/create-sync.ts';
import type { Sync } from '#sync/status.ts';
import { phone } from '../store/phone.ts';
import { FakeServer, json, serving } from './fake-server.ts';

const A = 'case:11111111-1111-4111-8111-111111111111:shared';
const CODE = printedCode('ABCDEFGHJKMN' + checkCharacter('ABCDEFGHJKMN'));
const note = { type: 'note', on: '2026-09-01', detail: {} };

/** Time that stands still until told to go on. */
function handClock(): Clock & { pass(ms: number): void; waiting(): number } {
	let now = Date.parse('2026-11-24T10:00:00Z');
	const timers = new Set<{ at: number; work: () => void }>();
	return {
		now: () => now,
		after(ms, work) {
			const timer = { at: now + ms, work };
			timers.add(timer);
			return () => timers.delete(timer);
		},
		waiting: () => timers.size,
		pass(ms) {
			now += ms;
			for (const timer of [...timers]) {
				if (timer.at > now) continue;
				timers.delete(timer);
				timer.work();
			}
		}
	};
}

function bench(store: PhoneStore, server: FakeServer) {
	const clock = handClock();
	let looking = true;
	let lookChanged = () => {};
	let netChanged = () => {};
	const streams: { poke: () => void; closed: boolean }[] = [];
	const asked: string[] = [];
	const world = { respond: serving(server) as typeof fetch, health: () => json({ ok: true }) };
	const ask = (async (input, init) => {
		asked.push(String(input));
		return input === '/healthz' ? world.health() : world.respond(input, init);
	}) as typeof fetch;
	const exclusive: Exclusive = (_name, _wait, work) => work();
	const sync = createSync({
		store,
		ask,
		clock,
		random: () => 0.5,
		exclusive,
		visibility: { visible: () => looking, subscribe: (changed) => ((lookChanged = changed), () => {}) },
		onNetworkChange: (changed) => ((netChanged = changed), () => {}),
		channel: { post: () => {}, listen: () => () => {}, close: () => {} },
		openStream: (_url, on) => {
			const stream = { poke: on.poke, closed: false };
			streams.push(stream);
			return { close: () => (stream.closed = true) };
		}
	});
	return {
		sync,
		clock,
		asked,
		streams,
		world,
		look(now: boolean) {
			looking = now;
			lookChanged();
		},
		network: () => netChanged(),
		pulls: () => asked.filter((path) => path === '/api/sync/pull').length
	};
}

/** Resolves at the first change of status after which it holds. */
const when = (sync: Sync, holds: (status: ReturnType<Sync['status']>) => boolean): Promise<void> =>
	new Promise((resolve) => {
		if (holds(sync.status())) return resolve();
		const leave = sync.subscribe(() => {
			if (!holds(sync.status())) return;
			leave();
			resolve();
		});
	});

let it_: ReturnType<typeof phone>;
let store: PhoneStore;
let server: FakeServer;
let open: ReturnType<typeof bench>[] = [];
const start = () => {
	const one = bench(store, server);
	open.push(one);
	return one;
};
beforeEach(async () => {
	it_ = phone();
	store = await it_.open();
	server = new FakeServer();
	server.granted.add(A);
	server.write(A, [{ id: 'e1', v: note }]);
});
afterEach(() => {
	open.forEach(({ sync }) => sync.close());
	open = [];
	it_.close();
});
const signIn = () => store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [A] });

describe('syncing by itself', () => {
	it('without a council sends nothing but the question whether our server is there', async () => {
		const { sync, asked } = start();
		await when(sync, (now) => now.net === 'online');
		expect(sync.status().phase).toBe('no-council');
		expect(asked).toEqual(['/healthz']);
	});

	it('pulls at start, says when, and asks again every five minutes while somebody looks', async () => {
		await signIn();
		const { sync, clock, pulls, look } = start();
		await when(sync, (now) => now.phase === 'idle' && now.net === 'online');
		expect(store.rows()).toHaveLength(1);
		expect(sync.status().lastPullAt).toBe(server.serverTime);
		expect(pulls()).toBe(1);
		clock.pass(5 * 60_000);
		await when(sync, (now) => now.phase === 'pulling');
		await when(sync, (now) => now.phase === 'idle');
		expect(pulls()).toBe(2);
		look(false);
		clock.pass(5 * 60_000);
		await sync.pull();
		expect(pulls()).toBe(3);
	});

	it('holds the live line only in view; a poke pulls', async () => {
		await signIn();
		const { sync, clock, streams, look, pulls } = start();
		await when(sync, (now) => now.phase === 'idle' && now.net === 'online');
		expect(streams).toHaveLength(1);
		server.write(A, [{ id: 'e2', v: note }]);
		streams[0]!.poke();
		streams[0]!.poke();
		clock.pass(2_000);
		await when(sync, (now) => now.phase === 'pulling');
		await when(sync, (now) => now.phase === 'idle');
		expect(store.rows()).toHaveLength(2);
		expect(pulls()).toBe(2);
		look(false);
		await Promise.resolve();
		expect(streams.every((stream) => stream.closed)).toBe(true);
	});
});

describe('when it does not work', () => {
	it('takes a café page for no connection, backs off, and a press does not wait', async () => {
		await signIn();
		const one = start();
		await when(one.sync, (now) => now.phase === 'idle' && now.net === 'online');
		one.world.respond = (async () =>
			new Response('<html>', { headers: { 'content-type': 'text/html' } })) as typeof fetch;
		await one.sync.pull();
		expect(one.sync.status()).toMatchObject({
			net: 'offline',
			phase: 'waiting',
			nextTryAt: '2026-11-24T10:00:00.500Z'
		});
		one.clock.pass(600);
		await when(one.sync, (now) => now.phase === 'pulling');
		await when(one.sync, (now) => now.phase === 'waiting');
		// 0.5 of 2 s now.
		expect(Date.parse(one.sync.status().nextTryAt!) - one.clock.now()).toBe(1_000);
		one.world.respond = serving(server);
		await one.sync.pull();
		expect(one.sync.status()).toMatchObject({ net: 'online', phase: 'idle', nextTryAt: null });
	});

	it('stops at a session that ended, keeps the rows, and tries again only when asked', async () => {
		await signIn();
		const one = start();
		await when(one.sync, (now) => now.phase === 'idle' && now.net === 'online');
		one.world.respond = (async () => json({ code: 'needs_sign_in' }, 401)) as typeof fetch;
		await one.sync.pull();
		expect(one.sync.status()).toMatchObject({ net: 'online', phase: 'needs-sign-in', nextTryAt: null });
		expect(store.rows()).toHaveLength(1);
		const before = one.pulls();
		one.network();
		one.look(true);
		one.clock.pass(10 * 60_000);
		expect(one.pulls()).toBe(before);
		expect(one.streams.every((stream) => stream.closed)).toBe(true);
	});

	it('says update-needed when the server no longer knows this app', async () => {
		await signIn();
		const one = start();
		one.world.respond = (async () => json({ code: 'client_too_old', minSchema: 9 }, 409)) as typeof fetch;
		await one.sync.pull();
		expect(one.sync.status().phase).toBe('update-needed');
	});

	it('waits as long as a busy server asks', async () => {
		await signIn();
		const one = start();
		one.world.respond = (async () => json({ code: 'too_many', retryAfter: 90 }, 429)) as typeof fetch;
		await one.sync.pull();
		expect(Date.parse(one.sync.status().nextTryAt!) - one.clock.now()).toBe(90_000);
	});

	it('notices a phone whose clock is wrong by more than ten minutes', async () => {
		await signIn();
		server.serverTime = '2026-11-24T09:48:00.000Z';
		const { sync } = start();
		await when(sync, (now) => now.phase === 'idle' && now.net === 'online');
		expect(sync.status().clockOff).toBe(12);
	});
});

describe('a letter', () => {
	it('mends the code, opens the session and has the rows before it says so', async () => {
		const one = start();
		let asked: unknown;
		const pulling = serving(server);
		one.world.respond = (async (input, init) => {
			if (input !== '/api/activation/redeem') return pulling(input, init);
			asked = JSON.parse(String(init?.body));
			return json({
				userId: crypto.randomUUID(),
				caseId: 'c',
				scopes: [A],
				epoch: server.epoch,
				serverTime: server.serverTime
			});
		}) as typeof fetch;
		expect(await one.sync.redeem(` ${CODE.toLowerCase().replaceAll('-', ' ')}`, '2017-03-04')).toEqual({
			ok: true,
			caseId: 'c'
		});
		expect(asked).toMatchObject({
			code: CODE.replaceAll('-', ''),
			bornOn: '2017-03-04',
			deviceName: 'Phone'
		});
		expect(store.rows()).toHaveLength(1);
		expect(one.sync.status()).toMatchObject({ phase: 'idle', net: 'online' });
		expect(store.profile()?.userId).toBeTruthy();
	});

	it('tells a slip of the finger without asking, and passes the server’s reasons on', async () => {
		const one = start();
		expect(await one.sync.redeem('AAAA-BBBB-CCCC-D', '2017-03-04')).toEqual({ ok: false, why: 'code_wrong' });
		expect(one.asked).not.toContain('/api/activation/redeem');
		one.world.respond = (async () => json({ code: 'too_many', retryAfter: 60 }, 429)) as typeof fetch;
		expect(await one.sync.redeem(CODE, '2017-03-04')).toEqual({ ok: false, why: 'too_many', retryAfter: 60 });
		one.world.respond = (async () => json({ code: 'birth_date_wrong' }, 403)) as typeof fetch;
		expect(await one.sync.redeem(CODE, '2017-03-04')).toEqual({ ok: false, why: 'birth_date_wrong' });
		one.world.respond = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch;
		expect(await one.sync.redeem(CODE, '2017-03-04')).toEqual({ ok: false, why: 'offline' });
	});

	it('signing off keeps the rows and stops asking', async () => {
		await signIn();
		const one = start();
		await when(one.sync, (now) => now.phase === 'idle' && now.net === 'online');
		one.sync.stop();
		await when(one.sync, (now) => now.phase === 'needs-sign-in');
		expect(one.asked).toContain('/api/session/end');
		expect(store.rows()).toHaveLength(1);
	});

	it('signing off while a pull is under way says so all the same', async () => {
		await signIn();
		const one = start();
		await when(one.sync, (now) => now.phase === 'idle' && now.net === 'online');
		const held = Promise.withResolvers<void>();
		const real = one.world.respond;
		one.world.respond = (async (...args: Parameters<typeof fetch>) => {
			if (String(args[0]) === '/api/sync/pull') await held.promise;
			return real(...args);
		}) as typeof fetch;
		const pulling = one.sync.pull();
		await when(one.sync, (now) => now.phase === 'pulling');
		const stopped = one.sync.stop();
		held.resolve();
		await Promise.all([pulling, stopped]);
		expect(one.sync.status().phase).toBe('needs-sign-in');
	});
});
