// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ownScope, sharedScope } from '#contract/scope.ts';
import type { Envelope } from '#contract/access/quarantine.ts';
import { systemClock } from '#browser/now.ts';
import { answerDeviceSecret } from '#server/access/answer-device-secret.ts';
import { answerDevices, answerRename, answerRevoke } from '#server/access/answer-devices.ts';
import { answerEnd } from '#server/access/answer-end.ts';
import { answerQuarantine } from '#server/access/answer-quarantine.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerSession } from '#server/access/answer-session.ts';
import { currentServerKey, openEnvelope } from '#server/access/server-keys.ts';
import { startSession } from '#server/access/session.ts';
import type { Call } from '#server/edge/caller.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { createSync } from '#sync/create-sync.ts';
import { fetchDeviceSecret, readDevices, readSession, renameDevice, revokeDevice } from '#sync/devices.ts';
import { createGet, createPost } from '#sync/transport.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { phone } from '../store/phone.ts';

let server: Runtime;
beforeAll(async () => {
	server = await testRuntime();
	await server.database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: new Date() }));
}, 90_000);
afterAll(() => server.close());
const letGo: (() => void)[] = [];
afterEach(() => letGo.splice(0).forEach((one) => one()));

const ENDPOINTS: Record<string, (call: Call, server: Runtime) => Promise<Response>> = {
	'/api/sync/pull': answerPull,
	'/api/activation/redeem': answerRedeem,
	'/api/session': answerSession,
	'/api/session/end': answerEnd,
	'/api/devices': answerDevices,
	'/api/devices/rename': answerRename,
	'/api/devices/revoke': answerRevoke,
	'/api/device-secret': answerDeviceSecret,
	'/api/quarantine': answerQuarantine
};

/** A phone with a person's browser, its store, and a line to the real endpoints that can be cut for one of them. */
async function signedPhone(ref: string, scopeId: string) {
	const browser = new Browser();
	const cut = new Set<string>();
	const asked: string[] = [];
	const ask = (async (input, init) => {
		const path = String(input);
		asked.push(path);
		if (path === '/healthz') return Response.json({ ok: true });
		if (cut.has(path)) throw new TypeError('fetch failed');
		const call = init?.method === 'POST' ? browser.post(path, String(init.body)) : browser.get(path);
		return answering(() => ENDPOINTS[path]!(call, server));
	}) as typeof fetch;
	const it = phone();
	const store = await it.open();
	const sync = createSync({
		store,
		ask,
		clock: { now: () => Date.now(), after: () => () => {} },
		exclusive: (_name, _wait, work) => work(),
		visibility: { visible: () => false, subscribe: () => () => {} },
		onNetworkChange: () => () => {},
		channel: { post: () => {}, listen: () => () => {}, close: () => {} },
		openStream: () => ({ close: () => {} })
	});
	letGo.push(() => (sync.close(), it.close()));
	const code = await letterCode(server.database, scopeId, `${ref}-G`);
	expect(await sync.redeem(code, '2017-05-04')).toMatchObject({ ok: true });
	const line = {
		post: createPost({ ask, clock: systemClock }),
		get: createGet({ ask, clock: systemClock })
	};
	return { browser, store, sync, line, cut, asked };
}
const child = (ref: string) => oneChild(server.database, ref, { guardians: [`${ref}-G`] });

it('keeps the server’s key after a pull, knows who it is, and gets the same secret twice', async () => {
	const { scopeId, caseId } = await child('SI1');
	const { store, line } = await signedPhone('SI1', scopeId);
	const session = await readSession(line);
	expect(session).toMatchObject({ ok: true, value: { session: { provedBy: 'letter' } } });
	expect(await store.pull.serverKey()).toEqual(session.ok && session.value.serverKey);
	const secret = await fetchDeviceSecret(line);
	expect(secret).toHaveLength(32);
	expect(await fetchDeviceSecret(line)).toEqual(secret);
	expect(store.rows().some((row) => row.scope === sharedScope(caseId))).toBe(true);
}, 60_000);

