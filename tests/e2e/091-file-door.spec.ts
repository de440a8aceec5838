import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { CHUNK_BYTES, SEALED_EXTRA, type BlobAnswer } from '#contract/blobs.ts';
import { startApp, type AppServer } from '../support/app-server.ts';
import { fileOf, voice, type PhoneFile } from '../support/files.ts';
import { knock } from '../support/knock.ts';
import { LAID_ENV, layInFolder } from '../support/laid-folder.ts';
import type { LaidFolder } from '../support/many-families.ts';

/** Chunks of a file through the real server: whole ones pass its limit on bodies, and what has come outlives a restart. */
let server: AppServer;
let world: LaidFolder;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	test.setTimeout(300_000);
	world = layInFolder();
	server = await startApp({ dataDir: world.dataDir, env: LAID_ENV });
});
test.afterAll(async () => {
	await server?.stop();
	server?.remove();
});

const OCTETS = { 'content-type': 'application/octet-stream' };
const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const ask = async (method: string, path: string, body: Buffer, headers: Record<string, string> = {}) => {
	const own = { 'x-alongside': '1', 'sec-fetch-site': 'same-origin', host: `localhost:${server.port}` };
	const cookie = `s=${world.families.alpha.token}`;
	const heard = await knock({
		port: server.port,
		method,
		path,
		body,
		headers: { ...own, cookie, ...headers }
	});
	const said = JSON.parse(heard.text || '{}') as Partial<BlobAnswer>;
	return { status: heard.status, state: said.state, have: said.have, code: said.code };
};
const begin = ({ ref }: PhoneFile) => {
	const { caseId, accountId } = world.families.alpha;
	const body = { id: ref.id, scope: `case:${caseId}:sent:${accountId}`, bytes: ref.bytes };
	return ask('POST', '/api/blobs', Buffer.from(JSON.stringify(body)), { 'content-type': 'application/json' });
};
const put = ({ ref }: PhoneFile, n: number, bytes: Buffer) =>
	ask('PUT', `/api/blobs/${ref.id}/${n}`, bytes, { ...OCTETS, 'x-chunk-sha256': sum(bytes) });

const file = fileOf(voice(2 * CHUNK_BYTES + 100), 'audio/webm');

test('a whole chunk is taken, one that is longer is told so, and the connection is not cut before the answer', async () => {
	expect(await begin(file)).toMatchObject({ status: 200, state: 'uploading', have: '000' });
	const [first, second] = file.chunks as [Buffer, Buffer];
	expect(first.byteLength).toBe(CHUNK_BYTES + SEALED_EXTRA);
	expect(await put(file, 1, second)).toMatchObject({ status: 200, have: '010' });
	const longer = Buffer.concat([first, Buffer.alloc(1)]);
	expect(await put(file, 0, longer)).toMatchObject({ status: 413, code: 'too_large' });
	expect(await put(file, 0, Buffer.alloc(5 * CHUNK_BYTES))).toMatchObject({ status: 413 });
	const wrong = { ...OCTETS, 'x-chunk-sha256': 'f'.repeat(64) };
	expect(await ask('PUT', `/api/blobs/${file.ref.id}/0`, first, wrong)).toMatchObject({
		status: 422,
		code: 'chunk_wrong'
	});
	const nobody = await ask('PUT', `/api/blobs/${file.ref.id}/0`, first, { ...OCTETS, cookie: '' });
	expect(nobody).toMatchObject({ status: 401, code: 'needs_sign_in' });
	expect(await begin(file)).toMatchObject({ have: '010' });
});

test('after a restart the rest comes, and nothing is sent twice', async () => {
	await server.stop();
	server = await startApp({ dataDir: world.dataDir, env: LAID_ENV });
	expect(await begin(file)).toMatchObject({ have: '010' });
	expect(await put(file, 0, file.chunks[0]!)).toMatchObject({ have: '110' });
	expect(await put(file, 2, file.chunks[2]!)).toMatchObject({ state: 'words', have: '111' });
	const complete = `/api/blobs/${file.ref.id}/complete`;
	expect(
		await ask('POST', complete, Buffer.from('{}'), { 'content-type': 'application/json' })
	).toMatchObject({ status: 200, state: 'words' });
});
