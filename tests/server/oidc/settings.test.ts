import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#server/config.ts';
import { answerCallback } from '#server/oidc/answer-callback.ts';
import { readOidc } from '#server/oidc/settings.ts';
import { leaveFor } from '#server/oidc/sign-in.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { testRuntime } from '../../support/family.ts';

const dir = mkdtempSync(join(tmpdir(), 'al-oidc-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const pem = (key: { privateKey: import('node:crypto').KeyObject }) =>
	key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = pem(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ec = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }));

const STAFF = {
	OIDC_STAFF_ISSUER: 'https://login.example',
	OIDC_STAFF_CLIENT_ID: 'a',
	OIDC_STAFF_CLIENT_SECRET: 'b',
	OIDC_STAFF_ROLES: '{"g":{"council":"E08000025","role":"case-officer"}}'
};

describe('settings', () => {
	test('none set is none there', () => expect(readOidc({})).toEqual({ providers: [], problems: [] }));

	test('staff always need a second step', () => {
		const [staff] = readOidc(STAFF).providers;
		expect(staff).toMatchObject({ id: 'staff', strong: { claim: 'amr', values: ['mfa'] } });
		const acr = readOidc({
			...STAFF,
			OIDC_STAFF_STRONG_CLAIM: 'acr',
			OIDC_STAFF_STRONG_VALUES: 'gold, silver'
		});
		expect(acr.providers[0]!.strong).toEqual({ claim: 'acr', values: ['gold', 'silver'] });
	});

	const WRONG: [string, Record<string, string>, string][] = [
		['plain http to another machine', { OIDC_STAFF_ISSUER: 'http://login.example' }, 'OIDC_STAFF_ISSUER'],
		[
			'a name that only looks like this machine',
			{ OIDC_STAFF_ISSUER: 'http://localhost.evil.example' },
			'ISSUER'
		],
		['an issuer with a query', { OIDC_STAFF_ISSUER: 'https://login.example/?x=1' }, 'ISSUER'],
		['no issuer', { OIDC_STAFF_ISSUER: '' }, 'ISSUER'],
		['no secret', { OIDC_STAFF_CLIENT_SECRET: '' }, 'CLIENT_SECRET'],
		['secret and key', { OIDC_STAFF_PRIVATE_KEY: rsa }, 'CLIENT_SECRET'],
		['a symmetric algorithm', { OIDC_STAFF_ALG: 'HS256' }, 'OIDC_STAFF_ALG'],
		['no algorithm', { OIDC_STAFF_ALG: 'none' }, 'OIDC_STAFF_ALG'],
		['no roles', { OIDC_STAFF_ROLES: '' }, 'OIDC_STAFF_ROLES'],
		['empty roles', { OIDC_STAFF_ROLES: '{}' }, 'OIDC_STAFF_ROLES'],
		[
			'a role we do not have',
			{ OIDC_STAFF_ROLES: '{"g":{"council":"E08000025","role":"god"}}' },
			'roles are'
		],
		['a council that is none', { OIDC_STAFF_ROLES: '{"g":{"council":"here","role":"manager"}}' }, 'ROLES'],
		['a signed request without a key', { OIDC_STAFF_SIGNED_REQUEST: '1' }, 'SIGNED_REQUEST'],
		['a slip of the pen', { OIDC_STAF_ISSUER: 'https://x.example' }, 'OIDC_STAF_ISSUER: is not a setting'],
		['roles for families', { OIDC_FAMILY_ROLES: '{}' }, 'OIDC_FAMILY_ROLES: is not a setting'],
		[
			'a national provider with a secret',
			{ OIDC_GOVUK_CLIENT_ID: 'x', OIDC_GOVUK_CLIENT_SECRET: 'y' },
			'OIDC_GOVUK_PRIVATE_KEY'
		],
		[
			'a key that is none',
			{ OIDC_NHS_CLIENT_ID: 'x', OIDC_NHS_PRIVATE_KEY: '/nowhere.pem' },
			'OIDC_NHS_PRIVATE_KEY'
		],
		[
			'a family’s provider without a name',
			{ OIDC_FAMILY_CLIENT_ID: 'x', OIDC_FAMILY_CLIENT_SECRET: 'y', OIDC_FAMILY_ISSUER: 'https://x.example' },
			'OIDC_FAMILY_NAME'
		]
	];
	for (const [name, change, told] of WRONG)
		test(`refuses ${name}, and says which`, () => {
			const env = Object.fromEntries(
				Object.entries({ ...STAFF, ...change }).filter(([, value]) => value !== '')
			);
			expect(readOidc(env).problems.join('\n')).toContain(told);
			expect(() => readConfig({ ...env, DATA_DIR: dir })).toThrow(told);
		});

	test('a key may be a file, a PEM, or a PEM on one line', () => {
		writeFileSync(join(dir, 'key.pem'), ec);
		for (const given of [join(dir, 'key.pem'), ec, ec.replaceAll('\n', '\\n')]) {
			const { providers, problems } = readOidc({ OIDC_GOVUK_CLIENT_ID: 'x', OIDC_GOVUK_PRIVATE_KEY: given });
			expect(problems).toEqual([]);
			expect(providers[0]!.proof).toMatchObject({ kind: 'key', alg: 'ES256' });
		}
	});

	test('no secret is told with a problem', () => {
		const { problems } = readOidc({ ...STAFF, OIDC_STAFF_PRIVATE_KEY: rsa, OIDC_STAFF_ALG: 'x' });
		expect(problems.join()).not.toMatch(/PRIVATE KEY-----|MII/);
	});

	test('every setting stands in docs/operating.md', () => {
		const documented = readFileSync('docs/operating.md', 'utf8');
		const source = readFileSync('src/lib/server/oidc/settings.ts', 'utf8');
		const fields = [...source.matchAll(/^\t'([A-Z_]+)',?$/gm)].map((match) => match[1]!);
		expect(fields.length).toBeGreaterThan(9);
		for (const field of [...fields, 'GROUPS_CLAIM', 'ROLES']) expect(documented).toContain(`…_${field}\``);
		for (const prefix of ['GOVUK', 'NHS', 'FAMILY', 'STAFF']) expect(documented).toContain(`OIDC_${prefix}_`);
	});
});

