/**
 * What the two national providers fix, so that a council sets only its client id and key. Written from their public
 * documentation, not tried against them: docs/operating.md says which lines need a look at their integration environments.
 * We ask for `openid` alone: no e-mail address, no telephone number, never an NHS number.
 */
export type Preset = {
	id: string;
	/** Settings are called `OIDC_{prefix}_…`. */
	prefix: string;
	for: 'family' | 'staff';
	name?: string;
	issuer?: string;
	alg: string;
	/** With an RSA key; a P-256 key always signs ES256. */
	keyAlg: string;
	keyOnly: boolean;
	parameters: Record<string, string>;
	strong?: { claim: string; values: string[] };
};

export const PRESETS: readonly Preset[] = [
	{
		id: 'govuk-one-login',
		prefix: 'GOVUK',
		for: 'family',
		name: 'GOV.UK One Login',
		issuer: 'https://oidc.account.gov.uk/',
		alg: 'ES256',
		keyAlg: 'RS256',
		keyOnly: true,
		// Password and a second factor; no proof of identity, which the council's letter gives.
		parameters: { vtr: '["Cl.Cm"]', ui_locales: 'en' },
		strong: { claim: 'vot', values: ['Cl.Cm'] }
	},
	{
		id: 'nhs-login',
		prefix: 'NHS',
		for: 'family',
		name: 'NHS login',
		issuer: 'https://auth.login.nhs.uk',
		alg: 'RS512',
		keyAlg: 'RS512',
		keyOnly: true,
		// P0: nobody's identity is checked for us. Password with a code or a known device, or a passkey.
		parameters: { vtr: '["P0.Cp.Cd","P0.Cp.Ck","P0.Cm"]' },
		strong: { claim: 'vot', values: ['P0.Cp.Cd', 'P0.Cp.Ck', 'P0.Cm'] }
	},
	{
		id: 'council',
		prefix: 'FAMILY',
		for: 'family',
		alg: 'RS256',
		keyAlg: 'RS256',
		keyOnly: false,
		parameters: {}
	},
	{
		id: 'staff',
		prefix: 'STAFF',
		for: 'staff',
		alg: 'RS256',
		keyAlg: 'RS256',
		keyOnly: false,
		parameters: {},
		strong: { claim: 'amr', values: ['mfa'] }
	}
];
