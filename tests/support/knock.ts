import { request } from 'node:http';

/** One request as its sender wrote it: `fetch` mends methods and headers, and a hostile client does not use it. */
export type Knock = {
	port: number;
	method: string;
	path: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
};
export type Heard = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** An event stream never ends by itself: what came in this time is the answer. */
const STREAM_MS = 150;
/** A request that is never answered must not hang a test; a machine that does ten other things may be this slow. */
const PATIENCE_MS = 120_000;

/** Status 0: the server cut the connection, as it may when a request is no HTTP. */
export function knock({ port, method, path, headers = {}, body }: Knock): Promise<Heard> {
	return new Promise((resolve, reject) => {
		// Node frames a body of DELETE and the like only when told its length.
		const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		const sent = { ...length, ...headers };
		const asked = request({ host: '127.0.0.1', port, method, path, headers: sent, setHost: false });
		const late = setTimeout(() => asked.destroy(new Error(`${method} ${path} got no answer`)), PATIENCE_MS);
		asked.on('error', (problem: NodeJS.ErrnoException) => {
			clearTimeout(late);
			if (problem.code === 'ECONNRESET' || problem.code === 'EPIPE' || problem.code?.startsWith('HPE_'))
				resolve({ status: 0, headers: {}, text: '' });
			else reject(problem);
		});
		asked.on('response', (answer) => {
			let text = '';
			const done = () => {
				clearTimeout(late);
				resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
			};
			answer.setEncoding('utf8').on('data', (part: string) => (text += part));
			answer.on('end', done).on('error', done);
			if (answer.headers['content-type'] === 'text/event-stream')
				setTimeout(() => (done(), asked.destroy()), STREAM_MS);
		});
		asked.end(body);
	});
}
