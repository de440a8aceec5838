import type { IncomingMessage, ServerResponse } from 'node:http';

/** What may be written to: the interface and the sign-in and staff forms. Kit answers there, and refuses what a route lacks. */
const WRITABLE = /^\/(api|sign-in|staff)(\/|$)/;
const READING = 'GET, HEAD';

/**
 * Files and prerendered pages are only read, but whoever serves them looks at no method and would answer PUT or DELETE with 200,
 * as if something had been done. True: the request is answered with 405.
 */
export function refuseWriting(request: IncomingMessage, response: ServerResponse): boolean {
	const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
	if (request.method === 'GET' || request.method === 'HEAD' || WRITABLE.test(path)) return false;
	response.writeHead(405, { allow: READING }).end();
	return true;
}
