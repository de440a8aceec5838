// First: Dexie's live queries stay silent where there was no IndexedDB when Dexie was loaded.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_BYTES, FILE_BYTES, type FileRef } from '#contract/blobs.ts';
import { systemClock } from '#browser/now.ts';
import type { PhoneStore } from '#store/phone-store.ts';
import { filesAfter } from '#sync/files-after.ts';
import { createFileSending, sendFiles } from '#sync/files.ts';
import { createPost, createPut } from '#sync/transport.ts';
import { own, phone } from '../store/phone.ts';
import { connected, SENT } from '../store/outbox-phone.ts';
import { BlobServer, said } from './blob-server.ts';

vi.setConfig({ testTimeout: 300_000 });

const phones: ReturnType<typeof phone>[] = [];
const fresh = () => {
	const one = phone();
	phones.push(one);
	return one;
};
afterEach(() => phones.splice(0).forEach((one) => one.close()));

function bytesOf(length: number, seed: number): Uint8Array {
	const words = new Uint32Array(Math.ceil(length / 4));
	for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + seed + 1, 2654435761);
	return new Uint8Array(words.buffer).slice(0, length);
}

/** A phone whose words with these files have arrived. `heard`: the server knows the words too. */
async function sent(sizes: readonly number[], server: BlobServer) {
	const one = fresh();
	const { store } = await connected(one);
	const files: FileRef[] = [];
	const place = { scope: own(store.profile()!.id), draft: 'd', type: 'image/jpeg' as const };
	for (const [n, size] of sizes.entries()) files.push(await store.files.add(bytesOf(size, n), place));
	const args = { id: crypto.randomUUID(), text: 'hello', files };
	const { mid, seq } = await store.outbox.add({ scope: SENT, name: 'message.send', args });
	await store.push.offer(50, 400_000);
	await store.push.acknowledge([{ mid, seq, status: 'done' }], '2026-11-25T10:00:00.000Z');
	for (const file of files) server.words.set(file.id, file);
	return { one, store, files };
}
type Ask = (path: string, init: RequestInit) => Promise<Response>;
const lineTo = (store: PhoneStore, ask: Ask) => {
	const parts = { ask: ask as typeof fetch, clock: systemClock };
	return { store: store.filePush, post: createPost(parts), put: createPut(parts) };
};
const direct =
	(server: BlobServer): Ask =>
	(path, init) =>
		server.answer(path, { ...(init as { body: ArrayBuffer }), headers: new Headers(init.headers) });
const states = async (one: ReturnType<typeof phone>, store: PhoneStore) =>
	one.raw(store.profile()!.id, async (db) => (await db.uploads.toArray()).map(({ state }) => state));
/** Of the transport: how long it waits for an answer, no pause of ours. */
const PATIENCE = [45_000, 180_000];
const expectWhole = (server: BlobServer, files: readonly FileRef[], sizes: readonly number[]) =>
	files.forEach((file, n) =>
		expect(Buffer.from(server.kept.get(file.id) ?? []).equals(Buffer.from(bytesOf(sizes[n]!, n)))).toBe(true)
	);

describe('files on their way', () => {
	it('go up, are opened and are settled; asked again nothing is sent', async () => {
		const server = new BlobServer();
		const sizes = [2 * CHUNK_BYTES + 5, 1];
		const { one, store, files } = await sent(sizes, server);
		const paths: string[] = [];
		const line = lineTo(store, (path, init) => {
			paths.push(`${init.method} ${path.replace(/[\da-f]{8}-[\da-f-]{27}/, 'F')}`);
			return direct(server)(path, init);
		});
		expect(await sendFiles(line)).toEqual({ why: 'done' });
		const first = ['POST /api/blobs', 'PUT /api/blobs/F/0'];
		const complete = 'POST /api/blobs/F/complete';
		expect(paths.sort()).toEqual(
			[...first, 'PUT /api/blobs/F/1', 'PUT /api/blobs/F/2', complete, ...first, complete].sort()
		);
		expectWhole(server, files, sizes);
		expect(await states(one, store)).toEqual(['done', 'done']);
		paths.length = 0;
		await sendFiles(line);
		expect(paths).toEqual([]);
	});

	it('wait where the server has the chunks and not the words yet, and are asked about again', async () => {
		const server = new BlobServer();
		const { one, store, files } = await sent([10], server);
		server.words.clear();
		const line = lineTo(store, direct(server));
		expect(await sendFiles(line)).toEqual({ why: 'done' });
		expect(await states(one, store)).toEqual(['waiting']);
		server.words.set(files[0]!.id, files[0]!);
		await sendFiles(line);
		expect(await states(one, store)).toEqual(['done']);
	});

	it('that the server cannot open or does not want do not hold up the others', async () => {
		const server = new BlobServer();
		const sizes = [10, 11, 12];
		const { one, store, files } = await sent(sizes, server);
		server.words.set(files[0]!.id, { ...files[0]!, sha256: 'a'.repeat(64) });
		const line = lineTo(store, (path, init) =>
			String(init.body).includes(files[1]!.id)
				? Promise.resolve(said({ code: 'not_found' }, 404))
				: direct(server)(path, init)
		);
		expect(await sendFiles(line)).toEqual({ why: 'done' });
		expect((await states(one, store)).sort()).toEqual(['done', 'refused', 'waiting']);
	});

	it('whose chunk was changed on the way send it again at once, and not for ever', async () => {
		const server = new BlobServer();
		const { one, store } = await sent([10], server);
		let flips = 1;
		let puts = 0;
		const line = lineTo(store, (path, init) => {
			if (init.method !== 'PUT') return direct(server)(path, init);
			const body = (init.body as ArrayBuffer).slice(0);
			if (puts++ < flips) new Uint8Array(body)[0]! ^= 1;
			return direct(server)(path, { ...init, body });
		});
		flips = 99;
		await sendFiles(line);
		expect([puts, await states(one, store)]).toEqual([3, ['waiting']]);
		[puts, flips] = [0, 1];
		await sendFiles(line);
		expect([puts, await states(one, store)]).toEqual([2, ['done']]);
	});

	it('stop at whatever is said of the phone and not of the file', async () => {
		const server = new BlobServer();
		const { store } = await sent([10, 11], server);
		for (const [json, status] of [
			[{ code: 'needs_sign_in' }, 401],
			[{ code: 'too_many', retryAfter: 7 }, 429],
			[{ code: 'unavailable', retryAfter: 9 }, 503]
		] as const) {
			let asks = 0;
			const result = await sendFiles(
				lineTo(store, async () => {
					asks++;
					return said(json, status);
				})
			);
			expect(asks).toBe(1);
			expect(result).toMatchObject({
				ok: false,
				...('retryAfter' in json && { retryAfter: json.retryAfter })
			});
		}
	});
});

