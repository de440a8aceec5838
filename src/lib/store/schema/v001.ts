/**
 * Version 1, frozen: what the first phones hold. A later version adds a file beside this one and never edits it.
 * Versions only add tables and indexes; no upgrade reads `ct`, because the phone may be locked when it runs.
 */
export const REGISTRY_V1 = { profiles: 'id', deviceKeys: 'id', settings: 'key' } as const;

export const PROFILE_V1 = {
	rows: '[scope+t+id],[scope+t+id+ver]',
	staging: '[scope+t+id]',
	scopes: 'id',
	keys: '[id+wrapping+by]',
	damaged: '[scope+t+id+at]',
	meta: 'key'
} as const;

/** A sealed row. Names, dates and words exist only in `ct`: AES-256-GCM, AAD `scope|t|id|ver`, a fresh 96-bit `iv`. */
export type SealedRowV1 = {
	scope: string;
	t: string;
	id: string;
	ver: number;
	sv: number;
	iv: Uint8Array<ArrayBuffer>;
	ct: Uint8Array<ArrayBuffer>;
};

/** A scope that the server granted. Scopes without an entry here are this phone's own. */
export type ScopeStateV1 = {
	id: string;
	/** How far this phone has read the scope; null asks for all of it again. Moves only together with its rows. */
	cookie: number | null;
	/** Rises when the scope was replaced as a whole: rows may then differ under an unchanged version. */
	gen: number;
	/** Complete copies in a row whose checksum did not match. */
	mismatches: number;
};

/**
 * A wrapped key. `id` is a scope (`wrapping: 'profile'`) or 'profile', whose wrappings stand side by side, told apart by `by`
 * (a passkey's credential id, else ''). `kid` names the key itself, never its use. No lock: the only profile wrapping is `device`,
 * perhaps with `server` beside it. A lock: `device` is gone.
 */
export type WrappedKeyV1 = {
	id: string;
	wrapping: 'profile' | 'device' | 'prf' | 'passphrase' | 'pin' | 'recovery' | 'server';
	by: string;
	kid: string;
	iv: Uint8Array<ArrayBuffer>;
	ct: Uint8Array<ArrayBuffer>;
	/** Of a PIN or passphrase: how it is stretched, and a non-extractable HMAC key of this browser that has to be there too. */
	argon?: { memory: number; passes: number; salt: Uint8Array<ArrayBuffer> };
	pepper?: CryptoKey;
	/** SHA-256 over the fields above, so that changed bytes are told from a wrong PIN. No secret, no guard. */
	sum?: Uint8Array<ArrayBuffer>;
};

/** A row of this phone's own that no longer opens; only a person empties this tray. `at`: epoch milliseconds. */
export type DamagedRowV1 = SealedRowV1 & { at: number };

export type MetaV1 = { key: string; value: unknown };
/** `number`: what the lock screen calls it, "Person 2". Profiles from before the lock have none. */
export type ProfileV1 = { id: string; createdAt: string; number?: number };
/** `key` is a non-extractable AES-GCM CryptoKey: it wraps, and can be used only by this origin on this phone. */
export type DeviceKeyV1 = { id: string; key: CryptoKey };
