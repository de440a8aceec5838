import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { Runtime } from '#server/runtime.ts';
import type { PulledFamily } from '../support/pulled-family.ts';

type World = { server: Runtime; family: PulledFamily; answer: (body: string) => Promise<Response> };

/** Our own server's pull behind the page that Vitest serves, for a family with 2,000 facts: real requests to real code. */
export const pullDoor = (rows: number): Plugin => {
	let world: Promise<World> | null = null;
	const laid = () => (world ??= lay(rows));
	return {
		name: 'alongside:pull-door',
		configureServer({ middlewares, httpServer }) {
			middlewares.use('/api/sync/pull', (request, response) => {
				void say(response, async () => (await laid()).answer(await bodyOf(request)));
			});
			middlewares.use('/laid', (_, response) => {
				void say(response, async () => {
					const { deviceId, scope } = (await laid()).family;
					return Response.json({ deviceId, scope });
				});
			});
			httpServer?.on('close', () => void world?.then(({ server }) => server.close()));
		}
	};
};

/** Imported late: the settings of every other gate are read without a database. */
async function lay(rows: number): Promise<World> {
	const { testRuntime } = await import('../support/family.ts');
	const { pulledFamily } = await import('../support/pulled-family.ts');
	const { answering } = await import('#server/edge/refusal.ts');
	const { answerPull } = await import('#server/sync/answer-pull.ts');
	const server = await testRuntime();
	const family = await pulledFamily(server, rows);
	const answer = (body: string) =>
		answering(() => answerPull(family.browser.post('/api/sync/pull', body), server));
	return { server, family, answer };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

async function say(response: ServerResponse, work: () => Promise<Response>): Promise<void> {
	const answer = await work().catch((problem: unknown) => {
		console.error('pull door:', problem);
		return Response.json({ code: 'unavailable' }, { status: 500 });
	});
	response.writeHead(answer.status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(Buffer.from(await answer.arrayBuffer()));
}
