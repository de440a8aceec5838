import { blobAsk } from '#contract/blobs.ts';
import { familyActor } from '../access/actor.ts';
import { originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginBlob, says } from './blob-rows.ts';
import { reaches } from './own-blob.ts';

/** POST /api/blobs. */
export async function answerBlobAsk(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, { shape: blobAsk, limit: 512, origins: originsOf(call, server) });
	const { accountId } = await requireSession(call, server);
	const row = await server.database.transact(async (tx) => {
		if (!reaches(await familyActor(tx, accountId), 'write', ask.scope)) throw new Refusal('not_found');
		return beginBlob(tx, { ...ask, accountId, id: ask.id.toLowerCase() });
	});
	return answer(says(row));
}
