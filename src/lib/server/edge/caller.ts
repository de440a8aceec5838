import { isIPv6 } from 'node:net';
import { familyActor } from '../access/actor.ts';
import type { FamilyActor } from '../access/can.ts';
import { currentServerKey } from '../access/server-keys.ts';
import { IDLE_MS, readRevoked, readSession, type Session } from '../access/session.ts';
import type { Runtime } from '../runtime.ts';
import { Refusal } from './refusal.ts';

/** The part of Kit's request event that this room needs. */
export type Call = {
	request: Request;
	url: URL;
	getClientAddress: () => string;
	cookies: {
		get(name: string): string | undefined;
		set(name: string, value: string, options: CookieOptions): void;
		delete(name: string, options: CookieOptions): void;
	};
};
type CookieOptions = { path: string; httpOnly: boolean; secure: boolean; sameSite: 'lax'; maxAge?: number };

/** `__Host-` binds the cookie to this host over https; plain http, which only localhost uses, cannot carry that name. */
const cookieName = (url: URL) => (url.protocol === 'https:' ? '__Host-s' : 's');
const options = (url: URL): CookieOptions => ({
	path: '/',
	httpOnly: true,
	secure: url.protocol === 'https:',
	sameSite: 'lax'
});

export const tokenOf = (call: Call) => call.cookies.get(cookieName(call.url));
export const giveCookie = (call: Call, token: string) =>
	call.cookies.set(cookieName(call.url), token, { ...options(call.url), maxAge: IDLE_MS / 1000 });
export const takeCookie = (call: Call) => call.cookies.delete(cookieName(call.url), options(call.url));

/** Where our own pages come from. */
export const originsOf = (call: Call, { config }: Runtime): string[] => [
	call.url.origin,
	...(config.publicOrigin ? [config.publicOrigin] : [])
];

/** The session, its cookie renewed when it was rotated; null without one. */
export async function sessionOf(call: Call, { database, config }: Runtime): Promise<Session | null> {
	const token = tokenOf(call);
	if (!token) return null;
	const session = await database.transact((tx) =>
		readSession(tx, token, { secret: config.secret, now: new Date() })
	);
	if (session?.next) giveCookie(call, session.next);
	return session;
}

/** The session. Throws Refusal `revoked` for a phone that its person removed, else `needs_sign_in`. */
export async function requireSession(call: Call, server: Runtime): Promise<Session> {
	const session = await sessionOf(call, server);
	if (session) return session;
	throw await whyNot(call, server);
}

/** Why a call has no session. A removed phone hears with it what to seal its unsent work to. */
export async function whyNot(call: Call, { database, config }: Runtime): Promise<Refusal> {
	const token = tokenOf(call);
	if (!token) return new Refusal('needs_sign_in');
	return database.transact(async (tx) => {
		if (!(await readRevoked(tx, token))) return new Refusal('needs_sign_in');
		const serverKey = await currentServerKey(tx, { secret: config.secret, now: new Date() });
		return new Refusal('revoked', { serverKey });
	});
}

/** The signed-in person. Throws what `requireSession` throws. */
export async function requireFamily(
	call: Call,
	server: Runtime
): Promise<{ session: Session; actor: FamilyActor }> {
	const session = await requireSession(call, server);
	return {
		session,
		actor: await server.database.transact((tx) => familyActor(tx, session.accountId), { readOnly: true })
	};
}

/**
 * The caller's network address for counting tries: one household usually has one IPv4 address or one IPv6 /64. Some proxies
 * (Azure's gateway, IIS) write the port behind it, which is another one for every connection.
 */
export function addressOf(call: Call): string {
	const given = call.getClientAddress().trim();
	const address = given
		.replace(/^\[([^\]]+)\](:\d+)?$/, '$1')
		.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
		.replace(/%.*$/, '');
	if (!isIPv6(address)) return address;
	const groups = groupsOf(address);
	const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	if (mapped)
		return groups
			.slice(6)
			.flatMap((group) => [group >> 8, group & 255])
			.join('.');
	return groups
		.slice(0, 4)
		.map((group) => group.toString(16))
		.join(':');
}

/** All eight groups of an IPv6 address in any of its spellings. */
function groupsOf(address: string): number[] {
	const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
	const numbers = (part: string | undefined) =>
		part ? part.split(':').map((group) => parseInt(group, 16)) : [];
	const [first, last] = [numbers(head), numbers(tail)];
	return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}
