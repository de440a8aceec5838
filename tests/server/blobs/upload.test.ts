import { createDecipheriv } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CHUNK_BYTES, FILE_BYTES, placeOfKept, UNSENT_BYTES, type FileRef } from '#contract/blobs.ts';
import { ownScope, sentScope } from '#contract/scope.ts';
import { staffActor } from '#server/access/actor.ts';
import { restore, suspend } from '#server/access/relationships.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { disk } from '#server/blobs/disk.ts';
import type { Runtime } from '#server/runtime.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';
import { fileOf, voice, voiceMp4, sealedBytes, type PhoneFile } from '../../support/files.ts';
import { push, sealedMutation, type ServerKey } from '../../support/pushing.ts';
import { Phone } from '../../support/sign-in.ts';
import { ask, complete, fetchKept, put, upload, withFiles } from '../../support/uploading.ts';

/** A file of a family: in chunks, in any order, opened only with the words that hold its key, and kept once. */
const dir = mkdtempSync(join(tmpdir(), 'al-blobs-'));
let base: Runtime;
let server: Runtime;
let key: ServerKey;
beforeAll(async () => {
	base = await testRuntime();
	key = await base.database.transact((tx) => currentServerKey(tx, { secret: TEST_SECRET, now: new Date() }));
});
afterAll(async () => {
	await base.close();
	rmSync(dir, { recursive: true, force: true });
});

let cases = 0;
let one: Phone;
let mine: string;
let scopeId: string;
let caseId: string;
const numbers = new Map<Phone, number>();
beforeEach(async () => {
	vi.restoreAllMocks();
	const ref = `BL-${++cases}`;
	server = withFiles(base, join(dir, ref));
	({ scopeId, caseId } = await oneChild(base.database, ref, { guardians: [`${ref}A`, `${ref}B`] }));
	one = new Phone(server);
	await one.letter(scopeId, `${ref}A`);
	mine = sentScope(caseId, one.userId);
});

/** Words that name files, sent by this phone. */
async function words(phone: Phone, refs: FileRef[], name = 'message.send'): Promise<string> {
	const seq = (numbers.get(phone) ?? 0) + 1;
	numbers.set(phone, seq);
	const id = crypto.randomUUID();
	const said =
		name === 'message.send'
			? { id, text: 'See the photo.', files: refs }
			: { id, form: 'annual-review', version: 1, answers: { about: 'Drums.' }, files: refs };
	const scope = sentScope(caseId, phone.userId);
	const { acks } = await push(phone, [await sealedMutation(key, { seq, name, scope, args: said })]);
	expect(acks[0]!.status).toBe('done');
	return id;
}
const rowOf = ({ ref }: PhoneFile) =>
	base.database.db.selectFrom('blob').selectAll().where('id', '=', ref.id.toLowerCase()).executeTakeFirst();
const ourFolder = () => join(server.config.blobDir, one.userId);
const onDisk = (folder = server.config.blobDir): string[] =>
	existsSync(folder)
		? readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name))
		: [];
