import {
	startAuthentication,
	startRegistration,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/browser';
import { PRF_INPUT, prfOf } from './passkey-prf.ts';

/** cancelled: the person closed it, or time ran out; there: this phone has one already; unable: this browser cannot. */
export type CeremonyFault = 'cancelled' | 'there' | 'unable';
export type Ceremony<T> =
	| { ok: true; answer: T; credentialId: string; prf: Uint8Array<ArrayBuffer> | null }
	| { ok: false; why: CeremonyFault };

/** What may leave the phone. The PRF bytes in `clientExtensionResults` open it and stay. */
export type ForServer<T> = Omit<T, 'clientExtensionResults'>;

const asking = { prf: { eval: { first: PRF_INPUT } } } as AuthenticationExtensionsClientInputs;

/** Makes a passkey on this phone by the server's options. */
export function makePasskey(options: unknown): Promise<Ceremony<ForServer<RegistrationResponseJSON>>> {
	return ceremony(() =>
		startRegistration({
			optionsJSON: { ...(options as PublicKeyCredentialCreationOptionsJSON), extensions: asking }
		})
	);
}

/** Shows a passkey by the server's options. */
export function showPasskey(options: unknown): Promise<Ceremony<ForServer<AuthenticationResponseJSON>>> {
	return ceremony(() =>
		startAuthentication({
			optionsJSON: { ...(options as PublicKeyCredentialRequestOptionsJSON), extensions: asking }
		})
	);
}

async function ceremony<T extends { id: string; clientExtensionResults: unknown }>(
	work: () => Promise<T>
): Promise<Ceremony<ForServer<T>>> {
	try {
		const { clientExtensionResults, ...answer } = await work();
		return { ok: true, answer, credentialId: answer.id, prf: prfOf(clientExtensionResults) };
	} catch (error) {
		return { ok: false, why: faultOf(error) };
	}
}

/** The library wraps some of the platform's errors; the cause keeps the platform's own name. */
function faultOf(error: unknown): CeremonyFault {
	const { name, cause } = error as { name?: string; cause?: { name?: string } };
	const names = [name, cause?.name];
	if (names.includes('InvalidStateError')) return 'there';
	return names.includes('NotAllowedError') || names.includes('AbortError') ? 'cancelled' : 'unable';
}
