import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { passkeyCreateAsk, passkeyCreated, type PasskeyCreated } from '#contract/access/passkey.ts';
import { addressOf, originsOf, requireSession, type Call } from '../edge/caller.ts';
import { readJson } from '../edge/read-json.ts';
import { answer, Refusal } from '../edge/refusal.ts';
import type { Runtime } from '../runtime.ts';
import { audit } from './audit.ts';
import { markBrowser, markOf } from './browser-mark.ts';
import { CHALLENGE_MS, newChallenge, takeChallenge } from './challenges.ts';
import { claimedChallenge } from './claimed-challenge.ts';
import { tellPhones } from './notices.ts';
import { handleOf, keepPasskey, passkeysOf, relyingParty } from './passkeys.ts';
import { sha256 } from './keyed-hash.ts';
import { requireFresh } from './step-up.ts';
import type { Session } from './session.ts';
import type { Tx } from '../db/transaction.ts';

const LIMIT = 4 * 1024;
/** EdDSA, ES256, RS256: what every platform has; Node's newer ones are still experiments (COSE numbers). */
const ALGORITHMS = [-8, -7, -257];
/** An attestation of 12,000 characters and what stands around it. */
const CREATED_LIMIT = 32 * 1024;

/** The first passkey may be made in any session; one more way in needs a fresh proof, or a borrowed phone could add its own. */
async function mayAdd(tx: Tx, session: Session, now: Date): Promise<void> {
	if ((await passkeysOf(tx, session.accountId)).length > 0) await requireFresh(tx, session, now);
}

/** POST /api/passkey/create-options: what the phone's authenticator is asked for. */
export async function answerCreateOptions(call: Call, server: Runtime): Promise<Response> {
	const ask = await readJson(call.request, {
		shape: passkeyCreateAsk,
		limit: LIMIT,
		origins: originsOf(call, server)
	});
	const session = await requireSession(call, server);
	const now = new Date();
	const browser = markBrowser(call);
	const { challenge, handle, known } = await server.database.transact(async (tx) => {
		await mayAdd(tx, session, now);
		return {
			challenge: await newChallenge(tx, { use: 'create', browser, accountId: session.accountId, now }),
			handle: await handleOf(tx, session.accountId),
			known: await passkeysOf(tx, session.accountId)
		};
	});
	const options = await generateRegistrationOptions({
		rpName: 'Alongside',
		rpID: relyingParty(call, server).rpID,
		userName: ask.label,
		userDisplayName: ask.label,
		userID: new Uint8Array(Buffer.from(handle, 'base64url')),
		challenge,
		timeout: CHALLENGE_MS,
		attestationType: 'none',
		supportedAlgorithmIDs: ALGORITHMS,
		excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
		authenticatorSelection: {
			// Found without a user name, opened only by the person, and kept by this phone: what unlocks it without a connection.
			residentKey: 'required',
			userVerification: 'required',
			authenticatorAttachment: 'platform'
		}
	});
	return answer(options);
}

/** POST /api/passkey/create: keeps what the authenticator made. */
export async function answerCreate(call: Call, server: Runtime): Promise<Response> {
	const made = await readJson(call.request, {
		shape: passkeyCreated,
		limit: CREATED_LIMIT,
		origins: originsOf(call, server)
	});
	const session = await requireSession(call, server);
	const now = new Date();
	const { accountId, deviceId } = session;
	const claimed = claimedChallenge(made.response.clientDataJSON);
	const browser = markOf(call) ?? '';
	const ours = await server.database.transact(async (tx) => {
		await mayAdd(tx, session, now);
		return claimed !== null && takeChallenge(tx, claimed, { use: 'create', browser, accountId, now });
	});
	const verified = ours ? await verify(call, server, { made, challenge: claimed! }) : null;
	if (!verified) throw new Refusal('proof_wrong');
	const kept = await server.database.transact(async (tx) => {
		const { credential, credentialBackedUp: synced } = verified;
		if (!(await keepPasskey(tx, { accountId, deviceId, credential, synced, now }))) return false;
		await tellPhones(tx, { accountId, kind: 'passkey-added', device: deviceId, now });
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'way-in-added',
			object: sha256(credential.id),
			address: addressOf(call),
			device: deviceId
		});
		return true;
	});
	if (!kept) throw new Refusal('proof_wrong');
	return answer({ credentialId: verified.credential.id });
}

async function verify(
	call: Call,
	server: Runtime,
	{ made, challenge }: { made: PasskeyCreated; challenge: string }
) {
	const { rpID, origins } = relyingParty(call, server);
	const result = await verifyRegistrationResponse({
		response: { ...made, clientExtensionResults: {} } as Parameters<
			typeof verifyRegistrationResponse
		>[0]['response'],
		expectedChallenge: challenge,
		expectedOrigin: origins,
		expectedRPID: rpID,
		supportedAlgorithmIDs: ALGORITHMS,
		requireUserVerification: true
		// The library throws at what a stranger made up; to us that is a proof that proves nothing.
	}).catch(() => null);
	return result?.verified ? result.registrationInfo : null;
}
