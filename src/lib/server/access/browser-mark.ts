import { randomBytes } from 'node:crypto';
import type { Call } from '../edge/caller.ts';
import { sha256 } from './keyed-hash.ts';

/** Longer than a challenge (5 min) and a mailed code (10 min) live. */
const LIFE_S = 15 * 60;
const nameOf = (url: URL) => (url.protocol === 'https:' ? '__Host-ask' : 'ask');

/**
 * What ties a question to the browser that asked it: a challenge or a mailed code that reached somebody else is worth nothing
 * in their browser. Returns the mark's SHA-256, which is all the database keeps; makes the cookie when there is none.
 */
export function markBrowser(call: Call): string {
	const mark = call.cookies.get(nameOf(call.url)) ?? randomBytes(32).toString('base64url');
	call.cookies.set(nameOf(call.url), mark, {
		path: '/',
		httpOnly: true,
		secure: call.url.protocol === 'https:',
		sameSite: 'lax',
		maxAge: LIFE_S
	});
	return sha256(mark);
}

/** The mark of a browser that asked before, or null. */
export function markOf(call: Call): string | null {
	const mark = call.cookies.get(nameOf(call.url));
	return mark === undefined ? null : sha256(mark);
}
