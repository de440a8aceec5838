// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedScope } from '#contract/scope.ts';
import { systemClock } from '#browser/now.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { writeScope } from '#server/cases/scope-writer.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { profileDb } from '#store/db.ts';
import { newDeviceKey } from '#store/keys/aes.ts';
import { openProfileKey } from '#store/keys/profile-key.ts';
import { createSealer, type Sealer } from '#store/keys/sealer.ts';
import { createProfilePull } from '#store/profile-pull.ts';
import type { Session } from '#store/profile-session.ts';
import { pullAll } from '#sync/pull.ts';
import { createPost } from '#sync/transport.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';

/** A pull from its request to its last row on the disk, from the real server, with the real seal and with one that seals nothing. */
const ROWS = 2000;
const ROUNDS = 5;
const DEVICE = '33333333-3333-4333-8333-333333333333';

let server: Runtime;
let browser: Browser;
let scope: string;
beforeAll(async () => {
	server = await testRuntime();
	const child = await oneChild(server.database, 'C-SEAL', { guardians: ['G-SEAL'] });
	scope = sharedScope(child.caseId);
	browser = new Browser();
	const code = await letterCode(server.database, child.scopeId, 'G-SEAL');
	const ask = { code, bornOn: '2017-05-04', deviceId: DEVICE, deviceName: 'Phone' };
	const letter = await answering(() =>
		answerRedeem(browser.post('/api/activation/redeem', JSON.stringify(ask)), server)
	);
	expect(letter.status).toBe(200);
	for (let at = 0; at < ROWS; at += 200)
		await server.database.transact((tx) =>
			writeScope(
				tx,
				scope,
				Array.from({ length: 200 }, (_, n) => ({
					t: 'event',
					id: `00000000-0000-4000-8000-${String(at + n).padStart(12, '0')}`,
					v: {
						type: 'advice.received',
						on: '2026-09-30',
						detail: { adviser: 'speech-and-language' },
						source: { said: 'council', file: 'case-events-2026-10.csv', row: at + n },
						note: 'Report sent to the school and to the family.'
					}
				}))
			)
		);
}, 90_000);
afterAll(() => server.close());

const post = createPost({
	ask: (async (_, init) =>
		answering(() => answerPull(browser.post('/api/sync/pull', String(init?.body)), server))) as typeof fetch,
	clock: systemClock
});

async function round(passThrough: boolean): Promise<number> {
	const db = profileDb(crypto.randomUUID(), { indexedDB: new IDBFactory(), IDBKeyRange });
	const keys = await openProfileKey(db, await newDeviceKey());
	const real = createSealer(db, () => keys);
	await real.seal(scope, []);
	const utf8 = new TextEncoder();
	/** Writes the same number of bytes to the same places. */
	const open: Sealer = {
		...real,
		seal: async (of, rows) => ({
			kid: (await real.seal(of, [])).kid,
			rows: rows.map(({ v, ...row }) => ({
				...row,
				iv: new Uint8Array(12),
				ct: utf8.encode(JSON.stringify(v))
			}))
		})
	};
	await db.meta.put({ key: 'deviceId', value: DEVICE });
	await db.meta.put({ key: 'account', value: { userId: DEVICE, signedIn: true } });
	await db.scopes.put({ id: scope, cookie: null, gen: 0, mismatches: 0 });
	const session = {
		id: 'p',
		db,
		sealer: passThrough ? open : real,
		set: { settle: async () => undefined },
		refresh: async () => undefined
	} as unknown as Session;
	const store = createProfilePull({ session: () => session, begin: async () => session, changed() {} });
	const begun = performance.now();
	expect(await pullAll({ store, post })).toEqual({ why: 'done' });
	const ms = performance.now() - begun;
	expect(await db.rows.count()).toBeGreaterThanOrEqual(ROWS);
	db.close();
	return ms;
}

/**
 * The aim is 15 % (issue 3) and is not held in Node: WebCrypto takes a trip to another thread for each row, 36 µs on an idle machine and
 * several times that on a busy one, beside a disk that is only pretended (docs/decisions/0014). What is held here is that it stays of the
 * same order as the rest of the pull, so that a second trip for each row would be noticed.
 */
const AT_MOST = 1;

it('sealing 2,000 rows costs no more than all the rest of pulling them', async () => {
	// In turn, and the best of each: what else the machine does falls on both alike.
	const best = { sealed: Infinity, plain: Infinity };
	for (let turn = 0; turn < ROUNDS; turn++) {
		best.plain = Math.min(best.plain, await round(true));
		best.sealed = Math.min(best.sealed, await round(false));
	}
	const more = best.sealed / best.plain - 1;
	console.log(
		`2,000 rows: ${best.plain.toFixed(0)} ms without the seal, ${best.sealed.toFixed(0)} ms with it: ${(more * 100).toFixed(1)} % more`
	);
	expect(more).toBeLessThanOrEqual(AT_MOST);
});