function opened(ref: FileRef, sealed: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', Buffer.from(ref.key, 'base64url'), sealed.subarray(0, 12))
		.setAAD(Buffer.from(placeOfKept(ref.id)))
		.setAuthTag(sealed.subarray(-16));
	return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
const keptOf = async (file: PhoneFile) => opened(file.ref, (await fetchKept(one, file.ref.id)).bytes);
const photo = (more: object = {}) =>
	sharp({ create: { width: 900, height: 600, channels: 3, background: '#8a5', ...more } });

test('words first, chunks in any order, complete: kept byte for byte, sealed on the disk, and every phone of the person can read it', async () => {
	const file = fileOf(voice(3 * CHUNK_BYTES + 17), 'audio/webm', { seconds: 40 });
	await words(one, [file.ref]);
	expect(await ask(one, mine, file)).toEqual({
		status: 200,
		headers: expect.anything(),
		body: { state: 'uploading', have: '0000' }
	});
	for (const [n, have] of [
		[2, '0010'],
		[0, '1010'],
		[3, '1011']
	] as const)
		expect((await put(one, file, { n, bytes: file.chunks[n]! })).body).toEqual({ state: 'uploading', have });
	// A phone that died in the middle asks what has come.
	expect((await ask(one, mine, file)).body).toEqual({ state: 'uploading', have: '1011' });
	expect((await complete(one, file)).body).toEqual({ state: 'uploading', have: '1011' });
	expect((await put(one, file, { n: 1, bytes: file.chunks[1]! })).body.state).toBe('words');
	expect((await complete(one, file)).body).toEqual({ state: 'done', have: '1111' });
	expect((await complete(one, file)).body).toEqual({ state: 'done', have: '1111' });
	expect((await keptOf(file)).equals(file.plain)).toBe(true);
	const [kept, ...rest] = onDisk();
	expect([rest, statSync(kept!).mode & 0o077]).toEqual([[], 0]);
	expect(readFileSync(kept!).includes(file.plain.subarray(100, 200))).toBe(false);
	const lines = await base.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('scope', '=', mine)
		.where('object', '=', file.ref.id)
		.execute();
	expect(lines).toMatchObject([{ action: 'file-kept', actor: one.userId, actor_role: 'guardian' }]);
});

test('chunks first: nothing is opened before the words are here, and then they open it', async () => {
	for (const name of ['message.send', 'views.send']) {
		const file = fileOf(voiceMp4(CHUNK_BYTES), 'audio/mp4');
		expect((await upload(one, mine, file)).body).toEqual({ state: 'words', have: '1' });
		expect((await complete(one, file)).body).toEqual({ state: 'words', have: '1' });
		await words(one, [file.ref], name);
		expect((await complete(one, file)).body).toEqual({ state: 'done', have: '1' });
		expect((await keptOf(file)).equals(file.plain)).toBe(true);
	}
});

test('a picture is drawn anew: no place, no camera, upright, no larger than a page needs', async () => {
	const secret = 'Rowan Close 7';
	const exif = { IFD0: { Copyright: secret, Make: secret }, IFD3: { GPSLatitudeRef: 'N' } };
	const jpeg = await photo({ width: 3000, height: 1000 })
		.withExif(exif)
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
	const png = await photo().png().withExif(exif).toBuffer();
	for (const [plain, type, size] of [
		[jpeg, 'image/jpeg', [683, 2048]],
		[png, 'image/png', [900, 600]]
	] as const) {
		const file = fileOf(plain, type);
		await words(one, [file.ref]);
		await upload(one, mine, file);
		expect((await complete(one, file)).body.state).toBe('done');
		const kept = await keptOf(file);
		const about = await sharp(kept).metadata();
		expect([about.format, about.width, about.height]).toEqual([type.slice(6), ...size]);
		expect([about.exif, about.orientation]).toEqual([undefined, undefined]);
		expect(kept.includes(secret)).toBe(false);
	}
	expect(jpeg.includes(secret)).toBe(true);
});

test('the same chunk again, or at the same moment, changes nothing; with a wrong hash nothing is kept', async () => {
	const file = fileOf(voice(2 * CHUNK_BYTES), 'audio/webm');
	await ask(one, mine, file);
	const [first, second] = file.chunks as [Buffer, Buffer];
	const spoilt = Buffer.from(first);
	spoilt[400]! ^= 1;
	const wrong = await put(one, file, { n: 0, bytes: spoilt, headers: { 'x-chunk-sha256': 'a'.repeat(64) } });
	expect([wrong.status, wrong.body]).toEqual([422, { code: 'chunk_wrong' }]);
	expect([onDisk(), (await rowOf(file))!.have]).toEqual([[], '00']);
	const all = await Promise.all([0, 0, 0, 1, 1].map((n) => put(one, file, { n, bytes: file.chunks[n]! })));
	expect(all.map((said) => said.status)).toEqual([200, 200, 200, 200, 200]);
	expect((await rowOf(file))!.have).toBe('11');
	// Another one in its place: the first stands.
	expect((await put(one, file, { n: 1, bytes: spoilt })).body).toEqual({ state: 'words', have: '11' });
	await words(one, [file.ref]);
	expect((await complete(one, file)).body.state).toBe('done');
	expect((await put(one, file, { n: 1, bytes: second })).body).toEqual({ state: 'done', have: '11' });
	expect(onDisk()).toHaveLength(1);
});

test('a body of another length, without its hash, of another site or past the last chunk is refused whole', async () => {
	const file = fileOf(voice(CHUNK_BYTES + 9), 'audio/webm');
	await ask(one, mine, file);
	const [big, small] = file.chunks as [Buffer, Buffer];
	const tried = async (n: number | string, bytes: Uint8Array, headers: Record<string, string> = {}) => {
		const { status, body } = await put(one, file, { n, bytes, headers });
		return [status, (body as { code?: string }).code];
	};
	expect(await tried(0, small)).toEqual([400, 'bad_request']);
	expect(await tried(1, big)).toEqual([413, 'too_large']);
	expect(await tried(0, Buffer.concat([big, Buffer.alloc(1)]))).toEqual([413, 'too_large']);
	expect(await tried(0, new Uint8Array())).toEqual([400, 'bad_request']);
	for (const n of [2, -1, '1e1', '0x0', 100]) expect(await tried(n, small)).toEqual([400, 'bad_request']);
	expect(await tried(0, big, { 'x-chunk-sha256': '' })).toEqual([400, 'bad_request']);
	expect(await tried(0, big, { 'content-type': 'text/plain' })).toEqual([400, 'bad_request']);
	expect(await tried(0, big, { 'sec-fetch-site': 'cross-site' })).toEqual([400, 'bad_request']);
	expect(await tried(0, big, { 'x-alongside': '' })).toEqual([400, 'bad_request']);
	expect([onDisk(), (await rowOf(file))!.have]).toEqual([[], '00']);
});

test('somebody else’s id is, for everybody else, one that is not there', async () => {
	const two = new Phone(server);
	await two.letter(scopeId, `BL-${cases}B`);
	const file = fileOf(voice(900), 'audio/webm');
	await words(one, [file.ref]);
	await upload(one, mine, file);
	await complete(one, file);
	const none = fileOf(voice(900), 'audio/webm');
	const nobody = new Phone(server);
	for (const other of [file, none]) {
		expect((await ask(two, mine, other)).status).toBe(404);
		expect((await put(two, other, { n: 0, bytes: other.chunks[0]! })).body).toEqual({ code: 'not_found' });
		expect((await complete(two, other)).body).toEqual({ code: 'not_found' });
		expect((await fetchKept(two, other.ref.id)).status).toBe(404);
		expect((await fetchKept(nobody, other.ref.id)).status).toBe(401);
		expect((await put(nobody, other, { n: 0, bytes: other.chunks[0]! })).status).toBe(401);
	}
	// The same id in their own scope is a file of their own, and the first is as it was.
	const theirs = sentScope(caseId, two.userId);
	expect((await upload(two, theirs, file)).body).toEqual({ state: 'words', have: '1' });
	expect((await complete(two, file)).body.state).toBe('words');
	expect((await keptOf(file)).equals(file.plain)).toBe(true);
	for (const scope of [scopeId, ownScope(caseId, one.userId), `user:${one.userId}`, 'ref:X99000009:people'])
		expect((await ask(one, scope, none)).status).toBe(404);
	for (const id of ['x', '..', '../../secret', file.ref.id + '0'])
		expect((await put(one, file, { id, n: 0, bytes: file.chunks[0]! })).status).toBe(404);
});

test('an id begun as one file is no other; an id in capitals is the same', async () => {
	const file = fileOf(voice(900), 'audio/webm', { id: crypto.randomUUID().toUpperCase() });
	await words(one, [file.ref]);
	expect((await ask(one, mine, file)).status).toBe(200);
	expect((await ask(one, mine, file, { bytes: 901 })).body).toEqual({ code: 'bad_request' });
	expect((await ask(one, mine, file, { id: file.ref.id.toLowerCase() })).body.have).toBe('0');
	await put(one, file, { n: 0, bytes: file.chunks[0]! });
	expect((await complete(one, file)).body.state).toBe('done');
	expect((await keptOf(file)).equals(file.plain)).toBe(true);
});

test('what is not what its words say is refused for good, says why, and leaves no byte', async () => {
	const good = voice(CHUNK_BYTES + 5);
	const picture = await photo().jpeg().toBuffer();
	const other = fileOf(good, 'audio/webm');
	const page = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(900, ' '));
	const all: [PhoneFile, Partial<FileRef>, string][] = [
		[fileOf(good, 'audio/webm'), { key: other.ref.key }, 'not_opened'],
		[fileOf(good, 'audio/webm'), { sha256: 'b'.repeat(64) }, 'wrong_hash'],
		[fileOf(good, 'audio/webm'), { bytes: good.byteLength - 1 }, 'wrong_hash'],
		[fileOf(good, 'audio/mp4'), {}, 'wrong_type'],
		[fileOf(page, 'image/png'), {}, 'wrong_type'],
		[fileOf(page, 'audio/webm'), {}, 'wrong_type'],
		[fileOf(picture, 'image/png'), {}, 'wrong_type'],
		[fileOf(picture.subarray(0, 700), 'image/jpeg'), {}, 'wrong_type'],
		[fileOf(Buffer.concat([picture.subarray(0, 20), page]), 'image/jpeg'), {}, 'wrong_type']
	];
	for (const [file, bent, code] of all) {
		await words(one, [{ ...file.ref, ...bent }]);
		await upload(one, mine, file);
		const said = (await complete(one, file)).body;
		expect([said.state, said.code], code).toEqual(['refused', code]);
		expect((await complete(one, file)).body).toEqual(said);
		expect((await put(one, file, { n: 0, bytes: file.chunks[0]! })).body.state).toBe('refused');
		expect((await fetchKept(one, file.ref.id)).status).toBe(404);
	}
	expect(onDisk()).toEqual([]);
	// Chunks that changed places, or came out of another file.
	const mixed = fileOf(voice(2 * CHUNK_BYTES), 'audio/webm');
	await words(one, [mixed.ref]);
	await upload(one, mine, { ...mixed, chunks: mixed.chunks.toReversed() });
	expect((await complete(one, mixed)).body.code).toBe('not_opened');
});

