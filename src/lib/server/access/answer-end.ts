import { sessionEnd } from '#contract/access/devices.ts';
import { answer } from '../edge/refusal.ts';
import { addressOf, originsOf, takeCookie, tokenOf, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { endSession, readRevoked } from './session.ts';

const LIMIT = 4 * 1024;

/**
 * POST /api/session/end. Ending what has ended already is no fault. A removed phone that has deleted what it held is told to
 * clear the rest too: the browser's own caches always, everything stored only where nobody else's data is on the phone.
 */
export async function answerEnd(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: sessionEnd,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const token = tokenOf(call);
	const { devices } = ask;
	const done = await server.database.transact(async (tx) => {
		if (!token) return { revoked: false, theirs: false };
		const now = new Date();
		const ended = await endSession(tx, token, { now, devices });
		const revoked = (await readRevoked(tx, token)) !== null;
		if (ended)
			await audit(tx, {
				actor: { id: ended.accountId, role: 'family' },
				action: 'sign-out',
				address: addressOf(call),
				device: ended.deviceId
			});
		return { revoked, theirs: devices !== undefined && !ended && !revoked };
	});
	// The cookie is nobody's any more, or somebody else's of the same phone, who stays signed in.
	if (done.theirs) return answer({});
	takeCookie(call);
	if (!done.revoked || !ask.wiped) return answer({});
	const clear = ['"cache"', '"cookies"', ...(ask.alone ? ['"storage"'] : [])].join(', ');
	return answer({}, { headers: { 'clear-site-data': clear } });
}
