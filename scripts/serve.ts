/**
 * The server's entry: headers, protocol, limits, shutdown, then Kit's handler (blueprint §3.1). It imports nothing of src,
 * which would load the database twice; Kit's `init` hook opens it while the handler is being imported.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { EventEmitter } from 'node:events';
import { setHeaders } from './serve/headers.ts';
import { refuseWriting } from './serve/methods.ts';
import { openDemoStaff, type DemoStaffDesk } from './serve/demo-staff.ts';
import { keepOlderBuilds } from './serve/older-builds.ts';
import { isForeignHost, setOrigin } from './serve/request-origin.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;
/** Left by src/lib/server/open-for-business.ts. */
type Entry = {
	config: { port: number; host: string; dataDir: string; trustProxy: boolean; publicOrigin?: string };
	greeting: string[];
	demoStaff?: DemoStaffDesk;
};

/** Requests still running get this long after a stop was asked for; then the process ends all the same. */
const STOP_MS = 10_000;
const BUILD = join(import.meta.dirname, '..', 'build');

// Read by adapter-node when the handler is imported.
Object.assign(process.env, {
	PROTOCOL_HEADER: 'x-forwarded-proto',
	HOST_HEADER: 'x-forwarded-host',
	ADDRESS_HEADER: 'x-forwarded-for',
	// A sealed chunk of a file (contract/blobs.ts) is 28 bytes longer than the 512 KiB that is usual.
	BODY_SIZE_LIMIT: '513K'
});
if (process.env.PUBLIC_ORIGIN) process.env.ORIGIN = process.env.PUBLIC_ORIGIN;
else delete process.env.ORIGIN;

const { handler } = (await import(join(BUILD, 'handler.js')).catch(refuseToStart)) as { handler: Handler };
const { config, greeting, demoStaff } = (globalThis as unknown as Record<symbol, Entry>)[
	Symbol.for('alongside.entry')
]!;
const older = await keepOlderBuilds({ build: BUILD, kept: join(config.dataDir, 'older-builds') });
const loopbackOnly =
	!config.publicOrigin && !config.trustProxy && /^(127\.|::1$|localhost$)/.test(config.host);

const server = createServer(
	// Half a megabyte of a photo over a line of 30 kbit/s; a phone waits as long (sync/transport.ts).
	{ requestTimeout: 180_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
	(request, response) => {
		setOrigin(request, config.trustProxy);
		setHeaders(request, response);
		if (isForeignHost(request, { loopbackOnly })) return void response.writeHead(421).end();
		if (refuseWriting(request, response) || older.answer(request, response)) return;
		handler(request, response, () => void response.writeHead(404).end());
	}
);
// Far above what one node serves; below what the process may open.
server.maxConnections = 5_000;

const signals: EventEmitter = process;
let stopping = false;
function stop() {
	if (stopping) return;
	stopping = true;
	setTimeout(() => process.exit(1), STOP_MS + 5_000).unref();
	// Open streams never end by themselves.
	signals.emit('alongside:stopping');
	server.close(() => signals.emit('sveltekit:shutdown', 'SIGTERM'));
	server.closeIdleConnections();
	setTimeout(() => server.closeAllConnections(), STOP_MS).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

server.once('error', (problem: NodeJS.ErrnoException) => {
	console.error(
		problem.code === 'EADDRINUSE' ? `Port ${config.port} is taken. Choose another with PORT=…` : problem
	);
	process.exitCode = 1;
	signals.emit('sveltekit:shutdown', 'error');
});
server.listen(config.port, config.host, async () => {
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : config.port;
	// The worker and passkeys need a secure context; on plain http only this name is one.
	const name = loopbackOnly ? 'localhost' : config.host;
	console.log(`Alongside is open at ${config.publicOrigin ?? `http://${name}:${port}`}`);
	for (const line of greeting) console.log(line);
	if (!demoStaff || !loopbackOnly) return;
	const desk = await openDemoStaff(demoStaff, port);
	if (stopping) return void desk?.stop();
	signals.once('alongside:stopping', () => void desk?.stop());
	for (const line of desk?.lines ?? []) console.log(line);
});

function refuseToStart(problem: unknown): never {
	const known = (problem as { forOperator?: boolean }).forOperator === true;
	const missing =
		(problem as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' &&
		String(problem).includes('handler.js');
	console.error(
		missing ? 'There is no build yet. Run: npm run build' : known ? (problem as Error).message : problem
	);
	process.exit(1);
}
