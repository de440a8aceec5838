import type { SignInOutcome } from '#sync/status.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';

/**
 * Opens a locked phone after its person signed in: by the bytes that their passkey gave with the same touch, else by the half
 * that the server keeps for this phone; true then, since what used to open it may be forgotten, unless the phone was only too long without contact. Stays locked, and says nothing, where
 * neither is one of its ways.
 */
export async function openLocked(
	open: OpenCase,
	outcome: Extract<SignInOutcome, { ok: true }>,
	serverHalf: () => Promise<Uint8Array<ArrayBuffer> | null>
): Promise<boolean> {
	const facts = await open.lock?.facts();
	const { passkey } = outcome;
	if (passkey?.prf && facts?.passkeys.includes(passkey.credentialId)) {
		const { credentialId, prf } = passkey;
		const opened = await open.lock?.open({ way: 'passkey', credentialId, prf: prf });
		prf.fill(0);
		if (opened?.ok) return false;
	}
	if (!facts?.ways.includes('sign-in')) return false;
	const secret = await serverHalf();
	if (!secret) return false;
	const opened = await open.lock?.open({ way: 'sign-in', secret });
	secret.fill(0);
	return opened?.ok === true && facts.why !== 'stale';
}
