import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answering } from '#server/edge/refusal.ts';
import { runJob } from '#server/ops/job-socket.ts';
import { faultLine } from '#server/fault-line.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';

let server: Runtime;
beforeAll(async () => (server = await testRuntime()));
afterAll(() => server.close());

test('a body past the limit is told so over a real connection, up to the largest and beyond', async () => {
	const http = createServer((request, response) => {
		void (async () => {
			const base = `http://${request.headers.host}`;
			const asked = await getRequest({ request, base, bodySizeLimit: 512 * 1024 });
			await setResponse(response, await answering(() => answerRedeem(new Browser().call(asked), server)));
		})();
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
	const headers = { 'content-type': 'application/json', 'x-alongside': '1', 'sec-fetch-site': 'same-origin' };
	for (const bytes of [5_000, 200 * 1024, 600 * 1024]) {
		const response = await fetch(url, { method: 'POST', headers, body: 'x'.repeat(bytes) });
		expect([bytes, response.status, await response.json()]).toEqual([bytes, 413, { code: 'too_large' }]);
	}
	http.closeAllConnections();
	await new Promise((resolve) => http.close(resolve));
});

test('a zero in a name or in a forged page is a bad request or another start, never a fault of the database', async () => {
	const { scopeId } = await oneChild(server.database, 'H1');
	const browser = new Browser();
	const body = {
		code: await letterCode(server.database, scopeId),
		bornOn: '2017-05-04',
		deviceId: browser.deviceId
	};
	const redeem = (deviceName: string) =>
		answering(() => answerRedeem(browser.post('/', { ...body, deviceName }), server));
	for (const name of ['Pho\0ne', 'Pho\u001bne']) expect((await redeem(name)).status).toBe(400);
	const redeemed = (await (await redeem('Ámi’s 📱')).json()) as { epoch: string };
	const page = [redeemed.epoch.slice(0, 8), 1, 1, 0, 'ca\0se', 'x'].join('~');
	const ask = {
		proto: 1,
		schema: 1,
		deviceId: browser.deviceId,
		epoch: redeemed.epoch,
		scopes: [{ id: scopeId, cookie: null, page }]
	};
	const pulled = await answering(() => answerPull(browser.post('/', ask), server));
	expect(pulled.status).toBe(200);
	expect(((await pulled.json()) as { scopes: { reset: boolean }[] }).scopes[0]!.reset).toBe(true);
});

test('a fault in the log names where it was, never the values of a statement or of a body', async () => {
	const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
	const failing = answering(async () => {
		await server.database.transact((tx) => tx.insertInto('account').values({ id: 'Amira Mirza' }).execute());
		return new Response();
	});
	expect((await failing).status).toBe(503);
	const text = logged.mock.calls.flat().join('\n');
	logged.mockRestore();
	expect(text).toContain('api:');
	expect(text).toContain('22P02');
	expect(text).not.toContain('Amira');
});

test('other faults keep their words and places', () => {
	expect(faultLine(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n {4}at /);
	const unread = (() => {
		try {
			return JSON.parse('Amira, born') as unknown;
		} catch (problem) {
			return problem;
		}
	})();
	expect(faultLine(unread)).toMatch(/^SyntaxError\n {4}at /);
	expect(faultLine(unread)).not.toContain('Amira');
});

test.each(['constructor', '__proto__', 'toString', 'db-import'])(
	'a job named %s is not one of ours',
	async (name) => {
		const said: string[] = [];
		const io = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };
		expect(await runJob(name, [], { database: server.database, config: server.config, io, cwd: '/' })).toBe(
			2
		);
		expect(said.join()).toContain('does not know the job');
	}
);
