import { answer } from '../edge/refusal.ts';
import { originsOf, takeCookie, tokenOf, type Call } from '../edge/caller.ts';
import { requireOwnPage } from '../edge/read-json.ts';
import type { Runtime } from '../runtime.ts';
import { endSession } from './session.ts';

/** POST /api/session/end. Ending what has ended already is no fault. */
export async function answerEnd(call: Call, server: Runtime): Promise<Response> {
	requireOwnPage(call.request, originsOf(call, server));
	const token = tokenOf(call);
	if (token) await server.database.transact((tx) => endSession(tx, token, new Date()));
	takeCookie(call);
	return answer({});
}