test('a picture that would fill the memory is refused', async () => {
	const bomb = await photo({ width: 12_000, height: 12_000 }).png({ compressionLevel: 9 }).toBuffer();
	expect(bomb.byteLength).toBeLessThan(FILE_BYTES);
	const file = fileOf(bomb, 'image/png');
	await words(one, [file.ref]);
	await upload(one, mine, file);
	expect((await complete(one, file)).body.code).toBe('wrong_type');
});

test('named by two messages it is kept once; named with another key first, the words that open it count', async () => {
	const file = fileOf(voice(CHUNK_BYTES + 1), 'audio/webm');
	await words(one, [{ ...file.ref, key: fileOf(voice(50), 'audio/webm').ref.key }]);
	await words(one, [{ ...file.ref, sha256: '0'.repeat(64) }]);
	await words(one, [file.ref]);
	await words(one, [{ ...file.ref, seconds: 3 }], 'views.send');
	await upload(one, mine, file);
	const both = await Promise.all([complete(one, file), complete(one, file)]);
	expect(both.map((said) => said.body.state)).toEqual(['done', 'done']);
	expect((await keptOf(file)).equals(file.plain)).toBe(true);
	expect(onDisk()).toHaveLength(1);
	const lines = base.database.db.selectFrom('audit_line').select('n').where('object', '=', file.ref.id);
	expect(await lines.execute()).toHaveLength(1);
});

