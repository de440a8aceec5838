import { nothingAsked } from '#contract/access/grants.ts';
import { caseOfScope } from '#contract/scope.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { says, type BlobRow } from './blob-rows.ts';
import { complete } from './complete.ts';
import { inTurn } from './few-at-once.ts';
import { ownBlob, readId } from './own-blob.ts';

/** One phone that asks twice waits for one answer. */
const underWay = new Map<string, Promise<BlobRow | undefined>>();

/** POST /api/blobs/{id}/complete. Also how a phone asks again once its words are here. */
export async function answerComplete(call: Call, server: Runtime, at: { id: string }): Promise<Response> {
	await readJson(call.request, { shape: nothingAsked, limit: 64, origins: originsOf(call, server) });
	const { accountId, deviceId } = await requireSession(call, server);
	const whose = { accountId, id: readId(at.id) };
	const { row, actor } = await server.database.transact((tx) => ownBlob(tx, whose, 'write'), {
		readOnly: true
	});
	if (row.state !== 'words') return answer(says(row));
	const role = actor.cases.get(caseOfScope(row.scope_id) ?? '')?.role ?? 'family';
	const by = { actor: { id: accountId, role }, address: addressOf(call), device: deviceId };
	const name = `${accountId} ${whose.id}`;
	const running =
		underWay.get(name) ?? inTurn(() => complete(server, whose, by)).finally(() => void underWay.delete(name));
	underWay.set(name, running);
	const settled = await running;
	if (!settled) throw new Refusal('not_found');
	return answer(says(settled));
}
