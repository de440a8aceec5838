import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import * as z from 'zod/mini';
import { passkeySignIn, type PasskeyShown } from '#contract/access/passkey.ts';
import { addressOf, originsOf, sessionOf, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { markBrowser, markOf } from './browser-mark.ts';
import { CHALLENGE_MS, newChallenge, takeChallenge } from './challenges.ts';
import { claimedChallenge } from './claimed-challenge.ts';
import { knock, welcome } from './door.ts';
import { passkeysOf, readPasskey, relyingParty, usePasskey, type Passkey } from './passkeys.ts';
import { refuseProof, signIn } from './sign-in.ts';

const LIMIT = 16 * 1024;
/**
 * Nothing is guessed here; the limit only bounds rows. A school's families, or a mobile network's, may share one address, and
 * somebody who sends ten wrong proofs must not keep all of them out.
 */
const AN_HOUR = 200;

/**
 * POST /api/passkey/options. Without a session any passkey of this site may answer (no user name is asked, none is given
 * away); within one only the signed-in person's own.
 */
export async function answerPasskeyOptions(call: Call, server: Runtime): Promise<Response> {
	await readJson(call.request, { shape: z.object({}), limit: LIMIT, origins: originsOf(call, server) });
	const { database, config } = server;
	const now = new Date();
	const session = await sessionOf(call, server);
	const browser = markBrowser(call);
	const made = await database.transact(async (tx) => {
		const door = await knock(tx, {
			door: 'passkey-options',
			address: addressOf(call),
			secret: config.secret,
			now,
			tries: AN_HOUR
		});
		if ('retryAfter' in door) return door;
		const own = session ? await passkeysOf(tx, session.accountId) : [];
		return { own, challenge: await newChallenge(tx, { use: 'sign-in', browser, now }) };
	});
	if ('retryAfter' in made) throw new Refusal('too_many', made);
	const options = await generateAuthenticationOptions({
		rpID: relyingParty(call, server).rpID,
		challenge: made.challenge,
		timeout: CHALLENGE_MS,
		userVerification: 'required',
		...(made.own.length > 0 && {
			allowCredentials: made.own.map(({ id, transports }) => ({ id, transports }))
		})
	});
	return answer(options);
}

/** POST /api/passkey/sign-in: for signing in and for a fresh proof alike; both begin a new session. */
export async function answerPasskeySignIn(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: passkeySignIn,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const { database, config } = server;
	const now = new Date();
	const door = await database.transact((tx) =>
		knock(tx, { door: 'passkey', address: addressOf(call), secret: config.secret, now, tries: AN_HOUR })
	);
	if ('retryAfter' in door) throw new Refusal('too_many', door);
	const claimed = claimedChallenge(ask.credential.response.clientDataJSON);
	const browser = markOf(call) ?? '';
	const { ours, passkey } = await database.transact(async (tx) => ({
		ours: claimed !== null && (await takeChallenge(tx, claimed, { use: 'sign-in', browser, now })),
		passkey: await readPasskey(tx, ask.credential.id)
	}));
	const counter =
		ours && passkey
			? await proven(call, server, { shown: ask.credential, passkey, challenge: claimed! })
			: null;
	const moved =
		counter !== null &&
		(await database.transact((tx) =>
			usePasskey(tx, { id: passkey!.id, from: passkey!.webauthn.counter, to: counter, now })
		));
	if (!moved) return refuseProof(call, server, { reason: 'wrong-proof', device: ask.deviceId });
	const { deviceId, deviceName, account } = ask;
	const body = await signIn(call, server, {
		accountId: passkey!.accountId,
		by: 'passkey',
		deviceId,
		deviceName,
		account,
		now
	});
	await database.transact((tx) => welcome(tx, door.id));
	return answer(body);
}

/** The new counter, or null when the signature, the origin, the person's check or the handle is not right. */
async function proven(
	call: Call,
	server: Runtime,
	{ shown, passkey, challenge }: { shown: PasskeyShown; passkey: Passkey; challenge: string }
): Promise<number | null> {
	// Where the authenticator names a person it must be this one; without a name list it always does.
	if (shown.response.userHandle !== undefined && shown.response.userHandle !== passkey.handle) return null;
	const { rpID, origins } = relyingParty(call, server);
	const result = await verifyAuthenticationResponse({
		response: { ...shown, clientExtensionResults: {} } as Parameters<
			typeof verifyAuthenticationResponse
		>[0]['response'],
		expectedChallenge: challenge,
		expectedOrigin: origins,
		expectedRPID: rpID,
		credential: passkey.webauthn,
		requireUserVerification: true
	}).catch(() => null);
	return result?.verified ? result.authenticationInfo.newCounter : null;
}