/** A provider's discovery document and a token endpoint that only writes down what it was asked: no answer of it is ever good. */
type Heard = { issuer: string; asked: URLSearchParams[]; server: Server };
async function listener(): Promise<Heard> {
	const heard: Heard = { issuer: '', asked: [], server: createServer() };
	heard.server.on('request', (request, response) => {
		response.setHeader('content-type', 'application/json');
		if (request.url?.endsWith('openid-configuration')) {
			const at = (path: string) => heard.issuer + path;
			const document = {
				issuer: heard.issuer,
				authorization_endpoint: at('/authorize'),
				token_endpoint: at('/token'),
				jwks_uri: at('/jwks')
			};
			return void response.end(JSON.stringify(document));
		}
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			heard.asked.push(new URLSearchParams(body));
			response.writeHead(400).end('{"error":"invalid_grant"}');
		});
	});
	await new Promise<void>((resolve) => heard.server.listen(0, '127.0.0.1', resolve));
	heard.issuer = `http://127.0.0.1:${(heard.server.address() as AddressInfo).port}`;
	return heard;
}

/** As documented: docs/operating.md says that nobody has tried them against the real thing. */
describe('the national presets ask as documented', () => {
	let server: Runtime;
	let heard: Heard;
	beforeAll(async () => void ([server, heard] = await Promise.all([testRuntime(), listener()])));
	afterAll(async () => {
		await server.close();
		heard.server.closeAllConnections();
		heard.server.close();
	});

	async function ask(provider: string, env: Record<string, string>) {
		const { providers, problems } = readOidc(env);
		expect(problems).toEqual([]);
		const at: Runtime = { ...server, config: { ...server.config, oidc: providers } };
		const browser = new Browser();
		const place = { deviceId: browser.deviceId, deviceName: 'Phone' };
		const go = new URL(await leaveFor(browser.get('/'), at, { provider, purpose: 'sign-in', ...place }));
		const state = (go.searchParams.get('request') ? decodeJwt(go.searchParams.get('request')!) : {}).state;
		const back = `/sign-in/${provider}/callback?code=c&state=${go.searchParams.get('state') ?? String(state)}`;
		const refused = await answerCallback(browser.get(back), at, provider).catch(
			(problem: unknown) => problem
		);
		expect((refused as { why?: string }).why).toBe('unsound');
		return { go, token: heard.asked.at(-1)! };
	}

	test('GOV.UK One Login: openid alone, a second factor, a key', async () => {
		const { go, token } = await ask('govuk-one-login', {
			OIDC_GOVUK_CLIENT_ID: 'us',
			OIDC_GOVUK_PRIVATE_KEY: rsa,
			OIDC_GOVUK_KEY_ID: 'k1',
			OIDC_GOVUK_ISSUER: heard.issuer
		});
		expect(Object.fromEntries(go.searchParams)).toMatchObject({
			scope: 'openid',
			vtr: '["Cl.Cm"]',
			ui_locales: 'en'
		});
		expect(token.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
		const assertion = token.get('client_assertion')!;
		expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'RS256', kid: 'k1' });
		expect(decodeJwt(assertion)).toMatchObject({ iss: 'us', sub: 'us' });
		expect(token.get('client_secret')).toBeNull();
		expect(token.get('code_verifier')!.length).toBeGreaterThanOrEqual(43);
	});

	test('NHS login: openid alone, nobody’s identity, RS512', async () => {
		const { go, token } = await ask('nhs-login', {
			OIDC_NHS_CLIENT_ID: 'us',
			OIDC_NHS_PRIVATE_KEY: rsa,
			OIDC_NHS_ISSUER: heard.issuer
		});
		expect(go.searchParams.get('scope')).toBe('openid');
		expect(JSON.parse(go.searchParams.get('vtr')!)).toEqual(['P0.Cp.Cd', 'P0.Cp.Ck', 'P0.Cm']);
		expect(decodeProtectedHeader(token.get('client_assertion')!).alg).toBe('RS512');
	});

	test('the whole request as an object that we signed', async () => {
		const { go } = await ask('govuk-one-login', {
			OIDC_GOVUK_CLIENT_ID: 'us',
			OIDC_GOVUK_PRIVATE_KEY: ec,
			OIDC_GOVUK_SIGNED_REQUEST: '1',
			OIDC_GOVUK_ISSUER: heard.issuer
		});
		const request = go.searchParams.get('request')!;
		expect(decodeProtectedHeader(request).alg).toBe('ES256');
		expect(decodeJwt(request)).toMatchObject({ client_id: 'us', scope: 'openid', vtr: '["Cl.Cm"]' });
		expect(go.searchParams.has('nonce')).toBe(false);
	});
});
