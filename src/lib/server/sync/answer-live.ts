import { ownScope, sentScope, userScope } from '#contract/scope.ts';
import { familyActor, readableScopes } from '../access/actor.ts';
import { can } from '../access/can.ts';
import { readSession } from '../access/session.ts';
import type { Tx } from '../db/transaction.ts';
import { sessionOf, tokenOf, type Call } from '../edge/caller.ts';
import { Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { liveStream } from './live-stream.ts';

/** A full node says when to ask again; the phone pulls on its timer meanwhile. */
const FULL_RETRY_S = 300;

/** GET /api/sync/live. An EventSource cannot send our header; it carries no content and another site cannot read it. */
export async function answerLive(call: Call, server: Runtime): Promise<Response> {
	const site = call.request.headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin') throw new Refusal('bad_request');
	const session = await sessionOf(call, server);
	const token = session?.next ?? tokenOf(call);
	if (!session || !token) throw new Refusal('needs_sign_in');
	const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
	// Only the head was asked for: a stream behind it would have no reader and never end.
	if (call.request.method === 'HEAD') return new Response(null, { headers });
	const { database, config, live } = server;
	const scopesNow = () =>
		database.transact(async (tx) => {
			const still = await readSession(tx, token, { secret: config.secret, now: new Date() });
			return still && listened(tx, still.accountId);
		});
	// By the account, not by the token: reading a new token counts as the phone's having it, and it has not heard of it yet.
	const scopes = await database.transact((tx) => listened(tx, session.accountId), { readOnly: true });
	const stream = liveStream(live, `${session.accountId} ${session.deviceId}`, { scopes, still: scopesNow });
	if (!stream) throw new Refusal('unavailable', { retryAfter: FULL_RETRY_S });
	return new Response(stream, { headers });
}

/**
 * What the person may read, and where they or somebody may still write the first row: the first words in a place are news like all others, and
 * through their own scope they hear of every change of this.
 */
async function listened(tx: Tx, accountId: string): Promise<Set<string>> {
	const actor = await familyActor(tx, accountId);
	const places = [...actor.cases.keys()].flatMap((id) => [
		`case:${id}:fam`,
		ownScope(id, accountId),
		sentScope(id, accountId),
		`case:${id}:yp`
	]);
	const open = places.filter((scope) => can(actor, 'read', scope));
	return new Set([userScope(accountId), ...(await readableScopes(tx, actor)), ...open]);
}
