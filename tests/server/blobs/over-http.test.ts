import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CHUNK_BYTES, SEALED_EXTRA } from '#contract/blobs.ts';
import { answerChunk } from '#server/blobs/answer-chunk.ts';
import { disk } from '#server/blobs/disk.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { testRuntime } from '../../support/family.ts';
import { fileFamily } from '../../support/file-family.ts';
import { fileOf, sumOfBytes, voice } from '../../support/files.ts';
import { knock } from '../../support/knock.ts';
import type { Phone } from '../../support/sign-in.ts';
import { ask, withFiles } from '../../support/uploading.ts';

/** A chunk over a real connection, read as Kit reads it: whatever is wrong with it, its phone hears so and is not cut off. */
const dir = mkdtempSync(join(tmpdir(), 'al-blob-http-'));
/** As scripts/serve.ts sets it. */
const LIMIT = 513 * 1024;
let base: Runtime;
let phone: Phone;
let scope: string;
let http: Server;
let port: number;
beforeAll(async () => {
	base = await testRuntime();
	({ phone, scope } = await fileFamily(withFiles(base, dir), 'HT-1'));
	http = createServer((incoming, outgoing) => {
		void (async () => {
			const request = await getRequest({
				request: incoming,
				base: 'http://localhost:3000',
				bodySizeLimit: LIMIT
			});
			const [, , , id = '', n = ''] = (incoming.url ?? '').split('/');
			const call = phone.browser.call(request);
			setResponse(outgoing, await answering(() => answerChunk(call, phone.server, { id, n })));
		})().catch((problem: { status?: number }) => outgoing.writeHead(problem.status ?? 500).end());
	});
	await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
	({ port } = http.address() as AddressInfo);
});
beforeEach(() => void vi.restoreAllMocks());
afterAll(async () => {
	http.closeAllConnections();
	await new Promise((closed) => http.close(closed));
	await base.close();
	rmSync(dir, { recursive: true, force: true });
});

const file = fileOf(voice(2 * CHUNK_BYTES), 'audio/webm');
const put = async (n: number, body: Buffer, headers: Record<string, string> = {}) => {
	const own = {
		host: 'localhost',
		'content-type': 'application/octet-stream',
		'x-alongside': '1',
		'sec-fetch-site': 'same-origin',
		'x-chunk-sha256': sumOfBytes(body)
	};
	const path = `/api/blobs/${file.ref.id}/${n}`;
	const heard = await knock({ port, method: 'PUT', path, body, headers: { ...own, ...headers } });
	return [heard.status, (JSON.parse(heard.text || '{}') as { code?: string; have?: string }).code];
};

test('a whole chunk passes the limit on bodies; every refusal is heard', async () => {
	await ask(phone, scope, file);
	const [first, second] = file.chunks as [Buffer, Buffer];
	expect(first.byteLength).toBe(CHUNK_BYTES + SEALED_EXTRA);
	expect(await put(0, Buffer.concat([first, Buffer.alloc(1)]))).toEqual([413, 'too_large']);
	expect((await put(0, Buffer.alloc(3 * CHUNK_BYTES)))[0]).toBe(413);
	expect(await put(0, first, { 'x-chunk-sha256': 'e'.repeat(64) })).toEqual([422, 'chunk_wrong']);
	expect(await put(0, first, { 'x-alongside': '' })).toEqual([400, 'bad_request']);
	expect(await put(0, first, { 'content-type': '' })).toEqual([400, 'bad_request']);
	expect(await put(7, first)).toEqual([400, 'bad_request']);
	vi.spyOn(console, 'error').mockImplementation(() => {});
	const { open } = disk;
	const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
	vi.spyOn(disk, 'open').mockImplementation(async (path, flags, mode) => {
		const handle = await open(path, flags, mode);
		let parts = 0;
		const write = handle.writeFile.bind(handle);
		// In the middle of it, with the rest still on its way.
		handle.writeFile = async (part) => (++parts > 1 ? Promise.reject(full) : write(part));
		return handle;
	});
	expect(await put(0, first)).toEqual([503, 'unavailable']);
	vi.restoreAllMocks();
	expect((await ask(phone, scope, file)).body).toEqual({ state: 'uploading', have: '00' });
	expect(await put(0, first)).toEqual([200, undefined]);
	expect(await put(0, first)).toEqual([200, undefined]);
	expect(await put(1, second)).toEqual([200, undefined]);
	expect((await ask(phone, scope, file)).body).toEqual({ state: 'words', have: '11' });
});
