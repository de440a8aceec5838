import type { SessionAnswer } from '#contract/access/sign-in.ts';
import { sessionOf, tokenOf, type Call } from '../edge/caller.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { Tx } from '../db/transaction.ts';
import { passkeysOf } from './passkeys.ts';
import { currentServerKey } from './server-keys.ts';
import { readRevoked, type Session } from './session.ts';
import { freshUntil } from './step-up.ts';

/** GET /api/session. No names: who it is, the phone knows. Throws `revoked` for a phone that its person removed. */
export async function answerSession(call: Call, server: Runtime): Promise<Response> {
	// Nobody else's page may learn whether somebody is signed in here.
	const site = call.request.headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin' && site !== 'none') throw new Refusal('bad_request');
	const session = await sessionOf(call, server);
	const token = tokenOf(call);
	const now = new Date();
	const body = await server.database.transact(async (tx): Promise<SessionAnswer> => {
		if (!session && token && (await readRevoked(tx, token))) throw new Refusal('revoked');
		return {
			serverTime: now.toISOString(),
			ways: waysOf(server),
			serverKey: await currentServerKey(tx, { secret: server.config.secret, now }),
			session: session && (await factsOf(tx, session, now))
		};
	});
	return answer(body);
}

/** What this server offers to anybody who wants to come in. */
function waysOf(server: Runtime): string[] {
	const oidc = server.config.oidc.filter((one) => one.for === 'family').map((one) => `oidc:${one.id}`);
	return ['letter', 'passkey', ...(server.config.mail ? ['mail'] : []), ...oidc];
}

async function factsOf(tx: Tx, session: Session, now: Date): Promise<NonNullable<SessionAnswer['session']>> {
	const passkeys = await passkeysOf(tx, session.accountId);
	const mail = await tx
		.selectFrom('account_mail')
		.select('account_id')
		.where('account_id', '=', session.accountId)
		.executeTakeFirst();
	return {
		userId: session.accountId,
		deviceId: session.deviceId,
		provedBy: session.provedBy,
		freshUntil: (await freshUntil(tx, session, now))?.toISOString() ?? null,
		passkeys: passkeys.length,
		passkeyHere: passkeys.some((one) => one.deviceId === session.deviceId),
		mail: mail !== undefined
	};
}
