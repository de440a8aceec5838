import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CHUNK_BYTES } from '#contract/blobs.ts';
import { complete as completeHere } from '#server/blobs/complete.ts';
import { disk } from '#server/blobs/disk.ts';
import { PARTIAL_MS, tidyBlobs } from '#server/blobs/tidy.ts';
import type { Runtime } from '#server/runtime.ts';
import { testRuntime } from '../../support/family.ts';
import { fileFamily } from '../../support/file-family.ts';
import { fileOf, voice } from '../../support/files.ts';
import { ask, complete, fetchKept, put, upload, withFiles } from '../../support/uploading.ts';

/** The process ends at any moment; files begin anew where they were, and what it left behind goes away. */
const dir = mkdtempSync(join(tmpdir(), 'al-blob-crash-'));
const DAY = 86_400_000;
let base: Runtime;
beforeAll(async () => void (base = await testRuntime()));
beforeEach(() => {
	vi.restoreAllMocks();
	vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterAll(async () => {
	await base.close();
	rmSync(dir, { recursive: true, force: true });
});

/** Alive for so many steps (a call of the disk, the begin or the end of a transaction), and dead from then on. */
function mortal(server: Runtime) {
	let left = Infinity;
	const step = () => {
		if (left-- <= 0) throw new Error('the process has ended');
	};
	for (const name of ['mkdir', 'open', 'readFile', 'rename', 'rm'] as const) {
		const real = disk[name] as (...args: unknown[]) => Promise<unknown>;
		vi.spyOn(disk, name).mockImplementation((async (...args: unknown[]) => {
			step();
			const made = await real(...args);
			if (name === 'open') {
				const file = made as { writeFile: (one: unknown) => Promise<void>; sync: () => Promise<void> };
				const [write, sync] = [file.writeFile.bind(file), file.sync.bind(file)];
				file.writeFile = async (one) => (step(), write(one));
				file.sync = async () => (step(), sync());
			}
			return made;
		}) as never);
	}
	const { database } = server;
	const transact: typeof database.transact = async (work, options) => {
		step();
		const result = await database.transact(work, options);
		// Committed, and nobody hears of it.
		step();
		return result;
	};
	return {
		server: { ...server, database: { ...database, transact } },
		liveFor: (steps: number) => void (left = steps),
		get spare() {
			return left;
		}
	};
}
const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
/** As if all of it had been left there days ago. */
function age(folder: string, days: number) {
	const then = new Date(Date.now() - days * DAY);
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
		utimesSync(join(entry.parentPath, entry.name), then, then);
}

test('cut off at any step, nothing half is seen, and the same requests again end in the same file', async () => {
	const blobDir = join(dir, 'cut');
	const world = mortal(withFiles(base, blobDir));
	const { phone, scope, words } = await fileFamily(world.server, 'CR-1');
	const file = fileOf(voice(CHUNK_BYTES + 40), 'audio/webm');
	await words([file.ref]);
	const [first, second] = file.chunks as [Buffer, Buffer];
	const requests = [
		() => ask(phone, scope, file),
		() => put(phone, file, { n: 1, bytes: second }),
		() => put(phone, file, { n: 0, bytes: first }),
		() => complete(phone, file)
	];
	const seen: string[] = [];
	let steps = 0;
	for (const request of requests)
		for (let at = 0; ; at++) {
			world.liveFor(at);
			const said = await request();
			const ended = world.spare <= 0 && said.status !== 200;
			world.liveFor(Infinity);
			steps++;
			const { body } = await ask(phone, scope, file);
			seen.push(body.state);
			const kept = await fetchKept(phone, file.ref.id);
			expect(kept.status).toBe(body.state === 'done' ? 200 : 404);
			// A file that is settled although its answer was lost has all of its bytes.
			if (body.state === 'done')
				expect(createHash('sha256').update(kept.bytes).digest('hex')).toBe(await sumInRow(file.ref.id));
			if (!ended) {
				expect(said.status).toBe(200);
				break;
			}
			// What was done by then is never undone.
			expect(seen.at(-2) === 'done' && body.state !== 'done').toBe(false);
		}
	expect((await complete(phone, file)).body.state).toBe('done');
	expect(steps).toBeGreaterThan(35);
	// Only the row's own file is left once the leftovers are old.
	age(blobDir, 2);
	await tidyBlobs(world.server);
	expect(filesIn(blobDir)).toHaveLength(1);
	expect((await fetchKept(phone, file.ref.id)).status).toBe(200);
}, 240_000);

const sumInRow = async (id: string) =>
	(
		await base.database.db
			.selectFrom('blob')
			.select('kept_sha256')
			.where('id', '=', id)
			.executeTakeFirstOrThrow()
	).kept_sha256;

test('two servers that complete one file at the same moment keep it once, and the row names the one that is there', async () => {
	const blobDir = join(dir, 'twice');
	const server = withFiles(base, blobDir);
	const { phone, scope, words } = await fileFamily(server, 'CR-6');
	const file = fileOf(voice(CHUNK_BYTES + 40), 'audio/webm');
	await words([file.ref]);
	await upload(phone, scope, file);
	const whose = { accountId: phone.userId, id: file.ref.id };
	// Each has opened its chunks and written its own file before any of them goes on.
	const { rename } = disk;
	const { promise: all, resolve: go } = Promise.withResolvers<void>();
	let arrived = 0;
	vi.spyOn(disk, 'rename').mockImplementation(async (from, to) => {
		if (++arrived === 3) go();
		await all;
		return rename(from, to);
	});
	const both = await Promise.all(
		Array.from({ length: 3 }, () => completeHere(server, whose, { actor: 'system' }))
	);
	expect(both.map((row) => row?.state)).toEqual(['done', 'done', 'done']);
	expect(filesIn(blobDir)).toHaveLength(1);
	const kept = await fetchKept(phone, file.ref.id);
	expect(createHash('sha256').update(kept.bytes).digest('hex')).toBe(await sumInRow(file.ref.id));
	const lines = base.database.db.selectFrom('audit_line').select('n').where('object', '=', file.ref.id);
	expect(await lines.execute()).toHaveLength(1);
});

test('words that came last of all, from a phone that never asked again, open their file within the hour', async () => {
	const server = withFiles(base, join(dir, 'last'));
	const { phone, scope, words } = await fileFamily(server, 'CR-2');
	const [named, unnamed] = [fileOf(voice(300), 'audio/webm'), fileOf(voice(300), 'audio/webm')];
	for (const file of [named, unnamed]) await upload(phone, scope, file);
	await words([named.ref]);
	await tidyBlobs(server);
	expect((await ask(phone, scope, named)).body.state).toBe('done');
	expect((await ask(phone, scope, unnamed)).body.state).toBe('words');
	const lines = base.database.db.selectFrom('audit_line').selectAll().where('object', '=', named.ref.id);
	expect(await lines.execute()).toMatchObject([{ action: 'file-kept', actor: null, actor_role: 'system' }]);
});

test('a scanner that cannot say holds the file back, loses nothing, and lets it through when it can', async () => {
	const blobDir = join(dir, 'scanned');
	const withScan = (text: string) => withFiles(base, blobDir, [process.execPath, '-e', text]);
	const { phone, scope, words } = await fileFamily(withScan('process.exit(2)'), 'CR-3');
	const [file, bad] = [fileOf(voice(300), 'audio/webm'), fileOf(voice(300), 'audio/webm')];
	await words([file.ref, bad.ref]);
	for (const one of [file, bad]) await upload(phone, scope, one);
	const said = await complete(phone, file);
	expect([said.status, said.body]).toEqual([503, { code: 'unavailable', retryAfter: 300 }]);
	expect((await ask(phone, scope, file)).body.state).toBe('words');
	// Not even after a month: everything is here, and only our own scanner is at fault.
	await tidyBlobs(withScan('process.exit(2)'), new Date(Date.now() + PARTIAL_MS + DAY));
	expect((await ask(phone, scope, file)).body.state).toBe('words');
	const clean = Object.assign(Object.create(phone), { server: withScan('process.exit(0)') }) as typeof phone;
	expect((await complete(clean, file)).body.state).toBe('done');
	const refuses = Object.assign(Object.create(phone), {
		server: withScan('process.exit(1)')
	}) as typeof phone;
	expect((await complete(refuses, bad)).body).toEqual({ state: 'refused', have: '1', code: 'scan' });
	const rows = base.database.db.selectFrom('blob').select(['id', 'scanned']).where('scope_id', '=', scope);
	expect(new Map((await rows.execute()).map((row) => [row.id, row.scanned]))).toEqual(
		new Map([
			[file.ref.id, true],
			[bad.ref.id, false]
		])
	);
	expect(filesIn(blobDir)).toHaveLength(1);
});

test('an upload that nobody goes on with is forgotten after thirty days, not before', async () => {
	const blobDir = join(dir, 'partial');
	const server = withFiles(base, blobDir);
	const { phone, scope } = await fileFamily(server, 'CR-4');
	const [part, whole] = [fileOf(voice(CHUNK_BYTES + 9), 'audio/webm'), fileOf(voice(90), 'audio/webm')];
	await ask(phone, scope, part);
	await put(phone, part, { n: 1, bytes: part.chunks[1]! });
	await upload(phone, scope, whole);
	await tidyBlobs(server, new Date(Date.now() + PARTIAL_MS - 60_000));
	expect((await ask(phone, scope, part)).body.have).toBe('01');
	expect(filesIn(blobDir)).toHaveLength(2);
	await tidyBlobs(server, new Date(Date.now() + PARTIAL_MS + 60_000));
	expect(filesIn(blobDir)).toEqual([]);
	expect((await put(phone, part, { n: 0, bytes: part.chunks[0]! })).status).toBe(404);
	expect((await ask(phone, scope, part)).body).toEqual({ state: 'uploading', have: '00' });
});

test('beside a database that knows none of them, kept files stay where they are', async () => {
	const blobDir = join(dir, 'stranger');
	const server = withFiles(base, blobDir);
	const { phone, scope, words } = await fileFamily(server, 'CR-5');
	const file = fileOf(voice(90), 'audio/webm');
	await words([file.ref]);
	await upload(phone, scope, file);
	await complete(phone, file);
	const [kept] = filesIn(blobDir);
	await base.database.db.deleteFrom('blob').where('id', '=', file.ref.id).execute();
	age(blobDir, 400);
	await tidyBlobs(server);
	expect(filesIn(blobDir)).toEqual([kept]);
});
