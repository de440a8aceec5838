import { redeemRequest, type RedeemAnswer } from '#contract/access/redeem.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import { addressOf, giveCookie, originsOf, sessionOf, tokenOf, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import type { Runtime } from '../runtime.ts';
import { redeem, type Redeemed, type RedeemRefusal } from './activation.ts';
import { audit, type AuditDraft } from './audit.ts';
import { knock, welcome } from './door.ts';
import { signInAnswer } from './sign-in.ts';

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
		redeem(tx, {
			...ask,
			...(ours && { account: ours.accountId }),
			ends: tokenOf(call),
			secret: config.secret,
			now
		})
	);
	await database.transact((tx) => audit(tx, lineOf(call, ask.deviceId, outcome)));
	if (!outcome.ok) throw new Refusal(outcome.code);
	const body = await database.transact(async (tx): Promise<RedeemAnswer> => {
		await welcome(tx, door.id);
		return { ...(await signInAnswer(tx, outcome.accountId)), caseId: outcome.caseId };
	});
	giveCookie(call, outcome.token);
	return answer(body);
}

function lineOf(call: Call, device: string, outcome: Redeemed | RedeemRefusal): AuditDraft {
	const line = { action: 'activation', address: addressOf(call), device } as const;
	if (outcome.ok) return { ...line, actor: { id: outcome.accountId, role: 'family' } };
	const reason = outcome.code === 'birth_date_wrong' ? 'wrong-birth-date' : 'wrong-code';
	return { ...line, actor: 'nobody', outcome: 'refused', reason };
}
