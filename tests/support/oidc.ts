import { createHmac, createPrivateKey, createPublicKey, sign, type JsonWebKey } from 'node:crypto';
import type Provider from 'oidc-provider';
import { readOidc } from '#server/oidc/settings.ts';
import type { Runtime } from '#server/runtime.ts';
import { startDemoProvider, type DemoProvider } from '../../scripts/demo-provider/start.ts';
import { ORIGIN } from './call.ts';
import { COUNCIL } from './family.ts';

/** A real provider in this process, and what it says when somebody has meddled with it. */
export type Idp = DemoProvider & {
	/** How often somebody has come to exchange a code. */
	exchanges: () => number;
	/** The next ID token goes through this before it is sent. Once. */
	meddle: (
		change: (claims: Claims, header: Header) => { claims?: Claims; header?: Header; how?: Signing }
	) => void;
};
export type Claims = Record<string, unknown>;
type Header = Record<string, unknown>;
/** `key`: the provider's own. `public-as-secret`: HS256 with its public key, as an alg-confused client would check it. */
type Signing = 'key' | 'public-as-secret' | 'none' | 'other-key';

export const SECRET = 'a-client-secret-for-tests-of-forty-chars';
export const OFFICER = { id: 'robin', name: 'Robin Tester', groups: ['officers', 'choir'], mfa: true };
const PEOPLE = [
	OFFICER,
	{ ...OFFICER, id: 'lee', name: 'Lee Oneleg', mfa: false },
	{ ...OFFICER, id: 'kim', name: 'Kim Nogroup', groups: ['choir'] },
	{ ...OFFICER, id: 'max', name: 'Max Twocouncils', groups: ['officers', 'bosses-elsewhere'] },
	{ ...OFFICER, id: 'jo', name: 'Jo Publisher', groups: ['publishers'] },
	{ id: 'parent', name: 'Pat Parent', groups: [], mfa: false },
	{ id: 'stranger', name: 'Sam Stranger', groups: [], mfa: false }
];

export async function startIdp(): Promise<Idp> {
	const client = (id: string, path: string) => ({
		client_id: id,
		client_secret: SECRET,
		redirect_uris: [`${ORIGIN}/sign-in/${path}/callback`]
	});
	const idp = await startDemoProvider({
		port: 0,
		people: PEOPLE,
		clients: [client('staff', 'staff'), client('family', 'council')]
	});
	let exchanges = 0;
	const waiting: Parameters<Idp['meddle']>[0][] = [];
	(idp.provider as Provider & { use: (layer: unknown) => void }).use(
		async (ctx: { path: string; body: { id_token?: string } }, next: () => Promise<void>) => {
			if (ctx.path === '/token') exchanges++;
			await next();
			const change = ctx.path === '/token' && ctx.body?.id_token ? waiting.shift() : undefined;
			if (change) ctx.body.id_token = remade(idp, ctx.body.id_token!, change);
		}
	);
	return Object.assign(idp, {
		exchanges: () => exchanges,
		meddle: (change: (typeof waiting)[number]) => void waiting.push(change)
	});
}

const part = (text: string) =>
	JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
const coded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function remade(idp: DemoProvider, token: string, change: Parameters<Idp['meddle']>[0]): string {
	const [header = '', claims = ''] = token.split('.');
	const made = change(part(claims), part(header));
	const head = { ...(made.header ?? part(header)) };
	const how = made.how ?? 'key';
	if (how === 'none') head.alg = 'none';
	if (how === 'public-as-secret') head.alg = 'HS256';
	const text = `${coded(head)}.${coded(made.claims ?? part(claims))}`;
	return `${text}.${signature(idp, text, how)}`;
}

function signature(idp: DemoProvider, text: string, how: Signing): string {
	if (how === 'none') return '';
	const own = createPrivateKey({ key: idp.key as JsonWebKey, format: 'jwk' });
	if (how === 'public-as-secret') {
		const pem = createPublicKey(own).export({ type: 'spki', format: 'pem' });
		return createHmac('sha256', pem).update(text).digest('base64url');
	}
	const signed = sign('sha256', Buffer.from(text), own);
	// One bit off: as if somebody else had signed it.
	if (how === 'other-key') signed[0] = signed[0]! ^ 1;
	return signed.toString('base64url');
}

export const ELSEWHERE = 'X99000008';
const ROLES = {
	officers: { council: COUNCIL, role: 'case-officer' },
	'bosses-elsewhere': { council: ELSEWHERE, role: 'manager' },
	publishers: { council: COUNCIL, role: 'publisher' }
};

/** The same server with these providers: staff and families at one issuer. */
export function withIdp(
	server: Runtime,
	{ issuer }: { issuer: string },
	more: Record<string, string> = {}
): Runtime {
	const oidc = readOidc({
		OIDC_STAFF_ISSUER: issuer,
		OIDC_STAFF_CLIENT_ID: 'staff',
		OIDC_STAFF_CLIENT_SECRET: SECRET,
		OIDC_STAFF_ROLES: JSON.stringify(ROLES),
		OIDC_FAMILY_ISSUER: issuer,
		OIDC_FAMILY_CLIENT_ID: 'family',
		OIDC_FAMILY_CLIENT_SECRET: SECRET,
		OIDC_FAMILY_NAME: 'Testshire account',
		...more
	});
	if (oidc.problems.length > 0) throw new Error(oidc.problems.join('\n'));
	return { ...server, config: { ...server.config, oidc: oidc.providers } };
}