/** What may happen to one request. */
const FAULTS = [
	'drop',
	'lose',
	'double',
	'kill',
	'killAfter',
	'portal',
	'busy',
	'stale',
	'flip',
	'forget'
] as const;
type Fault = (typeof FAULTS)[number] | 'ok';
const PAGE = () => new Response('<p>Sign in</p>', { headers: { 'content-type': 'text/html' } });
class Killed extends Error {}

describe('whatever happens on the way', () => {
	it('ends in exactly the files: lost, doubled, stale, changed and forgotten requests, cafés and kills', async () => {
		const story = fc.record({
			sizes: fc.array(fc.constantFrom(1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES + 9), {
				minLength: 1,
				maxLength: 3
			}),
			faults: fc.array(fc.constantFrom<Fault>('ok', 'ok', ...FAULTS), { maxLength: 40 })
		});
		const seen = new Set<Fault>();
		await fc.assert(
			fc.asyncProperty(story, async ({ sizes, faults }) => {
				const server = new BlobServer();
				const { one, store: first, files } = await sent(sizes, server);
				let store: PhoneStore = first;
				let killed = false;
				const left = [...faults];
				const old = new Map<string, object>();
				const ask: Ask = async (path, init) => {
					const fault = left.shift() ?? 'ok';
					seen.add(fault);
					if (fault === 'kill' || fault === 'killAfter') killed = true;
					if (fault === 'drop' || fault === 'kill') throw new Killed();
					if (fault === 'portal') return PAGE();
					if (fault === 'busy') return said({ code: 'unavailable' }, 503);
					const id = path.split('/')[3] ?? '';
					if (fault === 'stale' && old.has(id)) return said(old.get(id)!);
					if (fault === 'forget') server.blobs.get(id)?.chunks.delete(0);
					let body = init.body as ArrayBuffer;
					if (fault === 'flip' && init.method === 'PUT') {
						body = body.slice(0);
						new Uint8Array(body)[3]! ^= 1;
					}
					if (fault === 'double') await direct(server)(path, init);
					const answer = await direct(server)(path, { ...init, body });
					if (answer.ok && !old.has(id)) old.set(id, (await answer.clone().json()) as object);
					if (fault === 'lose' || fault === 'killAfter') throw new Killed();
					return answer;
				};
				for (let lap = 0; lap < 120; lap++) {
					// The page is gone: the disk is as the last write left it.
					const result = await sendFiles({ ...lineTo(store, ask), stopped: () => killed });
					if (killed) {
						one.close();
						store = await one.open();
						killed = false;
					} else if (result.why === 'done' && (await store.filePush.waiting()).length === 0) break;
				}
				expectWhole(server, files, sizes);
				expect(await states(one, store)).toEqual(sizes.map(() => 'done'));
				one.close();
			}),
			{
				numRuns: Number(process.env.MODEL_RUNS ?? 30),
				...(process.env.MODEL_SEED && { seed: +process.env.MODEL_SEED })
			}
		);
		expect([...seen].sort()).toEqual([...FAULTS, 'ok'].sort());
	});

	it('60 MB with a cut every second and 2 % lost: at most a tenth goes twice, and no cut costs more than one chunk', async () => {
		const server = new BlobServer();
		const sizes = Array.from({ length: 6 }, () => FILE_BYTES);
		const { one, store, files } = await sent(sizes, server);
		/** A good mobile line: 10 MB a second, 40 ms there and back. */
		const [rate, way, loss] = [10_000, 40, 0.02];
		let [now, carried, cuts, drops, seed] = [0, 0, 0, 0, 20261125];
		const random = () => ((seed = (seed * 1103515245 + 12345) % 2 ** 31), seed / 2 ** 31);
		const ask: Ask = async (path, init) => {
			const size = init.method === 'PUT' ? (init.body as ArrayBuffer).byteLength : 0;
			const takes = way + size / rate;
			const cut = (Math.floor(now / 1000) + 1) * 1000;
			if (now + takes > cut) {
				const up = cut - now - way / 2;
				carried += Math.min(size, Math.max(0, up) * rate);
				now = cut;
				cuts++;
				// All of it went up, and the answer was cut off.
				if (up * rate >= size) await direct(server)(path, init);
				throw new TypeError('cut');
			}
			now += takes;
			carried += size;
			if (random() < loss) {
				drops++;
				// Half of the time it was the answer.
				if (random() < 0.5) await direct(server)(path, init);
				throw new TypeError('lost');
			}
			return direct(server)(path, init);
		};
		// Time goes by as the line takes it, and as long as the phone waits.
		const clock = {
			now: () => now,
			after(ms: number, work: () => void) {
				if (PATIENCE.includes(ms)) return () => undefined;
				now += ms;
				const soon = setTimeout(work);
				return () => clearTimeout(soon);
			}
		};
		const exclusive = async <T>(_: string, __: boolean, work: () => Promise<T>) => work();
		const sending = createFileSending({
			ask: ask as typeof fetch,
			clock,
			random,
			exclusive,
			store: store.filePush
		});
		sending.begin();
		await vi.waitUntil(() => server.kept.size === 6, { timeout: 250_000 });
		await vi.waitUntil(async () => (await store.filePush.waiting()).length === 0);
		sending.close();
		expectWhole(server, files, sizes);
		expect(await states(one, store)).toEqual(sizes.map(() => 'done'));
		const twice = carried - sizes.length * (FILE_BYTES + 28 * (FILE_BYTES / CHUNK_BYTES));
		console.log(
			`60 MB: ${cuts} cuts, ${drops} lost, ${((100 * twice) / (6 * FILE_BYTES)).toFixed(1)} % carried twice, ${(now / 1000).toFixed(1)} s`
		);
		expect(cuts).toBeGreaterThan(4);
		expect(twice).toBeLessThanOrEqual((cuts + drops) * (CHUNK_BYTES + 28));
		expect(twice / (6 * FILE_BYTES)).toBeLessThanOrEqual(0.1);
	});
});

