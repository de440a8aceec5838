// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { CHUNK_BYTES, placeOfKept, type FileRef } from '#contract/blobs.ts';
import { sentScope } from '#contract/scope.ts';
import { systemClock } from '#browser/now.ts';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { answerBlobAsk } from '#server/blobs/answer-ask.ts';
import { answerChunk } from '#server/blobs/answer-chunk.ts';
import { answerComplete } from '#server/blobs/answer-complete.ts';
import { answerKept } from '#server/blobs/answer-kept.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answerPush } from '#server/sync/answer-push.ts';
import { openPiece } from '#store/files/seal-file.ts';
import { sendFiles } from '#sync/files.ts';
import { pushAndPull } from '#sync/push-and-pull.ts';
import { redeem } from '#sync/redeem.ts';
import { createPost, createPut } from '#sync/transport.ts';
import { Browser, ORIGIN } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { voice } from '../../support/files.ts';
import { withFiles } from '../../support/uploading.ts';
import { own, phone } from '../store/phone.ts';

vi.setConfig({ testTimeout: 120_000 });
const dir = mkdtempSync(join(tmpdir(), 'al-phone-files-'));
let base: Runtime;
let server: Runtime;
beforeAll(async () => {
	base = await testRuntime();
	server = withFiles(base, dir);
	await base.database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: new Date() }));
}, 90_000);
afterAll(async () => {
	await base.close();
	rmSync(dir, { recursive: true, force: true });
});
const phones: ReturnType<typeof phone>[] = [];
afterEach(() => phones.splice(0).forEach((one) => one.close()));

/** A `fetch` that ends at the real endpoints, and loses every `lose`-th answer. */
function asking(browser: Browser, lose = Infinity) {
	let count = 0;
	return (async (input, init) => {
		const path = String(input);
		const [, id = '', n = ''] = /^\/api\/blobs\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
		const headers = new Headers(init?.headers);
		headers.set('sec-fetch-site', 'same-origin');
		headers.set('origin', ORIGIN);
		const call = browser.call(
			new Request(`${ORIGIN}${path}`, { method: init?.method ?? 'GET', body: init?.body ?? null, headers })
		);
		const answer = await answering(() => {
			if (n === 'complete') return answerComplete(call, server, { id });
			if (id) return answerChunk(call, server, { id, n });
			if (path === '/api/blobs') return answerBlobAsk(call, server);
			if (path === '/api/sync/push') return answerPush(call, server);
			return path === '/api/sync/pull' ? answerPull(call, server) : answerRedeem(call, server);
		});
		if (++count % lose === 0) throw new TypeError('lost');
		return answer;
	}) as typeof fetch;
}

it('a photo and a voice go from a phone to the real server, over lost answers, and leave it only then', async () => {
	const child = await oneChild(server.database, 'PF-1', { guardians: ['G-PF-1'] });
	const browser = new Browser();
	const one = phone();
	phones.push(one);
	const store = await one.open();
	const line = (ask: typeof fetch) => ({
		post: createPost({ ask, clock: systemClock }),
		put: createPut({ ask, clock: systemClock })
	});
	const good = line(asking(browser));
	const code = await letterCode(server.database, child.scopeId, 'G-PF-1');
	expect(await redeem({ store: store.pull, post: good.post }, code, '2017-05-04')).toMatchObject({
		ok: true
	});
	expect(await pushAndPull({ store, post: good.post })).toMatchObject({ why: 'done' });

	const { id, userId } = store.profile()!;
	const scope = sentScope(child.caseId, userId!);
	const place = { scope: own(id), draft: 'message.x' };
	const noise = { width: 1600, height: 1200, channels: 3 as const };
	const picture = await sharp({
		create: { ...noise, background: '#555555', noise: { type: 'gaussian', mean: 90, sigma: 60 } }
	})
		.jpeg({ quality: 92 })
		.toBuffer();
	expect(picture.length).toBeGreaterThan(CHUNK_BYTES);
	const said = voice(CHUNK_BYTES + 17);
	const bad = Buffer.from('a text that calls itself a photo');
	const files: FileRef[] = [
		await store.files.add(picture, { ...place, type: 'image/jpeg' }),
		await store.files.add(said, { ...place, type: 'audio/webm', seconds: 7 }),
		await store.files.add(bad, { ...place, type: 'image/jpeg' })
	];
	const args = { id: crypto.randomUUID(), text: 'See the photo.', files };
	await store.outbox.add({ scope, name: 'message.send', args });
	expect(await store.filePush.waiting()).toEqual([]);
	expect(await pushAndPull({ store, post: good.post })).toMatchObject({ why: 'done' });
	expect(store.outbox.items()).toMatchObject([{ state: 'received' }]);

	const shaky = line(asking(browser, 3));
	for (let lap = 0; lap < 60 && (await store.filePush.waiting()).length > 0; lap++)
		await sendFiles({ store: store.filePush, ...shaky });
	const uploads = () =>
		one.raw(id, async (db) => new Map((await db.uploads.toArray()).map((row) => [row.id, row])));
	const chunks = () => one.raw(id, (db) => db.chunks.toCollection().primaryKeys());
	const states = async () => {
		const rows = await uploads();
		return files.map((file) => [rows.get(file.id)!.state, rows.get(file.id)!.code]);
	};
	expect(await states()).toEqual([
		['done', undefined],
		['done', undefined],
		['refused', 'wrong_type']
	]);
	await sendFiles({ store: store.filePush, ...good });
	expect((await chunks()).length).toBeGreaterThanOrEqual(5);

	expect(await pushAndPull({ store, post: good.post })).toMatchObject({ why: 'done' });
	expect(store.rows().find(({ t }) => t === 'message')).toMatchObject({
		v: { files: [{ id: files[0]!.id }, {}, {}] }
	});
	await sendFiles({ store: store.filePush, ...good });
	expect((await states()).map(([state]) => state)).toEqual(['kept', 'kept', 'refused']);
	expect(await chunks()).toEqual([[files[2]!.id, 0]]);

	const kept = await answering(() =>
		answerKept(browser.get(`/api/blobs/${files[1]!.id}`), server, { id: files[1]!.id })
	);
	const heard = await openPiece(files[1]!.key, placeOfKept(files[1]!.id), await kept.arrayBuffer());
	expect(Buffer.from(heard).equals(said)).toBe(true);
});
