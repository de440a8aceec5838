/** What the server adds to a lock: its half of a way in for this device, and passkeys. Fetched when it is asked for. */
export type MadePasskey =
	{ ok: true; credentialId: string; prf: Uint8Array<ArrayBuffer> | null } | { ok: false; why: string };

/** The secret that the server keeps for this device; null without a connection or a fresh sign-in. */
export const serverHalf = async (): Promise<Uint8Array<ArrayBuffer> | null> => null;

export const newPasskey = async (): Promise<MadePasskey> => ({ ok: false, why: 'unavailable' });