describe('by itself', () => {
	/** A clock whose timers go off when the test says so. */
	function handClock() {
		const timers = new Set<{ ms: number; work: () => void }>();
		return {
			timers,
			now: () => 0,
			after(ms: number, work: () => void) {
				const timer = { ms, work };
				timers.add(timer);
				return () => void timers.delete(timer);
			}
		};
	}

	it('it goes on after a failure, waits as long as it is told, and ends when it is closed', async () => {
		const server = new BlobServer();
		const { one, store } = await sent([10], server);
		const clock = handClock();
		const answers: (() => Promise<Response>)[] = [
			async () => said({ code: 'unavailable', retryAfter: 33 }, 503),
			async () => Promise.reject(new TypeError('cut'))
		];
		const ask: Ask = async (path, init) => (answers.shift() ?? (() => direct(server)(path, init)))();
		const exclusive = async <T>(_: string, __: boolean, work: () => Promise<T>) => work();
		const parts = { ask: ask as typeof fetch, clock, random: () => 0.5, exclusive };
		const sending = createFileSending({ ...parts, store: store.filePush });
		const pause = async () => {
			await vi.waitUntil(() => [...clock.timers].some(({ ms }) => !PATIENCE.includes(ms)));
			const timer = [...clock.timers].find(({ ms }) => !PATIENCE.includes(ms))!;
			clock.timers.delete(timer);
			return timer;
		};
		sending.begin();
		sending.begin();
		const first = await pause();
		expect(first.ms).toBe(33_000);
		first.work();
		const second = await pause();
		expect(second.ms).toBeGreaterThan(0);
		second.work();
		await vi.waitUntil(async () => (await states(one, store))[0] === 'done');
		sending.close();
	});

	it('begins only where a file waits, after words', async () => {
		const server = new BlobServer();
		const { one, store } = await sent([10], server);
		const idle = fresh();
		const nothing = await idle.open();
		const exclusive = async <T>(_: string, __: boolean, work: () => Promise<T>) => work();
		let asks = 0;
		const ask = ((path: string, init: RequestInit) => (asks++, direct(server)(path, init))) as typeof fetch;
		const parts = { ask, clock: systemClock, random: () => 0.5, exclusive };
		filesAfter({ ...parts, store: nothing }).begin();
		const after = filesAfter({ ...parts, store });
		after.begin();
		await vi.waitUntil(async () => (await states(one, store))[0] === 'done');
		expect(asks).toBe(3);
		after.close();
	});
});