test('there is room for what may wait on one phone, and not for more', async () => {
	const big = (n: number) => fileOf(voice(60), 'audio/webm', { bytes: n });
	for (let n = 0; n < UNSENT_BYTES / FILE_BYTES; n++)
		expect((await ask(one, mine, big(FILE_BYTES))).status).toBe(200);
	const over = await ask(one, mine, big(1));
	expect([over.status, over.body]).toEqual([429, { code: 'too_many', retryAfter: 3600 }]);
	expect((await ask(one, mine, big(FILE_BYTES + 1))).status).toBe(400);
	// Another person has their own room; what is done takes none.
	const two = new Phone(server);
	await two.letter(scopeId, `BL-${cases}B`);
	const theirs = sentScope(caseId, two.userId);
	const many = await Promise.all(Array.from({ length: 70 }, () => ask(two, theirs, big(1))));
	expect(many.filter((said) => said.status === 200)).toHaveLength(60);
	await base.database.db
		.updateTable('blob')
		.set({ state: 'refused', code: 'scan' })
		.where('account_id', '=', one.userId)
		.execute();
	expect((await ask(one, mine, big(1))).status).toBe(200);
});

test('while a hold runs files are out of reach, and afterwards the rest of them comes', async () => {
	const file = fileOf(voice(CHUNK_BYTES + 1), 'audio/webm');
	const before = fileOf(voice(800), 'audio/webm');
	await words(one, [file.ref, before.ref]);
	await upload(one, mine, before);
	await complete(one, before);
	await ask(one, mine, file);
	await put(one, file, { n: 0, bytes: file.chunks[0]! });
	const staff = await base.database.transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	const decision = { caseScope: scopeId, accountId: one.userId };
	await base.database.transact((tx) => suspend(tx, staff, { ...decision, reason: 'court-order' }));
	expect((await put(one, file, { n: 1, bytes: file.chunks[1]! })).status).toBe(404);
	expect((await ask(one, mine, file)).status).toBe(404);
	expect((await fetchKept(one, before.ref.id)).status).toBe(404);
	await base.database.transact((tx) => restore(tx, staff, decision));
	expect((await fetchKept(one, before.ref.id)).status).toBe(200);
	await put(one, file, { n: 1, bytes: file.chunks[1]! });
	expect((await complete(one, file)).body.state).toBe('done');
});

