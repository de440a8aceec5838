import * as z from 'zod/mini';
import { audit } from '../access/audit.ts';
import { requireFresh } from '../access/step-up.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { unlinkProvider } from './identities.ts';

/** POST /sign-in/{provider}/remove: this provider opens the account no more. The letter and other ways stay, sessions too. */
export async function answerRemove(call: Call, server: Runtime, provider: string): Promise<Response> {
	await readJson(call.request, { shape: z.object({}), limit: 64, origins: originsOf(call, server) });
	const session = await requireSession(call, server);
	await server.database.transact(async (tx) => {
		await requireFresh(tx, session, new Date());
		if (!(await unlinkProvider(tx, session.accountId, provider))) throw new Refusal('not_found');
		const actor = { id: session.accountId, role: 'family' };
		await audit(tx, { actor, action: 'way-in-removed', address: addressOf(call), device: session.deviceId });
	});
	return answer({});
}
