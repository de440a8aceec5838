import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { sha256 } from '#server/access/keyed-hash.ts';
import { staffActor } from '#server/access/actor.ts';
import { suspend } from '#server/access/relationships.ts';
import { readSession } from '#server/access/session.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { ChangeFeed } from '#server/db/change-feed.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerLive } from '#server/sync/answer-live.ts';
import { LiveHub } from '#server/sync/live-hub.ts';
import { liveStream } from '#server/sync/live-stream.ts';
import { Browser, ORIGIN } from '../../support/call.ts';
import { COUNCIL, letterCode, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

async function signedIn(caseRef: string): Promise<{ browser: Browser; scopeId: string }> {
	// The council says by the reference who is one person: each family here has its own.
	const { scopeId } = await oneChild(server.database, caseRef, { guardians: [`G-${caseRef}`] });
	const browser = new Browser();
	const body = {
		code: await letterCode(server.database, scopeId, `G-${caseRef}`),
		bornOn: '2017-05-04',
		deviceId: browser.deviceId,
		deviceName: 'Phone'
	};
	expect(
		(await answering(() => answerRedeem(browser.post('/api/activation/redeem', body), server))).status
	).toBe(200);
	return { browser, scopeId };
}
const open = (browser: Browser) => answering(() => answerLive(browser.get('/api/sync/live'), server));
const change = (scope: string) =>
	server.database.transact((tx) =>
		writeScope(tx, scope, [{ t: 'event', id: crypto.randomUUID(), v: { secret: 'words' } }])
	);

/** Reads a stream until some text has come. */
async function until(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
	let all = '';
	while (!all.includes(text)) {
		const { value, done } = await reader.read();
		if (done) throw new Error(`The stream ended before "${text}": ${all}`);
		all += new TextDecoder().decode(value);
	}
	return all;
}

test('whoever asks for the head alone gets it, and no stream', async () => {
	const { browser } = await signedIn('V0');
	const before = server.live.scopes().length;
	const request = new Request(`${ORIGIN}/api/sync/live`, {
		method: 'HEAD',
		headers: { 'sec-fetch-site': 'same-origin' }
	});
	const response = await answering(() => answerLive(browser.call(request), server));
	expect([response.status, response.body, server.live.scopes().length]).toEqual([200, null, before]);
});

test('many commits at once are one poke, without content, and only for who may read', async () => {
	const one = await signedIn('V1');
	const other = await signedIn('V2');
	const response = await open(one.browser);
	expect(response.headers.get('content-type')).toBe('text/event-stream');
	const reader = response.body!.getReader();
	await until(reader, ': open');
	await server.database.feed.flush();
	await change(other.scopeId);
	for (let n = 0; n < 4; n++) await change(one.scopeId);
	const { ver } = await server.database.db
		.selectFrom('scope')
		.select('ver')
		.where('id', '=', one.scopeId)
		.executeTakeFirstOrThrow();
	const heard = await until(reader, `"ver":${ver}`);
	expect(heard).not.toContain('words');
	expect(heard).not.toContain(other.scopeId);
	await reader.cancel();
	expect(server.live.size).toBe(0);
});

test('a second stream of one device ends the first; without a session there is none', async () => {
	const { browser } = await signedIn('V3');
	const first = (await open(browser)).body!.getReader();
	await until(first, ': open');
	const second = (await open(browser)).body!.getReader();
	await until(second, ': open');
	expect((await first.read()).done).toBe(true);
	expect(server.live.size).toBe(1);
	await second.cancel();
	await answerEnd(browser.post('/api/session/end', {}), server);
	const refused = await open(browser);
	expect([refused.status, await refused.json()]).toEqual([401, { code: 'needs_sign_in' }]);
});

test('a full node says so, and stopping ends every stream', async () => {
	const hub = new LiveHub(new ChangeFeed(), 2);
	let ended = 0;
	const listener = (device: string) => ({
		device,
		scopes: new Set<string>(),
		poke: () => {},
		end: () => void ended++
	});
	const leave = hub.join(listener('a'));
	hub.join(listener('b'));
	expect(hub.join(listener('c'))).toBeNull();
	expect(hub.join(listener('a'))).not.toBeNull();
	leave!();
	expect(hub.size).toBe(2);
	hub.close();
	expect([hub.size, ended]).toEqual([0, 3]);
});

test('one person with a hundred phones takes twenty places, and no other family’s', () => {
	const hub = new LiveHub(new ChangeFeed(), 40);
	const ended: string[] = [];
	const join = (device: string) =>
		hub.join({ device, scopes: new Set(), poke: () => {}, end: () => void ended.push(device) });
	const other = join('b 1');
	for (let n = 0; n < 100; n++) expect(join(`a ${n}`) === null).toBe(n >= 20);
	expect([hub.size, ended]).toEqual([21, []]);
	for (let n = 0; n < 19; n++) expect(join(`c${n} 1`)).not.toBeNull();
	expect(join('d 1')).toBeNull();
	// One who is there already comes back in their own place, and leaving is still theirs.
	expect(join('a 19')).not.toBeNull();
	other!();
	expect(join('d 1')).not.toBeNull();
	hub.close();
});

test('the first words in a place are told to whoever may read it, though it did not exist when they began to listen', async () => {
	const { browser, scopeId } = await signedIn('V11');
	const reader = (await open(browser)).body!.getReader();
	await until(reader, ': open');
	const fam = scopeId.replace(/shared$/, 'fam');
	await change(fam);
	await server.database.feed.flush();
	expect(await until(reader, `"scope":"${fam}"`)).not.toContain('words');
	await reader.cancel();
});

test('opening the stream does not count as having heard of a rotated token', async () => {
	const { browser } = await signedIn('V9');
	const old = browser.jar.get('s')!;
	const hash = sha256(old);
	await server.database.db
		.updateTable('session')
		.set({ rotated_at: new Date(Date.now() - 2 * 86_400_000) })
		.where('token_sha256', '=', hash)
		.execute();
	const reader = (await open(browser)).body!.getReader();
	await until(reader, ': open');
	expect(browser.jar.get('s')).not.toBe(old);
	// The answer was lost on the way: ten minutes later the phone still has the old token, and is still signed in.
	const later = new Date(Date.now() + 600_000);
	const session = await server.database.transact((tx) =>
		readSession(tx, old, { secret: server.config.secret, now: later })
	);
	expect(session?.next).toBe(browser.jar.get('s'));
	await reader.cancel();
});

test('whoever is suspended hears of it as a reason to look, and then nothing more', async () => {
	const { browser, scopeId } = await signedIn('V10');
	const reader = (await open(browser)).body!.getReader();
	await until(reader, ': open');
	const { account_id } = await server.database.db
		.selectFrom('relationship')
		.select('account_id')
		.where('case_scope', '=', scopeId)
		.executeTakeFirstOrThrow();
	// What signing in itself changed may still be on its way: pokes come in order, so after this one all of that has come.
	await change(`user:${account_id}`);
	await until(reader, `"scope":"user:${account_id}"`);
	const suspended = await server.database.transact(async (tx) => {
		const who = { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' as const };
		const staff = await staffActor(tx, who, [scopeId]);
		return suspend(tx, staff, { caseScope: scopeId, accountId: account_id, reason: 'court-order' });
	});
	expect(suspended).toEqual({ ok: true });
	const heard = await until(reader, `"scope":"user:${account_id}"`);
	expect(heard).not.toContain(scopeId);
	expect((await reader.read()).done).toBe(true);
	const again = (await open(browser)).body!.getReader();
	await until(again, ': open');
	await change(scopeId);
	await server.database.feed.flush();
	await change(`user:${account_id}`);
	expect(await until(again, 'user:')).not.toContain(scopeId);
	await again.cancel();
});

test('a line that nothing is said on ends within a minute of the session or of what it may read', async () => {
	vi.useFakeTimers();
	const hub = new LiveHub(new ChangeFeed());
	let may: ReadonlySet<string> | null = new Set(['user:a', 'case:b:shared']);
	let fails = false;
	const still = () => (fails ? Promise.reject(new Error('away')) : Promise.resolve(may));
	const open = () => liveStream(hub, crypto.randomUUID(), { scopes: new Set(may), still })!.getReader();
	const lost: (ReadonlySet<string> | null)[] = [null, new Set(['user:a'])];
	try {
		for (const left of lost) {
			may = new Set(['user:a', 'case:b:shared']);
			const reader = open();
			await vi.advanceTimersByTimeAsync(120_000);
			expect(hub.size).toBe(1);
			// A database that is away says nothing about the session; when it is back, it does.
			[may, fails] = [left, true];
			await vi.advanceTimersByTimeAsync(60_000);
			expect(hub.size).toBe(1);
			fails = false;
			await vi.advanceTimersByTimeAsync(60_000);
			expect(hub.size).toBe(0);
			let ended = false;
			while (!ended) ended = (await reader.read()).done;
		}
	} finally {
		vi.useRealTimers();
		hub.close();
	}
});
