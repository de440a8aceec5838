import type { Proof, SignInAnswer } from '#contract/access/sign-in.ts';
import type { Tx } from '../db/transaction.ts';
import { addressOf, giveCookie, tokenOf, type Call } from '../edge/caller.ts';
import { Refusal } from '../edge/refusal.ts';
import { readInstance } from '../instance.ts';
import type { Runtime } from '../runtime.ts';
import { familyActor, readableScopes } from './actor.ts';
import { audit, type AuditReason } from './audit.ts';
import { tellPhones } from './notices.ts';
import { startSession } from './session.ts';

export type SignIn = {
	accountId: string;
	by: Proof;
	/** Earlier than now where the provider asked nobody: its own session was still open in this browser. */
	provedAt?: Date | undefined;
	deviceId: string;
	deviceName: string;
	/** The account whose data the phone holds, when it says so. */
	account?: string | undefined;
	now: Date;
};

/**
 * The end of every way of signing in: a new session in the place of whatever this browser had, the cookie, a line in the
 * audit, and a word to the person's other phones when this one is new. Throws `other_person` before anything is written when
 * the phone holds somebody else's data.
 */
export async function signIn(call: Call, server: Runtime, who: SignIn): Promise<SignInAnswer> {
	if (who.account !== undefined && who.account !== who.accountId) throw new Refusal('other_person');
	const { accountId, deviceId, now } = who;
	const { token, body } = await server.database.transact(async (tx) => {
		const fresh = await isNewPhone(tx, who);
		const token = await startSession(tx, { ...who, ends: tokenOf(call) });
		if (fresh) await tellPhones(tx, { accountId, kind: 'phone-added', device: deviceId, now });
		const body = await signInAnswer(tx, accountId);
		await audit(tx, {
			actor: { id: accountId, role: 'family' },
			action: 'sign-in',
			address: addressOf(call),
			device: deviceId
		});
		return { token, body };
	});
	giveCookie(call, token);
	return body;
}

/** What a phone needs to begin reading. */
export async function signInAnswer(tx: Tx, accountId: string): Promise<SignInAnswer> {
	const scopes = await readableScopes(tx, await familyActor(tx, accountId));
	const { epoch } = await readInstance(tx);
	return { userId: accountId, scopes, epoch, serverTime: new Date().toISOString() };
}

/**
 * Whether there is news for the person's other phones: this one is not on their list, or stood on it as removed. A `letter` is
 * news on a phone that they know too, where nobody was signed in: it is how somebody comes back, or gets in.
 */
export async function isNewPhone(
	tx: Tx,
	{ accountId, deviceId, letter = false }: { accountId: string; deviceId: string; letter?: boolean }
): Promise<boolean> {
	const live = await tx
		.selectFrom('device')
		.select('id')
		.where('account_id', '=', accountId)
		.where('revoked_at', 'is', null)
		.execute();
	const others = live.filter((one) => one.id !== deviceId);
	return others.length > 0 && (letter || others.length === live.length);
}

/** Writes down a proof that proved nothing, in a transaction of its own, and refuses. */
export async function refuseProof(
	call: Call,
	server: Runtime,
	why: { reason: AuditReason; device?: string }
): Promise<never> {
	await server.database.transact((tx) =>
		audit(tx, { actor: 'nobody', action: 'sign-in', outcome: 'refused', address: addressOf(call), ...why })
	);
	throw new Refusal('proof_wrong');
}
