import { redeemRequest, type RedeemAnswer } from '#contract/access/redeem.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import { addressOf, giveCookie, originsOf, sessionOf, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { readInstance } from '../instance.ts';
import type { Runtime } from '../runtime.ts';
import { redeem } from './activation.ts';
import { familyActor, readableScopes } from './actor.ts';
import { knock, welcome } from './door.ts';

/** A code, a date, two ids. */
const LIMIT = 4 * 1024;

/** POST /api/activation/redeem. */
export async function answerRedeem(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: redeemRequest,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const { database, config } = server;
	const now = new Date();
	const door = await database.transact((tx) =>
		knock(tx, { door: 'redeem', address: addressOf(call), secret: config.secret, now })
	);
	if ('retryAfter' in door) throw new Refusal('too_many', door);
	const session = await sessionOf(call, server);
	// A cookie that outlived its profile (removed while offline) is the person's who had the phone before: it offers no account.
	const ours = session?.deviceId === ask.deviceId ? session : null;
	const outcome = await database.transact((tx) =>
		redeem(tx, { ...ask, ...(ours && { account: ours.accountId }), secret: config.secret, now })
	);
	if (!outcome.ok) throw new Refusal(outcome.code);
	const body = await database.transact(async (tx): Promise<RedeemAnswer> => {
		await welcome(tx, door.id);
		const scopes = await readableScopes(tx, await familyActor(tx, outcome.accountId));
		const { epoch } = await readInstance(tx);
		return {
			userId: outcome.accountId,
			caseId: outcome.caseId,
			scopes,
			epoch,
			serverTime: new Date().toISOString()
		};
	});
	giveCookie(call, outcome.token);
	return answer(body);
}
