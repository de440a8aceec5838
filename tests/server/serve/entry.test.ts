import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { setHeaders } from '../../../scripts/serve/headers.ts';
import { refuseWriting } from '../../../scripts/serve/methods.ts';
import { keepOlderBuilds } from '../../../scripts/serve/older-builds.ts';
import { isForeignHost, setOrigin } from '../../../scripts/serve/request-origin.ts';

const dir = mkdtempSync(join(tmpdir(), 'al-serve-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const immutable = (build: string) => join(dir, build, 'client/_app/immutable/chunks');

/** A build with one chunk. */
function build(name: string, chunk: string): string {
	mkdirSync(immutable(name), { recursive: true });
	writeFileSync(join(immutable(name), chunk), `export default '${chunk}'`);
	return join(dir, name);
}

/** The entry's own steps in front of a handler that knows nothing. */
async function serving(
	build: string,
	trustProxy: boolean,
	work: (origin: string, seen: () => Record<string, unknown>) => Promise<void>
) {
	const older = await keepOlderBuilds({ build, kept: join(dir, 'kept') });
	let headers: Record<string, unknown> = {};
	const server = createServer((request, response) => {
		setOrigin(request, trustProxy);
		setHeaders(request, response);
		headers = request.headers;
		if (isForeignHost(request, { loopbackOnly: true })) return void response.writeHead(421).end();
		if (refuseWriting(request, response)) return;
		if (!older.answer(request, response)) response.writeHead(404).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => headers);
	await new Promise((resolve) => server.close(resolve));
}

test('a chunk of an older build is served for 30 days, then it is gone; nothing else is', async () => {
	await serving(build('a', 'old.js'), false, async (origin) => {
		// The current build's own files are the handler's.
		expect((await fetch(`${origin}/_app/immutable/chunks/old.js`)).status).toBe(404);
	});
	await serving(build('b', 'new.js'), false, async (origin) => {
		const kept = await fetch(`${origin}/_app/immutable/chunks/old.js`);
		expect([kept.status, await kept.text()]).toEqual([200, "export default 'old.js'"]);
		expect(kept.headers.get('cache-control')).toContain('immutable');
		expect(kept.headers.get('content-type')).toBe('text/javascript');
		for (const path of ['chunks/none.js', 'chunks/../../../secret', '%2e%2e/%2e%2e/secret', 'chunks']) {
			expect((await fetch(`${origin}/_app/immutable/${path}`)).status).toBe(404);
		}
	});
	const month = new Date(Date.now() - 31 * 86_400_000);
	utimesSync(join(dir, 'kept/chunks/old.js'), month, month);
	await serving(join(dir, 'b'), false, async (origin) =>
		expect((await fetch(`${origin}/_app/immutable/chunks/old.js`)).status).toBe(404)
	);
});

test('every answer carries the headers, and what may change is asked for again', async () => {
	await serving(build('c', 'c.js'), false, async (origin) => {
		for (const path of [
			'/',
			'/app',
			'/robots.txt',
			'/api/sync/pull',
			'/nothing',
			'/staff/cases/x',
			'/sign-in'
		]) {
			const { headers } = await fetch(`${origin}${path}`);
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('referrer-policy')).toBe(
				/^\/(staff|sign-in)/.test(path) ? 'same-origin' : 'no-referrer'
			);
			expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
			expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
			expect(headers.get('cache-control')).toBe(
				/^\/(api|staff|sign-in)/.test(path) ? 'no-store' : 'no-cache'
			);
			expect(headers.get('strict-transport-security')).toBeNull();
		}
		// A page's own policy, in its meta tag, must not be narrowed by the header.
		expect((await fetch(`${origin}/app`)).headers.get('content-security-policy')).not.toMatch(
			/script-src|default-src|style-src/
		);
	});
});

test('what is only read refuses to be written; the interface decides for itself', async () => {
	await serving(build('e', 'e.js'), false, async (origin) => {
		const ask = async (method: string, path: string) => {
			const { status, headers } = await fetch(origin + path, { method });
			return [status, headers.get('allow'), headers.get('x-content-type-options')];
		};
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
			for (const path of [
				'/',
				'/app',
				'/app/timeline',
				'/help?x=/api/',
				'/apix',
				'/_app/immutable/chunks/old.js'
			])
				expect(await ask(method, path)).toEqual([405, 'GET, HEAD', 'nosniff']);
		// 404 here is the stand-in for Kit: the request came through.
		for (const path of ['/api/sync/pull', '/sign-in/council', '/staff'])
			expect((await ask('POST', path))[0]).toBe(404);
	});
});

test('only a trusted proxy says that it is https, and from where', async () => {
	const claims = {
		'x-forwarded-proto': 'https',
		'x-forwarded-for': '203.0.113.9',
		'x-forwarded-host': 'evil.example'
	};
	await serving(build('d', 'd.js'), false, async (origin, seen) => {
		const answer = await fetch(origin, { headers: claims });
		expect(seen()).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' });
		expect(answer.headers.get('strict-transport-security')).toBeNull();
	});
	await serving(join(dir, 'd'), true, async (origin, seen) => {
		const answer = await fetch(origin, { headers: claims });
		expect(seen()).toMatchObject(claims);
		expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
	});
});

test('a name that was pointed at this machine is refused', () => {
	const asked = (host: string) => isForeignHost({ headers: { host } } as never, { loopbackOnly: true });
	expect(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'].map(asked)).toEqual([
		false,
		false,
		false,
		false
	]);
	expect(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', ''].map(asked)).toEqual([
		true,
		true,
		true,
		true
	]);
	expect(isForeignHost({ headers: { host: 'evil.example' } } as never, { loopbackOnly: false })).toBe(false);
});
