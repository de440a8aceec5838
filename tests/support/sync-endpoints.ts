import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from '#server/edge/caller.ts';
import { answering } from '#server/edge/refusal.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { answerPush } from '#server/sync/answer-push.ts';

const ENDPOINTS: Record<string, (call: Call, server: Runtime) => Promise<Response>> = {
	'/api/sync/push': answerPush,
	'/api/sync/pull': answerPull
};

/** The real endpoints of sync on a port of their own, without the pages around them: no build is needed. */
export async function listen(server: Runtime): Promise<number> {
	const http = createServer((request, response) => void answer(request, response, server));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	return (http.address() as AddressInfo).port;
}

async function answer(incoming: IncomingMessage, response: ServerResponse, server: Runtime): Promise<void> {
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	const url = new URL(incoming.url!, `http://${incoming.headers.host}`);
	const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
		name,
		String(value)
	]);
	const request = new Request(url, { method: 'POST', headers, body: Buffer.concat(parts) });
	const jar = new Map(
		(incoming.headers.cookie ?? '').split('; ').map((one) => one.split('=') as [string, string])
	);
	const set: string[] = [];
	const call: Call = {
		request,
		url,
		getClientAddress: () => '127.0.0.1',
		cookies: {
			get: (name) => jar.get(name),
			set: (name, value) => void set.push(`${name}=${value}`),
			delete: () => undefined
		}
	};
	const said = await answering(() => ENDPOINTS[url.pathname]!(call, server));
	response.writeHead(said.status, { 'content-type': 'application/json', 'set-cookie': set });
	response.end(await said.text());
}