test('a chunk that the disk lost is asked for again', async () => {
	const file = fileOf(voice(2 * CHUNK_BYTES), 'audio/webm');
	await words(one, [file.ref]);
	await upload(one, mine, file);
	rmSync(join(ourFolder(), `${file.ref.id}.chunks`, '1'));
	expect((await complete(one, file)).body).toEqual({ state: 'uploading', have: '10' });
	await put(one, file, { n: 1, bytes: file.chunks[1]! });
	expect((await complete(one, file)).body.state).toBe('done');
});

for (const [step, code] of [
	['mkdir', 'ENOSPC'],
	['open', 'EMFILE'],
	['rename', 'EIO'],
	['write', 'ENOSPC'],
	['sync', 'EIO'],
	['folder', 'EIO']
] as const)
	test(`a disk that fails (${step}: ${code}) is answered with "later", and nothing half is seen`, async () => {
		const file = fileOf(voice(CHUNK_BYTES + 3), 'audio/webm');
		await words(one, [file.ref]);
		await ask(one, mine, file);
		await put(one, file, { n: 0, bytes: file.chunks[0]! });
		const said = vi.spyOn(console, 'error').mockImplementation(() => {});
		fail(step, code);
		const answered = await put(one, file, { n: 1, bytes: file.chunks[1]! });
		expect([answered.status, answered.body]).toEqual([503, { code: 'unavailable', retryAfter: 60 }]);
		expect(said.mock.calls.flat().join()).toContain(code);
		expect(said.mock.calls.flat().join()).not.toMatch(new RegExp(`${one.userId}|${file.ref.id}|/`));
		vi.restoreAllMocks();
		expect((await ask(one, mine, file)).body).toEqual({ state: 'uploading', have: '10' });
		expect(onDisk().filter((path) => path.endsWith('.tmp'))).toEqual([]);
		await put(one, file, { n: 1, bytes: file.chunks[1]! });
		vi.spyOn(console, 'error').mockImplementation(() => {});
		fail(step, code);
		expect((await complete(one, file)).status).toBe(503);
		vi.restoreAllMocks();
		expect((await rowOf(file))!.state).toBe('words');
		expect((await fetchKept(one, file.ref.id)).status).toBe(404);
		expect((await complete(one, file)).body.state).toBe('done');
		expect((await keptOf(file)).equals(file.plain)).toBe(true);
	});

/** The next file that is written fails at this step, as the disk would have it. */
function fail(step: 'mkdir' | 'open' | 'rename' | 'write' | 'sync' | 'folder', code: string): void {
	const fault = () => Object.assign(new Error(`${code}: /some/where/${one.userId}`), { code, syscall: step });
	if (step === 'mkdir' || step === 'rename') vi.spyOn(disk, step).mockRejectedValueOnce(fault());
	else {
		const { open } = disk;
		vi.spyOn(disk, 'open').mockImplementation(async (path, flags, mode) => {
			if (step === 'open' && flags === 'wx') throw fault();
			const file = await open(path, flags, mode);
			const rejects = async () => Promise.reject(fault());
			if (step === 'write' && flags === 'wx') file.writeFile = rejects;
			if ((step === 'sync' && flags === 'wx') || (step === 'folder' && flags === 'r')) file.sync = rejects;
			return file;
		});
	}
}

test('sealedBytes of the support and the server agree on what a sealed chunk is', () => {
	expect(sealedBytes('A'.repeat(43), 'x', Buffer.from('abc')).byteLength).toBe(3 + 28);
});
