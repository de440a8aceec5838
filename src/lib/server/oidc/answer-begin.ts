import { oidcBegin } from '#contract/access/oidc.ts';
import { requireFresh } from '../access/step-up.ts';
import { originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { SignInRefused } from './refused.ts';
import { leaveFor } from './sign-in.ts';

/** Three ids and a name. */
const LIMIT = 2 * 1024;
const CODES = { busy: 'too_many', missing: 'not_found', unreachable: 'unavailable' } as const;

/**
 * POST /sign-in/{provider}/begin. By POST with our own header, since a link that somebody else wrote must not add their
 * identity to the account of whoever taps it.
 */
export async function answerBegin(call: Call, server: Runtime, provider: string): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: oidcBegin,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const { deviceId, deviceName, account } = ask;
	try {
		if (!ask.link) {
			const place = { deviceId, deviceName, ...(account && { accountId: account }) };
			return answer({ go: await leaveFor(call, server, { provider, purpose: 'sign-in', ...place }) });
		}
		const session = await requireSession(call, server);
		await server.database.transact((tx) => requireFresh(tx, session, new Date()), { readOnly: true });
		const { accountId } = session;
		return answer({
			go: await leaveFor(call, server, { provider, purpose: 'link', accountId, deviceId: session.deviceId })
		});
	} catch (problem) {
		if (!(problem instanceof SignInRefused)) throw problem;
		throw new Refusal(CODES[problem.why as keyof typeof CODES] ?? 'bad_request');
	}
}
