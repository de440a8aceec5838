import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import type { Config } from '../config.ts';
import type { Provider } from './provider.ts';
import { isLoopback } from './settings.ts';

/** A provider that does not answer must not hold a person longer than they would wait; openid-client's own is 30 s. */
const TIMEOUT_S = 10;
/** How far a provider's clock may differ from ours. */
export const CLOCK_S = 60;

/** A provider, and what it says of itself. */
export type Ready = { provider: Provider; configuration: client.Configuration; keyForRequests?: CryptoKey };

/** The providers of one server. What a provider says of itself is asked for at its first use and kept while that works. */
export class OidcClients {
	readonly #providers = new Map<string, Provider>();
	readonly #ready = new Map<string, Promise<Ready>>();

	constructor(providers: readonly Provider[]) {
		for (const provider of providers) this.add(provider);
	}

	/** Adds or replaces one: the demo's provider is started after the server. */
	add(provider: Provider): void {
		this.#providers.set(provider.id, provider);
		this.#ready.delete(provider.id);
	}

	get(id: string): Provider | undefined {
		return this.#providers.get(id);
	}

	for(whom: Provider['for']): Provider[] {
		return [...this.#providers.values()].filter((provider) => provider.for === whom);
	}

	/** Rejects when the provider cannot be reached or contradicts itself; the next caller asks it again. */
	ready(provider: Provider): Promise<Ready> {
		const kept = this.#ready.get(provider.id);
		if (kept) return kept;
		const asked = discover(provider);
		this.#ready.set(provider.id, asked);
		asked.catch(() => {
			if (this.#ready.get(provider.id) === asked) this.#ready.delete(provider.id);
		});
		return asked;
	}
}

const kept = new WeakMap<Config, OidcClients>();

/** The providers of this server's settings, one object for as long as the server runs. */
export function oidcOf(config: Config): OidcClients {
	let clients = kept.get(config);
	if (!clients) kept.set(config, (clients = new OidcClients(config.oidc)));
	return clients;
}

async function discover(provider: Provider): Promise<Ready> {
	const { proof } = provider;
	const key = proof.kind === 'key' ? await importPKCS8(proof.pem, proof.alg) : undefined;
	const named = key && proof.kind === 'key' ? { key, ...(proof.keyId && { kid: proof.keyId }) } : undefined;
	const auth = named ? client.PrivateKeyJwt(named) : withSecret(proof.kind === 'secret' ? proof.secret : '');
	const metadata = { id_token_signed_response_alg: provider.alg, [client.clockTolerance]: CLOCK_S };
	const configuration = await client.discovery(new URL(provider.issuer), provider.clientId, metadata, auth, {
		timeout: TIMEOUT_S,
		execute: [
			// Signatures are checked although TLS would do: a proxy of a council's own may end it.
			client.enableNonRepudiationChecks,
			...(isLoopback(provider.issuer) && provider.issuer.startsWith('http:')
				? [client.allowInsecureRequests]
				: [])
		]
	});
	return { provider, configuration, ...(provider.signedRequest && key && { keyForRequests: key }) };
}

/** In the header, as the standard has it, unless the provider says that it reads the body only. */
function withSecret(secret: string): client.ClientAuth {
	const [header, body] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
	return (server, ...rest) => {
		const told = server.token_endpoint_auth_methods_supported;
		return (told && !told.includes('client_secret_basic') ? body : header)(server, ...rest);
	};
}
