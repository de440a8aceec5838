import { grantSet, nothingAsked, type GrantsAnswer } from '#contract/access/grants.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { familyActor } from './actor.ts';
import { grantsOf, setGrant } from './grants.ts';
import { requireFresh } from './step-up.ts';

/** POST /api/grants. */
export async function answerGrants(call: Call, server: Runtime): Promise<Response> {
	await readJson(call.request, { shape: nothingAsked, limit: 64, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	const cases = await server.database.transact(
		async (tx) => grantsOf(tx, await familyActor(tx, session.accountId)),
		{ readOnly: true }
	);
	return answer({ cases } satisfies GrantsAnswer);
}

/** POST /api/grants/set. Closing a record to somebody must be as quick as a thought; opening it needs a fresh proof. */
export async function answerGrantSet(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, { shape: grantSet, limit: 512, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	const done = await server.database.transact(async (tx) => {
		const actor = await familyActor(tx, session.accountId);
		if (ask.give) await requireFresh(tx, session, new Date());
		return setGrant(tx, actor, { ...ask, address: addressOf(call), device: session.deviceId });
	});
	if (!done) throw new Refusal('not_found');
	return answer({});
}
