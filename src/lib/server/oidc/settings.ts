import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { STAFF_ROLES } from '../access/roles.ts';
import { PRESETS, type Preset } from './presets.ts';
import type { ClientProof, Provider } from './provider.ts';

/** PostgreSQL and providers alike know no council by another shape: a GSS code. */
const grants = z.record(
	z.string().min(1),
	z.strictObject({ council: z.string().regex(/^[A-Z]\d{8}$/), role: z.enum(STAFF_ROLES) })
);
const ALGS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const FIELDS = [
	'CLIENT_ID',
	'CLIENT_SECRET',
	'PRIVATE_KEY',
	'KEY_ID',
	'ISSUER',
	'NAME',
	'ALG',
	'ACR_VALUES',
	'SIGNED_REQUEST',
	'STRONG_CLAIM',
	'STRONG_VALUES'
];
const STAFF_FIELDS = ['GROUPS_CLAIM', 'ROLES'];

/** A setting's fault, worded as config.ts prints them: `OIDC_STAFF_ISSUER: must …`. */
class Fault extends Error {}

/** Sign-in providers out of the environment. Each is there when its client id is. `problems` name every setting that is wrong. */
export function readOidc(env: Readonly<Record<string, string | undefined>>): {
	providers: Provider[];
	problems: string[];
} {
	const known = new Set(
		PRESETS.flatMap((preset) =>
			[...FIELDS, ...(preset.for === 'staff' ? STAFF_FIELDS : [])].map(
				(field) => `OIDC_${preset.prefix}_${field}`
			)
		)
	);
	const problems = Object.keys(env)
		.filter((name) => name.startsWith('OIDC_') && !known.has(name))
		.map((name) => `${name}: is not a setting of ours`);
	const providers: Provider[] = [];
	for (const preset of PRESETS) {
		const get = (field: string) => env[`OIDC_${preset.prefix}_${field}`] || undefined;
		if (get('CLIENT_ID') === undefined) continue;
		try {
			providers.push(providerOf(preset, get));
		} catch (problem) {
			if (!(problem instanceof Fault)) throw problem;
			problems.push(`OIDC_${preset.prefix}_${problem.message}`);
		}
	}
	return { providers, problems };
}

type Get = (field: string) => string | undefined;

function providerOf(preset: Preset, get: Get): Provider {
	const alg = get('ALG') ?? preset.alg;
	if (!ALGS.includes(alg)) throw new Fault(`ALG: must be one of ${ALGS.join(', ')}`);
	const name = get('NAME') ?? preset.name ?? (preset.for === 'staff' ? 'your council’s sign-in' : undefined);
	if (name === undefined) throw new Fault('NAME: is needed; it stands on the button that families tap');
	const acr = get('ACR_VALUES');
	const proof = proofOf(preset, get);
	const signedRequest = /^(1|true)$/.test(get('SIGNED_REQUEST') ?? '');
	if (signedRequest && proof.kind !== 'key') throw new Fault('SIGNED_REQUEST: needs PRIVATE_KEY');
	const claim = get('STRONG_CLAIM') ?? preset.strong?.claim;
	const values =
		get('STRONG_VALUES')
			?.split(/[\s,]+/)
			.filter(Boolean) ?? preset.strong?.values;
	if (claim !== undefined && !values?.length) throw new Fault('STRONG_VALUES: is needed with STRONG_CLAIM');
	return {
		id: preset.id,
		for: preset.for,
		name,
		issuer: issuerOf(get('ISSUER') ?? preset.issuer),
		clientId: get('CLIENT_ID')!,
		proof,
		scope: 'openid',
		alg,
		parameters: { ...preset.parameters, ...(acr && { acr_values: acr }) },
		signedRequest,
		...(claim !== undefined && { strong: { claim, values: values! } }),
		...(preset.for === 'staff' && {
			groups: { claim: get('GROUPS_CLAIM') ?? 'groups', grants: rolesOf(get) }
		})
	};
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Whether an address names this machine only: there alone a provider may speak plain http. */
export const isLoopback = (issuer: string) => LOOPBACK.test(new URL(issuer).hostname);

function issuerOf(text: string | undefined): string {
	const url = URL.parse(text ?? '');
	if (!url || url.search || url.hash)
		throw new Fault('ISSUER: must be an address such as https://login.example.gov.uk');
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
		throw new Fault('ISSUER: must begin with https://');
	return text!;
}

function proofOf(preset: Preset, get: Get): ClientProof {
	const [secret, given] = [get('CLIENT_SECRET'), get('PRIVATE_KEY')];
	if (given === undefined) {
		if (preset.keyOnly) throw new Fault('PRIVATE_KEY: is needed; this provider takes no client secret');
		if (secret === undefined) throw new Fault('CLIENT_SECRET: is needed, or PRIVATE_KEY');
		return { kind: 'secret', secret };
	}
	if (secret !== undefined) throw new Fault('CLIENT_SECRET: leave it out where PRIVATE_KEY is given');
	let key: KeyObject;
	let pem: string;
	try {
		// A PEM as it is, with \n written out (one-line environments), or the path of a file.
		pem = given.startsWith('-----') ? given.replaceAll('\\n', '\n') : readFileSync(given, 'utf8');
		key = createPrivateKey(pem);
	} catch {
		throw new Fault('PRIVATE_KEY: must be a private key in PEM, or the path of a file that holds one');
	}
	const algs: Partial<Record<string, string>> = { ec: 'ES256', rsa: preset.keyAlg };
	const alg = algs[key.asymmetricKeyType ?? ''];
	if (alg === undefined || (alg === 'ES256' && key.asymmetricKeyDetails?.namedCurve !== 'prime256v1'))
		throw new Fault('PRIVATE_KEY: must be an RSA or a P-256 key');
	const keyId = get('KEY_ID');
	return {
		kind: 'key',
		pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
		alg,
		...(keyId && { keyId })
	};
}

function rolesOf(get: Get) {
	const wanted =
		'ROLES: must be JSON such as {"send-officers":{"council":"E08000025","role":"case-officer"}}';
	let json: unknown;
	try {
		json = JSON.parse(get('ROLES') ?? '');
	} catch {
		throw new Fault(wanted);
	}
	const read = grants.safeParse(json);
	if (!read.success || Object.keys(read.data).length === 0)
		throw new Fault(`${wanted}; roles are ${STAFF_ROLES.join(', ')}`);
	return read.data;
}
