import { oidcOf } from '../oidc/clients.ts';
import type { Provider } from '../oidc/provider.ts';
import type { Config } from '../config.ts';
import { randomBytes } from 'node:crypto';
import { DEMO_COUNCIL } from './council.ts';

/** Two officers of the invented council: one signs in with a second step, one with a password only and is refused. */
export const DEMO_STAFF = [
	{ id: 'priya.deol', name: 'Priya Deol', groups: ['thornwater-send'], mfa: true },
	{ id: 'sam.whitlock', name: 'Sam Whitlock', groups: ['thornwater-send'], mfa: false }
];
const GROUPS = { 'thornwater-send': { council: DEMO_COUNCIL.code, role: 'case-officer' } } as const;

/** What the entry needs to start an invented council's own sign-in beside the server, and tell us where it is. */
export type DemoStaffDesk = {
	people: typeof DEMO_STAFF;
	clientId: string;
	clientSecret: string;
	/** `issuer` answers from now on; returns the lines to print. */
	open: (issuer: string, origin: string) => string[];
};

/**
 * The demo's staff desk, where there is to be one: on this machine only, and not where a council's own sign-in is set. The
 * provider itself is started by the entry, from a package that no production installation has.
 */
export function demoStaffDesk(config: Config): DemoStaffDesk | undefined {
	if (config.publicOrigin !== undefined || oidcOf(config).for('staff').length > 0) return undefined;
	const [clientId, clientSecret] = ['alongside-demo', randomBytes(24).toString('base64url')];
	const open = (issuer: string, origin: string) => {
		oidcOf(config).add(providerAt(issuer, { clientId, clientSecret }));
		const lines = DEMO_STAFF.map(({ name, mfa }) =>
			mfa
				? `    ${name}: password and a second step, gets in`
				: `    ${name}: password only, is refused, since staff need a second step`
		);
		return [
			`  Council staff sign in at ${origin}/sign-in, at an invented council’s page (${issuer}):`,
			...lines,
			''
		];
	};
	return { people: DEMO_STAFF, clientId, clientSecret, open };
}

const providerAt = (issuer: string, client: { clientId: string; clientSecret: string }): Provider => ({
	id: 'staff',
	for: 'staff',
	name: DEMO_COUNCIL.name,
	issuer,
	clientId: client.clientId,
	proof: { kind: 'secret', secret: client.clientSecret },
	scope: 'openid',
	alg: 'RS256',
	parameters: {},
	signedRequest: false,
	strong: { claim: 'amr', values: ['mfa'] },
	groups: { claim: 'groups', grants: GROUPS }
});
