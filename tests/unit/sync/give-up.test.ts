// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quarantineAsk, type Envelope } from '#contract/access/quarantine.ts';
import type { OpenRow } from '#store/family-store.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { giveUp } from '#sync/give-up.ts';
import type { Reply } from '#sync/transport.ts';
import { eventRow, own, phone } from '../store/phone.ts';

/** Server's half of a key, and what it finds in an envelope. */
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = {
	kid: crypto.randomUUID(),
	public: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
};
function opened({ kid, epk, iv, ct }: Envelope): OpenRow[] {
	const raw = Buffer.from(epk, 'base64url');
	const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((part) => part.toString('base64url'));
	const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
	const shared = diffieHellman({ privateKey: pair.privateKey, publicKey });
	const key = Buffer.from(hkdfSync('sha256', shared, '', `alongside envelope v1|${kid}`, 32));
	const sealed = Buffer.from(ct, 'base64url');
	const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
	decipher.setAAD(Buffer.from(kid)).setAuthTag(sealed.subarray(-16));
	const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
	return (JSON.parse(text) as { rows: OpenRow[] }).rows;
}

/** What the server's door takes: answer-quarantine.ts. */
const LIMIT = 480 * 1024;
const refused = (code: string): Reply => ({ ok: false, why: 'refused', code: code as 'unavailable' });
const fine: Reply = { ok: true, json: {}, sent: 0, got: 0 };

/** A server that listens, or answers the hand-over with `instead`. */
function server(instead?: Reply) {
	const got: OpenRow[] = [];
	const asked: string[] = [];
	return {
		got,
		asked,
		post: async (path: string, body: unknown): Promise<Reply> => {
			asked.push(path);
			if (path !== '/api/quarantine') return fine;
			if (instead) return instead;
			if (JSON.stringify(body).length > LIMIT) return refused('too_large');
			const ask = quarantineAsk.safeParse(body);
			if (!ask.success) return refused('bad_request');
			for (const { envelope } of ask.data.items) got.push(...opened(envelope));
			return fine;
		}
	};
}

let it_: ReturnType<typeof phone>;
let store: PhoneStore;
let profile: string;
let workerGone = 0;
const leave = (post: ReturnType<typeof server>['post'], key?: typeof KEY) =>
	giveUp({ store, post, forgetWorker: async () => void (workerGone += 1) }, key);
const ids = (rows: readonly OpenRow[]) => rows.map((row) => row.id).sort();

beforeEach(async () => {
	workerGone = 0;
	it_ = phone();
	store = await it_.open();
	profile = (await store.begin()).id;
	await store.put([eventRow(own(profile), 'e1'), eventRow(own(profile), 'e2')]);
});
afterEach(() => it_.close());

describe('a phone that was taken off the list', () => {
	it('hands over what is only here, then deletes it and the app', async () => {
		const { post, got, asked } = server();
		expect(await leave(post, KEY)).toBe(true);
		expect(ids(got)).toEqual(['e1', 'e2']);
		expect(asked.at(-1)).toBe('/api/session/end');
		expect(store.rows()).toEqual([]);
		expect(await it_.idb.indexedDB.databases()).toHaveLength(1);
		expect(workerGone).toBe(1);
	});

	it('seals to the key it was given earlier when the refusal brings none', async () => {
		await store.pull.openAccount({ userId: crypto.randomUUID(), scopes: [] });
		await store.pull.keepServerKey(KEY);
		const { post, got } = server();
		expect(await leave(post)).toBe(true);
		expect(ids(got)).toEqual(['e1', 'e2']);
	});

	it('hands over long notes too: no request is larger than the door', async () => {
		const note = 'ü'.repeat(40_000);
		const rows = Array.from({ length: 60 }, (_, at) => {
			const row = eventRow(own(profile), `long-${at}`);
			return { ...row, v: { ...row.v, note } };
		});
		await store.put(rows);
		const { post, got } = server();
		expect(await leave(post, KEY)).toBe(true);
		expect(got).toHaveLength(62);
	});

	it.each(['too_many', 'client_too_old', 'unavailable', 'not_found'])(
		'deletes nothing when the server said %s, which is no word about the work',
		async (code) => {
			const { post } = server(refused(code));
			expect(await leave(post, KEY)).toBe(false);
			expect(ids(store.rows())).toEqual(['e1', 'e2']);
			expect(workerGone).toBe(0);
		}
	);

	it('deletes nothing without a connection', async () => {
		expect(await leave(server({ ok: false, why: 'offline' }).post, KEY)).toBe(false);
		expect(ids(store.rows())).toEqual(['e1', 'e2']);
	});

	it('deletes all the same when its day is over: nobody listens any more', async () => {
		expect(await leave(server(refused('needs_sign_in')).post, KEY)).toBe(true);
		expect(store.rows()).toEqual([]);
	});

	it('leaves the app and the other person’s things on a shared phone', async () => {
		await store.lock!.switchTo('new');
		const other = (await store.begin()).id;
		await store.put([eventRow(own(other), 'theirs')]);
		await store.lock!.switchTo(profile);
		expect(await leave(server().post, KEY)).toBe(true);
		expect(workerGone).toBe(0);
		await store.lock!.switchTo(other);
		expect(ids(store.rows())).toEqual(['theirs']);
	});
});
