import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSession, leaveSession } from '#sync/leave-session.ts';
import { endLeftSession, leftSession } from '#sync/left-session.ts';

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

const PHONE = '0b9d8a9e-8f0f-4f0c-9a53-0d3c53d0a001';
const TABLET = '0b9d8a9e-8f0f-4f0c-9a53-0d3c53d0a002';

const at = (deviceId: string) => ({
	position: async () => ({ deviceId, epoch: null, signedIn: true, scopes: [] })
});

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
		leaveSession([]);
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

	it('names whose it was, so that the other people of a shared phone stay signed in', async () => {
		const { ask, asked } = asking(async () => json());
		leaveSession([PHONE]);
		leaveSession([TABLET, PHONE]);
		await endLeftSession(ask);
		expect(asked[0]![1]!.body).toBe(JSON.stringify({ devices: [PHONE, TABLET] }));
		expect(leftSession()).toBeNull();
	});

	it('is not ended any more once somebody signed in with it again', async () => {
		leaveSession([PHONE, TABLET]);
		await keepSession(at(PHONE));
		expect(leftSession()).toBe(TABLET);
		await keepSession(at(TABLET));
		expect(leftSession()).toBeNull();
		leaveSession([]);
		await keepSession(at(PHONE));
		expect(leftSession()).toBeNull();
	});

	it('keeps what was noted while the server was answering', async () => {
		leaveSession([PHONE]);
		const { ask } = asking(async () => {
			leaveSession([TABLET]);
			return json();
		});
		await endLeftSession(ask);
		expect(leftSession()).toBe(`${PHONE} ${TABLET}`);
	});

	it('waits while there is no connection, a café’s page or a fault', async () => {
		leaveSession([PHONE]);
		for (const answer of [
			() => Promise.reject(new TypeError('no network')),
			async () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
			async () => json(503)
		]) {
			await endLeftSession(asking(answer).ask);
			expect(leftSession()).toBe(PHONE);
		}
	});
});
