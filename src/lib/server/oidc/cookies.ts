import type { Call } from '../edge/caller.ts';

/**
 * Two cookies beside the family's session: a sign-in on its way, and a staff session. `__Host-` binds them to this host over
 * https; plain http, which only localhost uses, cannot carry that name. Lax, since both must arrive with the step back from
 * the provider, which is another site.
 */
type Name = 'flow' | 'staff';
const named = (call: Call, name: Name) => (call.url.protocol === 'https:' ? `__Host-${name}` : name);
const options = (call: Call) => ({
	path: '/',
	httpOnly: true,
	secure: call.url.protocol === 'https:',
	sameSite: 'lax' as const
});

export const cookieOf = (call: Call, name: Name) => call.cookies.get(named(call, name));

/** Without `maxAge` (seconds) it ends with the browser. */
export const putCookie = (call: Call, name: Name, { value, maxAge }: { value: string; maxAge?: number }) =>
	call.cookies.set(named(call, name), value, { ...options(call), ...(maxAge !== undefined && { maxAge }) });

export const dropCookie = (call: Call, name: Name) => call.cookies.delete(named(call, name), options(call));
