import type { StaffRole } from '../access/roles.ts';

/** One of the things a staff session may be for; the provider's groups say it, `OIDC_STAFF_ROLES` translates (docs/operating.md). */
export type StaffGrant = { council: string; role: StaffRole };

/** How we prove to the provider that it is us. `pem` is a PKCS#8 private key. */
export type ClientProof =
	{ kind: 'secret'; secret: string } | { kind: 'key'; pem: string; keyId?: string; alg: string };

/** One provider of sign-in: the whole of its configuration, whichever preset or settings it came from. */
export type Provider = {
	/** In the address: `/sign-in/{id}`. Its callback is its own, so that an answer meant for another is noticed (RFC 9700 §4.4). */
	id: string;
	for: 'family' | 'staff';
	/** On the button, in the provider's own words. */
	name: string;
	/** https, or http on this machine. */
	issuer: string;
	clientId: string;
	proof: ClientProof;
	scope: string;
	/** The one algorithm an ID token may be signed with. Never symmetric, never none. */
	alg: string;
	/** More of the authorization request: `vtr`, `acr_values`, `ui_locales`. */
	parameters: Readonly<Record<string, string>>;
	/** The request is sent as an object signed with our key (RFC 9101). */
	signedRequest: boolean;
	/** How the person must have signed in: this claim has, or holds, one of these values. Absent: not asked. */
	strong?: { claim: string; values: readonly string[] };
	/** Staff: which claim lists groups, and what each group may do. */
	groups?: { claim: string; grants: Readonly<Record<string, StaffGrant>> };
};
