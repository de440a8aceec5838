import { pullRequest } from '#contract/sync/pull.ts';
import { PROTO, SCHEMA_MIN } from '#contract/version.ts';
import { familyActor } from '../access/actor.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import type { Runtime } from '../runtime.ts';
import { pull } from './pull.ts';
import { noteRefused } from './refused-scopes.ts';

/** 200 scopes of 120 characters with a page token of 200 each, and room to spare. */
const LIMIT = 128 * 1024;

/** POST /api/sync/pull. */
export async function answerPull(call: Call, server: Runtime): Promise<Response> {
	const request = await readJson(call.request, {
		shape: pullRequest,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const session = await requireSession(call, server);
	// A phone of several people has one cookie: the others' profiles are signed out meanwhile, and must not hear that their
	// scopes are gone.
	if (session.deviceId !== request.deviceId) throw new Refusal('needs_sign_in');
	if (request.proto < PROTO || request.schema < SCHEMA_MIN)
		throw new Refusal('client_too_old', { minSchema: SCHEMA_MIN });
	// A phone that is newer than this node, while nodes are being replaced: it asks again later.
	if (request.proto > PROTO) throw new Refusal('unavailable', { retryAfter: 60 });
	// Who they are is read in the snapshot that they read: nobody is shut out between the two.
	const { database } = server;
	const pulled = await database.transact(
		async (tx) => pull(tx, await familyActor(tx, session.accountId), request),
		{ isolation: 'repeatable read', readOnly: true }
	);
	const { accountId, deviceId } = session;
	const refused = { accountId, deviceId, address: addressOf(call), scopes: pulled.revoked };
	if (pulled.revoked.length > 0) await database.transact((tx) => noteRefused(tx, refused));
	return answer({ ...pulled, offlineDays: server.config.offlineDays });
}
