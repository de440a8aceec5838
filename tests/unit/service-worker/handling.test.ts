import { describe, expect, it } from 'vitest';
import { handling, networkThenShell, PATIENCE } from '../../../service-worker/handling.ts';

const ORIGIN = 'https://alongside.example';
const named = new Set(['/app', '/early.js']);
const at = (path: string, mode = 'navigate', method = 'GET') =>
	handling({ url: new URL(path, ORIGIN).href, mode, method }, ORIGIN, named);

describe('who answers', () => {
	it('the shell answers every address of the family, also one never visited', () => {
		for (const path of ['/app', '/app/timeline', '/app/milestone/k3x9?from=home', '/app/start/letter'])
			expect(at(path)).toBe('shell');
		expect(at('/application')).toBe('page');
	});

	it('public pages come from the network first', () => {
		for (const path of ['/', '/help/law', '/ur/help', '/support/short-breaks', '/waits'])
			expect(at(path)).toBe('page');
	});

	it('keeps out of sync, health, staff, sign-in, other origins and anything that writes', () => {
		for (const path of [
			'/api/sync/pull',
			'/api',
			'/healthz',
			'/staff',
			'/staff/cases',
			'/sign-in/back',
			'/service-worker.js'
		]) {
			expect(at(path), path).toBe('pass');
			expect(at(path, 'cors'), path).toBe('pass');
		}
		expect(at('/app', 'navigate', 'POST')).toBe('pass');
		expect(at('https://elsewhere.example/app')).toBe('pass');
	});

	it('tells built files, languages and named files apart', () => {
		expect(at('/_app/immutable/chunks/abc.js', 'cors')).toBe('built');
		expect(at('/_app/immutable/words/en/home.abc.js', 'cors')).toBe('built');
		expect(at('/_app/immutable/words/ur/home.abc.js', 'cors')).toBe('language');
		expect(at('/early.js', 'no-cors')).toBe('named');
		expect(at('/robots.txt', 'no-cors')).toBe('pass');
	});
});

describe('a public page', () => {
	const page = (body: string, status = 200) => new Response(body, { status });
	const shell = async () => page('shell');
	const never = () => new Promise<never>(() => undefined);
	const text = async (answer: Promise<Response>) => (await answer).text();

	it('is the network’s when that is quick, with its own errors', async () => {
		expect(await text(networkThenShell({ network: async () => page('fresh'), shell, after: never }))).toBe(
			'fresh'
		);
		expect(
			await text(networkThenShell({ network: async () => page('gone', 404), shell, after: never }))
		).toBe('gone');
	});

	it('is the shell without a connection, after three seconds, or when the server is down', async () => {
		expect(
			await text(networkThenShell({ network: () => Promise.reject(new TypeError()), shell, after: never }))
		).toBe('shell');
		let waited = 0;
		const after = async (ms: number) => ((waited = ms), null);
		expect(await text(networkThenShell({ network: never, shell, after }))).toBe('shell');
		expect(waited).toBe(PATIENCE);
		expect(
			await text(networkThenShell({ network: async () => page('proxy', 502), shell, after: never }))
		).toBe('shell');
	});

	it('without a shell says what the network said', async () => {
		const none = async () => undefined;
		expect(
			await text(networkThenShell({ network: async () => page('proxy', 502), shell: none, after: never }))
		).toBe('proxy');
		await expect(
			networkThenShell({ network: () => Promise.reject(new TypeError('failed')), shell: none, after: never })
		).rejects.toThrow('failed');
	});
});
