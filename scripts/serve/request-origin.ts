import type { IncomingMessage } from 'node:http';

/** A page on a name that was pointed at this machine (DNS rebinding) may not talk to a server meant for this machine only. */
const LOOPBACK_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Without a protocol header adapter-node takes every request for https, and with one it believes whoever sent it. So the
 * header is overwritten unless a proxy of ours stands in front.
 */
export function setOrigin(request: IncomingMessage, trustProxy: boolean): void {
	const headers = request.headers;
	const address = request.socket.remoteAddress ?? '';
	if (!trustProxy) {
		headers['x-forwarded-proto'] = 'http';
		headers['x-forwarded-for'] = address;
		headers['x-forwarded-host'] = headers.host ?? '';
		return;
	}
	const proto = headers['x-forwarded-proto'];
	headers['x-forwarded-proto'] = proto === 'https' ? 'https' : 'http';
	headers['x-forwarded-for'] ??= address;
	headers['x-forwarded-host'] ??= headers.host ?? '';
}

export function isForeignHost(
	request: IncomingMessage,
	{ loopbackOnly }: { loopbackOnly: boolean }
): boolean {
	return loopbackOnly && !LOOPBACK_NAME.test(request.headers.host ?? '');
}
