import { nothingAsked } from '#contract/access/grants.ts';
import type { LooksAnswer } from '#contract/access/looks.ts';
import { originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { familyActor } from './actor.ts';
import { looksOf } from './looks.ts';

/** POST /api/looks. */
export async function answerLooks(call: Call, server: Runtime): Promise<Response> {
	await readJson(call.request, { shape: nothingAsked, limit: 64, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	const cases = await server.database.transact(
		async (tx) => looksOf(tx, await familyActor(tx, session.accountId)),
		{ readOnly: true }
	);
	return answer({ cases } satisfies LooksAnswer);
}
