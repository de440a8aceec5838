import { isIPv6 } from 'node:net';
import { familyActor } from '../access/actor.ts';
import type { FamilyActor } from '../access/can.ts';
import { IDLE_MS, readSession, type Session } from '../access/session.ts';
import type { Runtime } from '../runtime.ts';
import { Refusal } from './refusal.ts';

/** The part of Kit's request event that this room needs. */
export type Call = {
	request: Request; url: URL; getClientAddress: () => string;
	cookies: {
		get(name: string): string | undefined;
		set(name: string, value: string, options: CookieOptions): void;
		delete(name: string, options: CookieOptions): void;
	};
};
type CookieOptions = { path: string; httpOnly: boolean; secure: boolean; sameSite: 'lax'; maxAge?: number };

/** `__Host-` binds the cookie to this host over https; plain http, which only localhost uses, cannot carry that name. */
const cookieName = (url: URL) => (url.protocol === 'https:' ? '__Host-s' : 's');
const options = (url: URL): CookieOptions => ({ path: '/', httpOnly: true, secure: url.protocol === 'https:', sameSite: 'lax' });

export const tokenOf = (call: Call) => call.cookies.get(cookieName(call.url));
export const giveCookie = (call: Call, token: string) =>
	call.cookies.set(cookieName(call.url), token, { ...options(call.url), maxAge: IDLE_MS / 1000 });
export const takeCookie = (call: Call) => call.cookies.delete(cookieName(call.url), options(call.url));

/** Where our own pages come from. */
export const originsOf = (call: Call, { config }: Runtime): string[] => [call.url.origin, ...(config.publicOrigin ? [config.publicOrigin] : [])];

/** The session, its cookie renewed when it was rotated; null without one. */
export async function sessionOf(call: Call, { database, config }: Runtime): Promise<Session | null> {
	const token = tokenOf(call);
	if (!token) return null;
	const session = await database.transact((tx) => readSession(tx, token, { secret: config.secret, now: new Date() }));
	if (session?.next) giveCookie(call, session.next);
	return session;
}

/** The signed-in person. Throws Refusal `needs_sign_in`. */
export async function requireFamily(call: Call, server: Runtime): Promise<{ session: Session; actor: FamilyActor }> {
	const session = await sessionOf(call, server);
	if (!session) throw new Refusal('needs_sign_in');
	return { session, actor: await server.database.transact((tx) => familyActor(tx, session.accountId), { readOnly: true }) };
}

/** The caller's network address for counting tries: one household usually has one IPv4 address or one IPv6 /64. */
export function addressOf(call: Call): string {
	const address = call.getClientAddress().replace(/^::ffff:(?=\d+\.)/, '');
	if (!isIPv6(address)) return address;
	const [head = '', tail] = address.split('::');
	const groups = head === '' ? [] : head.split(':');
	const rest = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
	return [...groups, ...zeros, ...rest].slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':');
}
