import { makePasskey, showPasskey, type CeremonyFault } from '#browser/passkey-ceremony.ts';
import { whyNot, type AskFault } from './asked.ts';
import { pageLine, type Line } from './line.ts';

export type PasskeyFault = CeremonyFault | AskFault;
export type MadePasskey =
	{ ok: true; credentialId: string; prf: Uint8Array<ArrayBuffer> | null } | { ok: false; why: PasskeyFault };

/**
 * Makes a passkey for the signed-in person on this phone. Call it from a tap: platforms refuse otherwise. `prf` are the bytes
 * that can open the phone without a connection, null where the platform gives them only when the passkey is next shown
 * (`readPrf`). The label is what the platform's own list shows; it names nobody.
 */
export async function createPasskey(
	label = `Alongside ${new Date().toISOString().slice(0, 10)}`,
	{ post }: Pick<Line, 'post'> = pageLine()
): Promise<MadePasskey> {
	const options = await post('/api/passkey/create-options', { label });
	if (!options.ok) return { ok: false, why: whyNot(options) };
	const made = await makePasskey(options.json);
	if (!made.ok) return made;
	const { answer, credentialId, prf } = made;
	const { id, rawId, type } = answer;
	const { clientDataJSON, attestationObject, transports } = answer.response;
	const kept = await post('/api/passkey/create', {
		id,
		rawId,
		type,
		response: { clientDataJSON, attestationObject, ...(transports && { transports }) }
	});
	return kept.ok ? { ok: true, credentialId, prf } : { ok: false, why: whyNot(kept) };
}

export type ShownPasskey =
	| { ok: true; credential: unknown; credentialId: string; prf: Uint8Array<ArrayBuffer> | null }
	| { ok: false; why: PasskeyFault };

/** Asks for a passkey, as the answer for `/api/passkey/sign-in`. Call it from a tap. */
export async function askPasskey({ post }: Pick<Line, 'post'>): Promise<ShownPasskey> {
	const options = await post('/api/passkey/options', {});
	if (!options.ok) return { ok: false, why: whyNot(options) };
	const shown = await showPasskey(options.json);
	if (!shown.ok) return shown;
	const { answer, credentialId, prf } = shown;
	const { id, rawId, type } = answer;
	const { clientDataJSON, authenticatorData, signature, userHandle } = answer.response;
	const response = { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) };
	return { ok: true, credential: { id, rawId, type, response }, credentialId, prf };
}
