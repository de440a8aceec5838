import * as client from 'openid-client';
import { knock } from '../access/door.ts';
import { FRESH_MS } from '../access/step-up.ts';
import { addressOf, type Call } from '../edge/caller.ts';
import { faultLine } from '../fault-line.ts';
import type { Runtime } from '../runtime.ts';
import { oidcOf, type OidcClients, type Ready } from './clients.ts';
import { cookieOf, dropCookie, putCookie } from './cookies.ts';
import { FLOW_MS, openFlow, sameText, secretsOf, takeFlow, type Flow, type FlowDraft } from './flow.ts';
import type { Provider } from './provider.ts';
import { SignInRefused } from './refused.ts';

/** Begun from one address in an hour: a council's whole office may have one, and nothing is guessed here. */
const STARTS = 300;
/**
 * An ID token is made while we ask for it. Microsoft dates its own 5 minutes back; one that is 8 minutes off comes from a
 * clock, or from a store.
 */
const ISSUED_S = 8 * 60;

/** Where the provider sends the person back to: registered with it, letter for letter. */
export const redirectUri = (call: Call, { config }: Runtime, provider: Provider) =>
	`${config.publicOrigin ?? call.url.origin}/sign-in/${provider.id}/callback`;

/** Begins a sign-in: sets the browser's cookie and returns the provider's address. Throws SignInRefused. */
export async function leaveFor(call: Call, server: Runtime, draft: FlowDraft): Promise<string> {
	const { database, config } = server;
	const clients = oidcOf(config);
	const provider = clients.get(draft.provider);
	if (!provider || (provider.for === 'staff') !== (draft.purpose === 'staff'))
		throw new SignInRefused('missing');
	const now = new Date();
	const door = await database.transact((tx) =>
		knock(tx, { door: 'oidc', address: addressOf(call), secret: config.secret, now, tries: STARTS })
	);
	if ('retryAfter' in door) throw new SignInRefused('busy');
	const ready = await meet(provider, clients);
	const token = await database.transact((tx) => openFlow(tx, draft, now));
	const { state, nonce, verifier } = secretsOf(token);
	// A phone that holds somebody's data asks for a fresh proof: without this a provider whose own session is still open in a
	// borrowed browser vouches for whoever has it. It then says when the person last signed in (OpenID Connect 3.1.2.1).
	const parameters = {
		...provider.parameters,
		...(draft.purpose === 'sign-in' && draft.accountId && { max_age: String(FRESH_MS / 1000) }),
		redirect_uri: redirectUri(call, server, provider),
		scope: provider.scope,
		state,
		nonce,
		code_challenge: await client.calculatePKCECodeChallenge(verifier),
		code_challenge_method: 'S256'
	};
	const url = ready.keyForRequests
		? await client.buildAuthorizationUrlWithJAR(ready.configuration, parameters, ready.keyForRequests)
		: client.buildAuthorizationUrl(ready.configuration, parameters);
	putCookie(call, 'flow', { value: token, maxAge: FLOW_MS / 1000 });
	return url.href;
}

/** Who came back, as the provider swears. */
export type Arrived = { provider: Provider; flow: Flow; issuer: string; sub: string; claims: client.IDToken };

/**
 * Judges the provider's answer at `/sign-in/{id}/callback`. The flow is this browser's, used once, meant for this provider;
 * the code is exchanged with PKCE; the ID token's signature, algorithm, issuer, audience, nonce and times hold; and the
 * person signed in as strongly as was asked. Throws SignInRefused.
 */
export async function arrive(call: Call, server: Runtime, providerId: string): Promise<Arrived> {
	const { database, config } = server;
	const clients = oidcOf(config);
	const provider = clients.get(providerId);
	if (!provider) throw new SignInRefused('missing');
	const token = cookieOf(call, 'flow');
	const states = call.url.searchParams.getAll('state');
	// Looked at before the flow is taken: a stranger's link must not end a sign-in that is on its way.
	if (!token || states.length !== 1 || !sameText(states[0]!, secretsOf(token).state))
		throw new SignInRefused('expired');
	const flow = await database.transact((tx) => takeFlow(tx, token, new Date()));
	dropCookie(call, 'flow');
	if (!flow) throw new SignInRefused('expired');
	// The answer of one provider at the door of another (mix-up): nothing of it is sent anywhere.
	if (flow.provider !== provider.id) throw new SignInRefused('unsound');
	const ready = await meet(provider, clients);
	const claims = await exchange(call, server, { ready, token });
	if (Math.abs(Date.now() / 1000 - claims.iat) > ISSUED_S) {
		console.error('sign-in:', provider.id, 'the clock of the provider, or ours, is wrong');
		throw new SignInRefused('unsound');
	}
	if (!isStrong(provider, claims)) throw new SignInRefused('weak');
	return { provider, flow, issuer: claims.iss, sub: claims.sub, claims };
}

async function exchange(call: Call, server: Runtime, { ready, token }: { ready: Ready; token: string }) {
	const { provider, configuration } = ready;
	const { state, nonce, verifier } = secretsOf(token);
	const back = new URL(redirectUri(call, server, provider));
	back.search = call.url.search;
	const checks = {
		expectedState: state,
		expectedNonce: nonce,
		pkceCodeVerifier: verifier,
		idTokenExpected: true
	};
	const tokens = await client
		.authorizationCodeGrant(configuration, back, checks)
		.catch((problem: unknown) => {
			if (problem instanceof client.AuthorizationResponseError) throw new SignInRefused('cancelled');
			console.error('sign-in:', provider.id, kindOf(problem));
			const { code, status } = problem as { code?: unknown; status?: unknown };
			// fetch says with a bare TypeError that nobody answered.
			const away =
				code === 'OAUTH_TIMEOUT' || Number(status) >= 500 || (problem instanceof TypeError && !code);
			throw new SignInRefused(away ? 'unreachable' : 'unsound');
		});
	const claims = tokens.claims();
	if (!claims) throw new SignInRefused('unsound');
	return claims;
}

/** `strong` names a claim that is a word (`acr`, `vot`) or a list of words (`amr`). */
function isStrong({ strong }: Provider, claims: client.IDToken): boolean {
	if (!strong) return true;
	const told = claims[strong.claim];
	const words = Array.isArray(told) ? told : [told];
	return words.some((word) => typeof word === 'string' && strong.values.includes(word));
}

/** What the provider says of itself. Whatever is wrong with that, the person can only come back later. */
const meet = (provider: Provider, clients: OidcClients): Promise<Ready> =>
	clients.ready(provider).catch((problem: unknown) => {
		console.error('sign-in:', provider.id, kindOf(problem));
		throw new SignInRefused('unreachable');
	});

/** The log names the kind of fault only: a provider's message may hold a person's. */
function kindOf(problem: unknown): string {
	const { code, error } = problem as { code?: unknown; error?: unknown };
	if (typeof code !== 'string') return faultLine(problem);
	return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? `${code} ${error}` : code;
}