it('takes over a session that was begun elsewhere, on this phone and for this person alone', async () => {
	const { scopeId } = await child('SI2');
	const { browser, store, sync } = await signedPhone('SI2', scopeId);
	const account = store.profile()!.userId!;
	const { deviceId } = (await store.pull.position())!;
	sync.stop();
	const begin = (accountId: string, device: string) =>
		server.database.transact(async (tx) => {
			const token = await startSession(tx, {
				accountId,
				deviceId: device,
				deviceName: 'Phone',
				by: 'oidc',
				now: new Date()
			});
			browser.jar.set('s', token);
		});
	await begin(account, crypto.randomUUID());
	expect(await sync.signIn({ way: 'session', account })).toEqual({ ok: false, why: 'signed-out' });
	const stranger = crypto.randomUUID();
	await server.database.db.insertInto('account').values({ id: stranger }).execute();
	await begin(stranger, deviceId);
	expect(await sync.signIn({ way: 'session', account })).toEqual({ ok: false, why: 'other-person' });
	await begin(account, deviceId);
	expect(await sync.signIn({ way: 'session', account })).toEqual({ ok: true });
	expect(sync.status().phase).toBe('idle');
	expect(store.rows().some((row) => row.scope === scopeId)).toBe(true);
}, 60_000);

it('a phone that was taken off the list hands over what only it has, then is empty', async () => {
	const { scopeId } = await child('SI3');
	const here = await signedPhone('SI3', scopeId);
	const lost = await signedPhone('SI3', scopeId);
	const profile = (await lost.store.begin()).id;
	const scope = ownScope(crypto.randomUUID(), profile);
	const mine = { type: 'assessment.requested', on: '2026-09-01', detail: {}, note: 'only here' };
	for (let n = 0; n < 60; n++) await lost.store.put([{ scope, t: 'event', id: `e${n}`, v: mine }]);
	const list = await readDevices(here.line);
	const other = list.ok ? list.value.devices.find((one) => !one.thisOne)! : null;
	expect(await renameDevice({ id: other!.id, name: 'Lost phone' }, here.line)).toEqual({
		ok: true,
		value: null
	});
	expect(await revokeDevice(other!.id, here.line)).toEqual({ ok: true, value: null });

	// The line is cut while it hands over: nothing is deleted, and the next try goes on.
	lost.cut.add('/api/quarantine');
	await lost.sync.pull();
	expect(lost.sync.status()).toMatchObject({ phase: 'waiting' });
	expect(lost.store.rows().length).toBeGreaterThan(60);
	lost.cut.clear();
	await lost.sync.pull();
	expect(lost.sync.status().phase).toBe('removed');
	expect(lost.store.rows()).toEqual([]);
	expect(lost.store.profile()).toBeNull();
	expect(lost.asked.at(-1)).toBe('/api/session/end');

	const kept = await server.database.db
		.selectFrom('quarantine')
		.select('envelope')
		.where('device_id', '=', other!.id)
		.execute();
	const opened = await server.database.transact(async (tx) => {
		const texts: string[] = [];
		for (const { envelope } of kept)
			texts.push((await openEnvelope(tx, envelope as Envelope, { secret: TEST_SECRET }))!.toString());
		return texts.flatMap((text) => (JSON.parse(text) as { rows: { id: string; v: unknown }[] }).rows);
	});
	expect(opened.filter((row) => JSON.stringify(row.v).includes('only here'))).toHaveLength(60);
	expect(opened.some((row) => JSON.stringify(row).includes('givenName'))).toBe(false);
	// The other phone goes on, and hears of it.
	await here.sync.pull();
	expect(here.sync.status().phase).toBe('idle');
	const told = here.store.rows().filter((row) => row.t === 'notice');
	expect(told.map((row) => (row.v as { kind: string }).kind)).toContain('phone-removed');
}, 60_000);
