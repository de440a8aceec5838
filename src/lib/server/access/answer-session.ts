import type { SessionAnswer } from '#contract/access/sign-in.ts';
import { sessionOf, tokenOf, whyNot, type Call } from '../edge/caller.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import { oidcOf } from '../oidc/clients.ts';
import { linkedProviders } from '../oidc/identities.ts';
import type { Runtime } from '../runtime.ts';
import type { Tx } from '../db/transaction.ts';
import { passkeysOf } from './passkeys.ts';
import { currentServerKey } from './server-keys.ts';
import type { Session } from './session.ts';
import { freshUntil } from './step-up.ts';

/** GET /api/session. No names: who it is, the phone knows. Throws `revoked` for a phone that its person removed. */
export async function answerSession(call: Call, server: Runtime): Promise<Response> {
	// Nobody else's page may learn whether somebody is signed in here.
	const site = call.request.headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin' && site !== 'none') throw new Refusal('bad_request');
	const session = await sessionOf(call, server);
	if (!session && tokenOf(call)) {
		const refusal = await whyNot(call, server);
		if (refusal.body.code === 'revoked') throw refusal;
	}
	const now = new Date();
	const body = await server.database.transact(async (tx): Promise<SessionAnswer> => {
		return {
			serverTime: now.toISOString(),
			ways: ['letter', 'passkey', ...(server.config.mail ? ['mail'] : [])],
			providers: oidcOf(server.config)
				.for('family')
				.map(({ id, name }) => ({ id, name })),
			serverKey: await currentServerKey(tx, { secret: server.config.secret, now }),
			session: session && (await factsOf(tx, session, now))
		};
	});
	return answer(body);
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
		mail: mail !== undefined,
		providers: (await linkedProviders(tx, session.accountId)).map(({ provider }) => provider)
	};
}
