/**
 * A real OpenID Connect provider for the demo and for tests, on this machine only. It belongs to no build: `oidc-provider`
 * is a devDependency and nothing under src imports it (tests/architecture/demo-provider.test.ts).
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Provider, { type ClientMetadata, type JWK } from 'oidc-provider';
import { choicePage } from './choice-page.ts';
import { Memory } from './memory.ts';

/** Somebody who can be chosen on the sign-in page, without a password: everybody here is invented. */
export type DemoPerson = { id: string; name: string; groups: string[]; mfa: boolean };
export type DemoProvider = {
	issuer: string;
	provider: Provider;
	/** The private key that signs ID tokens (RS256): tests make unsound tokens with it. */
	key: JWK;
	stop: () => Promise<void>;
};

/** Starts on `port`, or on any free one when that is taken. Clients are known by id, secret and redirect addresses. */
export async function startDemoProvider({
	port,
	people,
	clients
}: {
	port: number;
	people: readonly DemoPerson[];
	clients: ClientMetadata[];
}): Promise<DemoProvider> {
	let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
		void response.writeHead(503).end();
	const server = createServer((request, response) => answer(request, response));
	const issuer = `http://127.0.0.1:${await listen(server, port)}`;
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const key: JWK = {
		...(privateKey.export({ format: 'jwk' }) as JWK),
		kid: 'demo',
		alg: 'RS256',
		use: 'sig'
	};
	const provider: Provider = new Provider(issuer, {
		adapter: Memory,
		clients,
		jwks: { keys: [key] },
		cookies: { keys: [randomBytes(32).toString('base64url')] },
		claims: { openid: ['sub', 'name', 'groups', 'amr'] },
		// Everything a council's own provider would put into the ID token.
		conformIdTokenClaims: false,
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_, { uid }) => `/choose/${uid}` },
		findAccount: (_, id) => {
			const person = people.find((one) => one.id === id);
			return (
				person && { accountId: id, claims: () => ({ sub: id, name: person.name, groups: person.groups }) }
			);
		},
		// The council's own application asks nobody for consent.
		loadExistingGrant: async ({ oidc }) => {
			const { client, session } = oidc;
			const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
			grant.addOIDCScope('openid');
			await grant.save();
			return grant;
		},
		ttl: {
			Session: 3600,
			Interaction: 600,
			Grant: 3600,
			IdToken: 300,
			AccessToken: 300,
			AuthorizationCode: 60
		}
	});
	// Made at the first request: what a test has put around the provider counts from then on.
	let rest: ReturnType<Provider['callback']> | undefined;
	answer = (request, response) => {
		const uid = /^\/choose\/([\w-]+)$/.exec(request.url ?? '')?.[1];
		if (uid === undefined) return void (rest ??= provider.callback())(request, response);
		choose(provider, people, { request, response }).catch(() => response.writeHead(400).end());
	};
	return { issuer, provider, key, stop: () => close(server) };
}

/** The provider's own sign-in page: who are you? */
async function choose(
	provider: Provider,
	people: readonly DemoPerson[],
	{ request, response }: { request: IncomingMessage; response: ServerResponse }
): Promise<void> {
	await provider.interactionDetails(request, response);
	if (request.method !== 'POST') {
		const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
		return void response.writeHead(200, headers).end(choicePage(people));
	}
	let body = '';
	for await (const part of request) if (body.length < 1_000) body += String(part);
	const person = people.find((one) => one.id === new URLSearchParams(body).get('who'));
	const result = person
		? { login: { accountId: person.id, amr: person.mfa ? ['pwd', 'mfa'] : ['pwd'], remember: false } }
		: { error: 'access_denied' };
	await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** The port it got. */
function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', (problem: NodeJS.ErrnoException) =>
			problem.code === 'EADDRINUSE' && port !== 0 ? resolve(listen(server, 0)) : reject(problem)
		);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : port);
		});
	});
}

const close = (server: Server) =>
	new Promise<void>((resolve) => {
		server.closeAllConnections();
		server.close(() => resolve());
	});
