import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endLeftSession, hasLeftSession, leaveSession } from '#sync/left-session.ts';

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

function asking(answer: () => Promise<Response>) {
	const asked: [string, RequestInit | undefined][] = [];
	const ask = (async (path: string, init?: RequestInit) => {
		asked.push([path, init]);
		return answer();
	}) as typeof fetch;
	return { ask, asked };
}
const json = (status = 200) =>
	new Response('{}', { status, headers: { 'content-type': 'application/json' } });

describe('a session that an emptied phone left behind', () => {
	it('is ended at the next chance, once, and the note says nothing about anybody', async () => {
		const { ask, asked } = asking(async () => json());
		await endLeftSession(ask);
		expect(asked).toEqual([]);
		leaveSession();
		expect(Object.entries(localStorage)).toEqual([['alongside:end-session', '1']]);
		await endLeftSession(ask);
		await endLeftSession(ask);
		expect(asked).toHaveLength(1);
		const [path, init] = asked[0]!;
		expect([path, init?.method, (init?.headers as Record<string, string>)['X-Alongside']]).toEqual([
			'/api/session/end',
			'POST',
			'1'
		]);
		expect(localStorage.length).toBe(0);
	});

	it('waits while there is no connection, a café’s page or a fault', async () => {
		leaveSession();
		for (const answer of [
			() => Promise.reject(new TypeError('no network')),
			async () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
			async () => json(503)
		]) {
			await endLeftSession(asking(answer).ask);
			expect(hasLeftSession()).toBe(true);
		}
	});
});
