import type { OpenCase } from '../open-case/open-case.svelte.ts';

/** What the server adds to a lock: its half of a way in for this device, and passkeys. Fetched when it is asked for. */
export type LockPasskey =
	| { ok: true; credentialId: string; prf: Uint8Array<ArrayBuffer> | null }
	/** stale: somebody has to sign in first. */
	| { ok: false; why: 'offline' | 'stale' | 'failed' };

/** The secret that the server keeps for this device; null without a connection or a fresh sign-in. */
export async function serverHalf(): Promise<Uint8Array<ArrayBuffer> | null> {
	const { fetchDeviceSecret } = await import('#sync/devices.ts');
	return fetchDeviceSecret();
}

const whyOf = (why: string): LockPasskey => ({
	ok: false,
	why:
		why === 'offline' || why === 'unavailable'
			? 'offline'
			: why === 'proof-needed' || why === 'signed-out'
				? 'stale'
				: 'failed'
});

/**
 * The passkey of this phone: the one that signs in here already, which is a fresh sign-in too, or a new one. Call it from a tap.
 */
export async function phonePasskey(open: OpenCase): Promise<LockPasskey> {
	const [{ readSession }, { createPasskey }] = await Promise.all([
		import('#sync/devices.ts'),
		import('#sync/passkeys.ts')
	]);
	const told = await readSession();
	if (!told.ok) return whyOf(told.why);
	const { session } = told.value;
	if (session && !session.passkeyHere) {
		const made = await createPasskey();
		return made.ok ? made : whyOf(made.why);
	}
	const account = open.parts.store.profile()?.userId;
	const signed = await (await open.joined).signIn({ way: 'passkey', account });
	if (!signed.ok) return whyOf(signed.why);
	return signed.passkey ? { ok: true, ...signed.passkey } : { ok: false, why: 'failed' };
}
