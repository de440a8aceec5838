import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../access/keyed-hash.ts';
import type { Tx } from '../db/transaction.ts';

/** Long enough to find the telephone with the second factor. */
export const FLOW_MS = 10 * 60_000;

export type FlowDraft =
	| { provider: string; purpose: 'staff' }
	/** `accountId`: whose data the phone holds, if anybody's. */
	| { provider: string; purpose: 'sign-in'; deviceId: string; deviceName: string; accountId?: string }
	/** `accountId`: of the session that asked. */
	| { provider: string; purpose: 'link'; accountId: string; deviceId: string };
export type Flow = {
	provider: string;
	purpose: FlowDraft['purpose'];
	accountId: string | null;
	deviceId: string | null;
	deviceName: string | null;
};

/** Begins a sign-in: returns the token for this browser's cookie. Sweeps what ran out. */
export async function openFlow(tx: Tx, draft: FlowDraft, now: Date): Promise<string> {
	await tx.deleteFrom('sign_in_flow').where('expires_at', '<', now).execute();
	const token = randomBytes(32).toString('base64url');
	await tx
		.insertInto('sign_in_flow')
		.values({
			flow_sha256: sha256(token),
			provider: draft.provider,
			purpose: draft.purpose,
			account_id: draft.purpose === 'staff' ? null : (draft.accountId ?? null),
			device_id: draft.purpose === 'staff' ? null : draft.deviceId,
			device_name: draft.purpose === 'sign-in' ? draft.deviceName : null,
			expires_at: new Date(now.getTime() + FLOW_MS)
		})
		.execute();
	return token;
}

/** Takes the flow of a cookie's token, once and for all: of two answers at the same moment one gets it. */
export async function takeFlow(tx: Tx, token: string, now: Date): Promise<Flow | null> {
	const row = await tx
		.deleteFrom('sign_in_flow')
		.where('flow_sha256', '=', sha256(token))
		.returningAll()
		.executeTakeFirst();
	if (!row || row.expires_at <= now) return null;
	const { provider, purpose, account_id, device_id, device_name } = row;
	return { provider, purpose, accountId: account_id, deviceId: device_id, deviceName: device_name };
}

/** What goes to the provider and must come back, each derived from the token that only this browser has. */
export function secretsOf(token: string): { state: string; nonce: string; verifier: string } {
	const derive = (use: string) => createHmac('sha256', token).update(use).digest('base64url');
	return { state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier') };
}

/** Compares without telling by its time how much was right. */
export function sameText(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
