/**
 * The passkey's own secret (WebAuthn PRF): the same 32 bytes each time the person proves who they are to the phone, without a
 * connection. It never leaves the phone: whoever posts a passkey's answer to a server takes it out first.
 */
export type Prf = { credentialId: string; prf: Uint8Array<ArrayBuffer> };

/** cancelled: the person closed it, or the platform wants a tap first; unable: this browser or passkey has no PRF. */
export type PrfOutcome = ({ ok: true } & Prf) | { ok: false; why: 'cancelled' | 'unable' };

/** What the PRF is asked about. Another text would give other bytes, and phones locked with this one would not open. */
export const PRF_INPUT: Uint8Array<ArrayBuffer> = new TextEncoder().encode('alongside phone lock v1');

/** Longer than a person needs to find a finger, shorter than a forgotten prompt on a table. */
const PATIENCE_MS = 120_000;

type Results = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } };
type Container = { get(options: CredentialRequestOptions): Promise<Credential | null> };

const bytesOf = (source: BufferSource): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(
		ArrayBuffer.isView(source)
			? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
			: new Uint8Array(source)
	);

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

/** The PRF bytes in a passkey's client extension results, or null: many platforms give them at sign-in only, not at creation. */
export function prfOf(results: unknown): Uint8Array<ArrayBuffer> | null {
	const first = (results as Results | undefined)?.prf?.results?.first;
	const bytes = first && bytesOf(first);
	return bytes?.length === 32 ? bytes : null;
}

/** Whether a passkey of this device can be asked at all. PRF itself is known only from an answer. */
export async function canAskPasskey(): Promise<boolean> {
	const api = (globalThis as { PublicKeyCredential?: typeof PublicKeyCredential }).PublicKeyCredential;
	if (!api?.isUserVerifyingPlatformAuthenticatorAvailable) return false;
	return api.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/**
 * Asks one of these passkeys for its secret, on the phone alone: nobody checks the answer but the lock that it opens, so the
 * challenge may be random. Only a passkey kept by this device is asked; through a cable or another phone PRF is unreliable.
 *
 * @param credentialIds base64url, at least one
 */
export async function readPrf(
	credentialIds: readonly string[],
	container: Container | undefined = globalThis.navigator?.credentials
): Promise<PrfOutcome> {
	if (!container || credentialIds.length === 0) return { ok: false, why: 'unable' };
	try {
		const credential = (await container.get({
			publicKey: {
				challenge: crypto.getRandomValues(new Uint8Array(32)),
				allowCredentials: credentialIds.map((id) => ({
					type: 'public-key',
					id: fromBase64Url(id),
					transports: ['internal']
				})),
				userVerification: 'required',
				timeout: PATIENCE_MS,
				extensions: { prf: { eval: { first: PRF_INPUT } } } as AuthenticationExtensionsClientInputs
			}
		})) as PublicKeyCredential | null;
		const prf = credential && prfOf(credential.getClientExtensionResults());
		return prf ? { ok: true, credentialId: credential.id, prf } : { ok: false, why: 'unable' };
	} catch (error) {
		const named = (error as { name?: string }).name;
		return { ok: false, why: named === 'NotAllowedError' || named === 'AbortError' ? 'cancelled' : 'unable' };
	}
}
