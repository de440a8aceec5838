import { expect, test } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { startApp, type AppServer } from '../support/app-server.ts';

/** Security headers on every answer: rendered, prerendered, static, refused, missing. */
let server: AppServer;
test.beforeAll(async () => void (server = await startApp({ env: { DEMO: '1' } })));
test.afterAll(async () => {
	await server.stop();
	server.remove();
});

const immutable = () =>
	`/_app/immutable/entry/${readdirSync('build/client/_app/immutable/entry').find((name) => name.endsWith('.js'))}`;
const PATHS = [
	'/',
	'/ur',
	'/help/law',
	'/app',
	'/app/timeline',
	'/app/milestone/none',
	'/service-worker.js',
	'/manifest.webmanifest',
	'/early.js',
	'/healthz',
	'/nowhere',
	'/api/sync/pull',
	'/api/blobs',
	'/api/blobs/none'
];

for (const path of PATHS)
	test(`${path} carries its headers`, async ({ request }) => {
		const answer = await request.get(server.origin + path);
		const headers = answer.headers();
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(headers['referrer-policy']).toBe('no-referrer');
		expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
		expect(headers['cross-origin-opener-policy']).toBe('same-origin');
		expect(headers['permissions-policy']).toContain('geolocation=()');
		expect(headers['cache-control']).toMatch(/no-cache|no-store/);
		expect(headers['access-control-allow-origin']).toBeUndefined();
		expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
	});

test('hashed files may be kept for a year', async ({ request }) => {
	const answer = await request.get(server.origin + immutable());
	expect(answer.status()).toBe(200);
	expect(answer.headers()['cache-control']).toContain('immutable');
	expect(answer.headers()['x-content-type-options']).toBe('nosniff');
});

test('rendered pages have a strict policy with Trusted Types', async ({ request }) => {
	const policy = (await request.get(server.origin + '/')).headers()['content-security-policy']!;
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("require-trusted-types-for 'script'");
	expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
});

test('pages of the family hold nothing of a family', async ({ request }) => {
	const [shell, deep] = await Promise.all(
		['/app', '/app/timeline'].map(async (path) => (await request.get(server.origin + path)).text())
	);
	for (const html of [shell!, deep!]) expect(html).not.toMatch(/EHCNA|case:|guardian|\d{4}-\d{2}-\d{2}T/);
});

test('the server stops within seconds when it is asked to, with exit code 0', async () => {
	const other = await startApp({ env: { DEMO: '1' } });
	expect(await other.stop()).toBe(0);
	other.remove();
});
