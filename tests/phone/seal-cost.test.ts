import { expect, it } from 'vitest';
import { systemClock } from '#browser/now.ts';
import { profileDb } from '#store/db.ts';
import { newDeviceKey } from '#store/keys/aes.ts';
import type { KeyCore } from '#store/keys/key-core.ts';
import { createSealer, type Sealer } from '#store/keys/sealer.ts';
import { startKeyWorker } from '#store/keys/start-worker.ts';
import { createProfilePull } from '#store/profile-pull.ts';
import type { Session } from '#store/profile-session.ts';
import { pullAll } from '#sync/pull.ts';
import { createPost } from '#sync/transport.ts';

/**
 * A pull of 2,000 rows in a browser, from the request to the last row on the disk: the real server behind the loopback, the browser's
 * own IndexedDB, the keys in their worker as with a lock. With the seal, and with one that seals nothing.
 */
const ROWS = 2000;
const ROUNDS = 9;

const utf8 = new TextEncoder();
/** Writes the same number of bytes to the same places. */
const unsealed = (real: Sealer): Sealer => ({
	...real,
	seal: async (of, rows) => ({
		kid: (await real.seal(of, [])).kid,
		rows: rows.map(({ v, ...row }) => ({
			...row,
			iv: new Uint8Array(12),
			// As long as the tag makes it.
			ct: utf8.encode(`${JSON.stringify(v)}${' '.repeat(16)}`)
		}))
	})
});

type Laid = { deviceId: string; scope: string };
async function round(
	keys: KeyCore,
	{ deviceId, scope }: Laid,
	how: (real: Sealer) => Sealer
): Promise<number> {
	const db = profileDb(crypto.randomUUID(), {});
	const real = createSealer(db, () => keys);
	await real.seal(scope, []);
	await db.meta.put({ key: 'deviceId', value: deviceId });
	await db.meta.put({ key: 'account', value: { userId: deviceId, signedIn: true } });
	await db.scopes.put({ id: scope, cookie: null, gen: 0, mismatches: 0 });
	const session = {
		id: 'p',
		db,
		sealer: how(real),
		set: { settle: async () => undefined },
		refresh: async () => undefined
	} as unknown as Session;
	const store = createProfilePull({ session: () => session, begin: async () => session, changed() {} });
	const post = createPost({ ask: (path, init) => fetch(path, init), clock: systemClock });
	const begun = performance.now();
	expect(await pullAll({ store, post })).toEqual({ why: 'done' });
	const ms = performance.now() - begun;
	expect(await db.rows.count()).toBeGreaterThanOrEqual(ROWS);
	db.close();
	return ms;
}

it('sealing 2,000 rows adds at most 15 % to pulling them', { timeout: 300_000 }, async () => {
	const laid = (await (await fetch('/laid')).json()) as Laid;
	const keys = await startKeyWorker();
	await keys.create(await newDeviceKey());
	const best = { sealed: Infinity, plain: Infinity };
	// In turn, and the best of each: what else the machine does falls on both alike.
	for (let turn = 0; turn < ROUNDS; turn++) {
		best.plain = Math.min(best.plain, await round(keys, laid, unsealed));
		best.sealed = Math.min(best.sealed, await round(keys, laid, (real) => real));
	}
	keys.end();
	const more = best.sealed / best.plain - 1;
	console.log(
		`${ROWS} rows: ${best.plain.toFixed(0)} ms without the seal, ${best.sealed.toFixed(0)} ms with it: ${(more * 100).toFixed(1)} % more`
	);
	expect(more).toBeLessThanOrEqual(0.15);
});
