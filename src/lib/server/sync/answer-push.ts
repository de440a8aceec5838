import { pushRequest, type PushAnswer, type PushedMutation } from '#contract/sync/push.ts';
import { PROTO, SCHEMA, SCHEMA_PUSH_MIN } from '#contract/version.ts';
import { familyActor } from '../access/actor.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { accept, type Accepted } from './accept.ts';
import { isSending, noteSent } from './note-sent.ts';
import { openMutation } from './open-mutation.ts';
import { sqlRowStore } from './sql-row-store.ts';

/** The adapter ends a body at 512 KiB; this leaves room for what stands around the envelopes. */
const LIMIT = 480 * 1024;

/**
 * POST /api/sync/push. One transaction for each mutation, answered after its commit: what was acknowledged is on the disk, and a
 * phone that never hears the answer asks again and gets the same one.
 */
export async function answerPush(call: Call, server: Runtime): Promise<Response> {
	const request = await readJson(call.request, {
		shape: pushRequest,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const { accountId, deviceId } = await requireSession(call, server);
	if (deviceId !== request.deviceId) throw new Refusal('needs_sign_in');
	if (request.proto < PROTO || request.schema < SCHEMA_PUSH_MIN)
		throw new Refusal('client_too_old', { minSchema: SCHEMA_PUSH_MIN });
	if (request.proto > PROTO || request.schema > SCHEMA) throw new Refusal('unavailable', { retryAfter: 60 });
	const said: PushAnswer = { serverTime: '', lastSeq: 0, acks: [] };
	const one = (mutation: PushedMutation) =>
		server.database.transact(async (tx): Promise<Accepted> => {
			const opened = await openMutation(tx, mutation, server.config.secret);
			if (!opened) return { stop: { code: 'unknown_key' } };
			// Who they are is read where it is written: nobody is shut out between the two.
			const actor = await familyActor(tx, accountId);
			const store = await sqlRowStore(tx, actor, deviceId);
			const first = isSending(opened.name) && !(await store.settled(opened.mid));
			const accepted = await accept(store, opened);
			said.lastSeq = await store.lastSeq();
			if (first && 'ack' in accepted)
				await noteSent(tx, {
					actor,
					one: opened,
					ack: accepted.ack,
					address: addressOf(call),
					device: deviceId
				});
			return accepted;
		});
	for (const mutation of request.mutations.toSorted((a, b) => a.seq - b.seq)) {
		const accepted = await one(mutation);
		if ('stop' in accepted) {
			said.stopped = accepted.stop;
			break;
		}
		said.acks.push(accepted.ack);
	}
	return answer({ ...said, serverTime: new Date().toISOString() } satisfies PushAnswer);
}
