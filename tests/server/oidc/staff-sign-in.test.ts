import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerCallback } from '#server/oidc/answer-callback.ts';
import { putCookie } from '#server/oidc/cookies.ts';
import { leaveFor } from '#server/oidc/sign-in.ts';
import { SignInRefused, type SignInRefusal } from '#server/oidc/refused.ts';
import { staffOf } from '#server/oidc/staff-duty.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, testRuntime } from '../../support/family.ts';
import { startIdp, withIdp, type Idp } from '../../support/oidc.ts';
import { ProviderBrowser } from '../../support/oidc-browser.ts';

/** A real provider, a real client, PGlite: what staff meet, and everything that a hostile or broken provider may send. */
let server: Runtime;
let idp: Idp;
beforeAll(async () => {
	[server, idp] = await Promise.all([testRuntime(), startIdp()]);
	server = withIdp(server, idp);
});
afterAll(async () => {
	await server.close();
	await idp.stop();
});

const leave = (browser: Browser, at = server) =>
	leaveFor(browser.get('/sign-in/staff'), at, { provider: 'staff', purpose: 'staff' });
const pathOf = (href: string) => new URL(href).pathname + new URL(href).search;
/** Signs in at the provider; returns the step back, not yet taken. */
async function begun(browser: Browser, who = 'robin'): Promise<string> {
	return pathOf(await new ProviderBrowser().signIn(idp, await leave(browser), who));
}
const arrive = (browser: Browser, path: string, at = server) =>
	answerCallback(browser.get(path), at, 'staff');

async function refused(work: Promise<unknown>): Promise<SignInRefusal> {
	const problem: unknown = await work.then(
		() => new Error('It was let in.'),
		(thrown: unknown) => thrown
	);
	if (!(problem instanceof SignInRefused)) throw problem;
	expect(problem.status).toBeGreaterThanOrEqual(400);
	// Only a provider that is away may look like a fault of a server.
	expect(problem.status < 500 || problem.why === 'unreachable').toBe(true);
	return problem.why;
}
const sessions = async () =>
	Number(
		(
			await server.database.db
				.selectFrom('staff_session')
				.select((of) => of.fn.countAll().as('n'))
				.executeTakeFirstOrThrow()
		).n
	);

/** Nothing is signed in: no cookie, no row. */
async function nothing(browser: Browser, work: () => Promise<unknown>): Promise<SignInRefusal> {
	const before = await sessions();
	const why = await refused(work());
	expect(browser.jar.has('staff')).toBe(false);
	expect(await sessions()).toBe(before);
	return why;
}

test('an officer with a second step and a known group gets in, for their council', async () => {
	const browser = new Browser();
	const path = await begun(browser);
	expect(await arrive(browser, path)).toBe('/staff');
	const session = await staffOf(browser.get('/staff'), server);
	expect(session).toMatchObject({ name: 'Robin Tester', acting: { council: COUNCIL, role: 'case-officer' } });
	expect(browser.jar.has('flow')).toBe(false);
	const rows = await server.database.db.selectFrom('staff_session').selectAll().execute();
	expect(JSON.stringify(rows)).not.toContain(browser.jar.get('staff'));
});

test('what leaves for the provider holds PKCE, state and nonce, and nothing of them is kept', async () => {
	const browser = new Browser();
	const go = new URL(await leave(browser));
	const asked = Object.fromEntries(go.searchParams);
	expect(asked).toMatchObject({ response_type: 'code', scope: 'openid', code_challenge_method: 'S256' });
	expect(asked.state!.length).toBeGreaterThanOrEqual(43);
	expect(asked.nonce!.length).toBeGreaterThanOrEqual(43);
	const kept = JSON.stringify(await server.database.db.selectFrom('sign_in_flow').selectAll().execute());
	for (const secret of [asked.state!, asked.nonce!, browser.jar.get('flow')!])
		expect(kept).not.toContain(secret);
});

test('over https both cookies are bound to this host, and no script can read them', () => {
	const set: [string, object][] = [];
	const url = new URL('https://alongside.example/sign-in/staff');
	const cookies = {
		get: () => undefined,
		set: (...all: unknown[]) => void set.push([all[0] as string, all[2] as object])
	};
	const call = { ...new Browser().get('/'), url, cookies: { ...cookies, delete: () => {} } };
	for (const name of ['flow', 'staff'] as const) putCookie(call, name, { value: 'x', maxAge: 600 });
	const options = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 600 };
	expect(set).toEqual([
		['__Host-flow', options],
		['__Host-staff', options]
	]);
});

test('the same person is the same person next time, and a new sign-in ends the old session', async () => {
	const browser = new Browser();
	await arrive(browser, await begun(browser));
	const first = browser.jar.get('staff')!;
	const one = await staffOf(browser.get('/staff'), server);
	await arrive(browser, await begun(browser));
	expect(browser.jar.get('staff')).not.toBe(first);
	expect((await staffOf(browser.get('/staff'), server))!.staffId).toBe(one!.staffId);
	browser.jar.set('staff', first);
	expect(await staffOf(browser.get('/staff'), server)).toBeNull();
});

describe('refused, and nobody is signed in', () => {
	const TOKENS: [string, Parameters<Idp['meddle']>[0]][] = [
		['a wrong nonce', (claims) => ({ claims: { ...claims, nonce: 'x'.repeat(43) } })],
		['no nonce', ({ nonce: _, ...claims }) => ({ claims })],
		['an expired token', (claims) => ({ claims: { ...claims, iat: now() - 400, exp: now() - 100 } })],
		[
			'a clock 10 minutes behind',
			(claims) => ({ claims: { ...claims, iat: now() - 600, exp: now() + 300 } })
		],
		['a clock 10 minutes ahead', (claims) => ({ claims: { ...claims, iat: now() + 600, exp: now() + 900 } })],
		['not yet good', (claims) => ({ claims: { ...claims, nbf: now() + 600 } })],
		['another issuer', (claims) => ({ claims: { ...claims, iss: 'https://elsewhere.example' } })],
		['another audience', (claims) => ({ claims: { ...claims, aud: 'somebody-else' } })],
		['for two, and not meant for us', (claims) => ({ claims: { ...claims, aud: ['staff', 'x'], azp: 'x' } })],
		['no subject', ({ sub: _, ...claims }) => ({ claims })],
		['HS256 with the public key', () => ({ how: 'public-as-secret' })],
		['signed by nobody', () => ({ how: 'none' })],
		['a wrong signature', () => ({ how: 'other-key' })],
		['RS512, though RS256 was agreed', (_, header) => ({ header: { ...header, alg: 'RS512' } })]
	];
	for (const [name, change] of TOKENS)
		test(name, async () => {
			const browser = new Browser();
			const path = await begun(browser);
			idp.meddle(change);
			expect(await nothing(browser, () => arrive(browser, path))).toBe('unsound');
		});

	test('a password only', async () => {
		const browser = new Browser();
		const path = await begun(browser, 'lee');
		expect(await nothing(browser, () => arrive(browser, path))).toBe('weak');
	});

	test('a second step that is claimed in a word that is not agreed', async () => {
		const browser = new Browser();
		const path = await begun(browser);
		idp.meddle((claims) => ({ claims: { ...claims, amr: ['pwd', 'MFA', { mfa: true }, ['mfa']] } }));
		expect(await nothing(browser, () => arrive(browser, path))).toBe('weak');
	});

	test('no group of ours, and groups that are no list', async () => {
		const kim = new Browser();
		const path = await begun(kim, 'kim');
		expect(await nothing(kim, () => arrive(kim, path))).toBe('no-role');
		for (const groups of [
			'officers',
			{ officers: true },
			[['officers']],
			['__proto__', 'constructor'],
			null
		]) {
			const browser = new Browser();
			const back = await begun(browser);
			idp.meddle((claims) => ({ claims: { ...claims, groups } }));
			expect(await nothing(browser, () => arrive(browser, back))).toBe('no-role');
		}
	});

	test('a replayed answer, in the same browser and in another', async () => {
		const browser = new Browser();
		const path = await begun(browser);
		await arrive(browser, path);
		browser.jar.delete('staff');
		expect(await nothing(browser, () => arrive(browser, path))).toBe('expired');
		const thief = new Browser();
		expect(await nothing(thief, () => arrive(thief, path))).toBe('expired');
	});

	test('a code that was used, with a new state', async () => {
		const browser = new Browser();
		const used = new URL(await begun(browser), 'http://x').searchParams;
		await arrive(browser, `/sign-in/staff/callback?${used}`);
		const other = new Browser();
		const fresh = new URL(await leave(other)).searchParams.get('state')!;
		used.set('state', fresh);
		expect(await nothing(other, () => arrive(other, `/sign-in/staff/callback?${used}`))).toBe('unsound');
	});

	test('a code that was stolen: its PKCE verifier is in another browser', async () => {
		const victim = new Browser();
		const stolen = new URL(await begun(victim), 'http://x').searchParams;
		const thief = new Browser();
		stolen.set('state', new URL(await leave(thief)).searchParams.get('state')!);
		expect(await nothing(thief, () => arrive(thief, `/sign-in/staff/callback?${stolen}`))).toBe('unsound');
	});

	test('the state of another browser; its own sign-in goes on', async () => {
		const [attacker, victim] = [new Browser(), new Browser()];
		const theirs = await begun(attacker);
		const own = await begun(victim);
		expect(await nothing(victim, () => arrive(victim, theirs))).toBe('expired');
		expect(await arrive(victim, own)).toBe('/staff');
	});

	test('two states, no state, no code', async () => {
		for (const change of [
			(query: URLSearchParams) => query.append('state', 'x'),
			(query: URLSearchParams) => query.delete('state'),
			(query: URLSearchParams) => query.delete('code')
		]) {
			const browser = new Browser();
			const query = new URL(await begun(browser), 'http://x').searchParams;
			change(query);
			const why = await nothing(browser, () => arrive(browser, `/sign-in/staff/callback?${query}`));
			expect(['expired', 'unsound']).toContain(why);
		}
	});

	test('the answer of one provider at the door of another', async () => {
		const browser = new Browser();
		const { search } = new URL(await begun(browser), 'http://x');
		const at = browser.get(`/sign-in/council/callback${search}`);
		const before = idp.exchanges();
		expect(await nothing(browser, () => answerCallback(at, server, 'council'))).toBe('unsound');
		// Neither provider may be shown the other's code.
		expect(idp.exchanges()).toBe(before);
	});

	test('an answer that says it is another issuer’s', async () => {
		const browser = new Browser();
		const query = new URL(await begun(browser), 'http://x').searchParams;
		expect(query.get('iss')).toBe(idp.issuer);
		query.set('iss', 'https://elsewhere.example');
		expect(await nothing(browser, () => arrive(browser, `/sign-in/staff/callback?${query}`))).toBe('unsound');
		const other = new Browser();
		const bare = new URL(await begun(other), 'http://x').searchParams;
		bare.delete('iss');
		expect(await nothing(other, () => arrive(other, `/sign-in/staff/callback?${bare}`))).toBe('unsound');
	});

	test('after ten minutes', async () => {
		const browser = new Browser();
		const path = await begun(browser);
		await server.database.db
			.updateTable('sign_in_flow')
			.set({ expires_at: new Date(Date.now() - 1) })
			.execute();
		expect(await nothing(browser, () => arrive(browser, path))).toBe('expired');
	});

	test('a person who changed their mind', async () => {
		const browser = new Browser();
		const path = await begun(browser, 'nobody');
		expect(path).toContain('error=access_denied');
		expect(await nothing(browser, () => arrive(browser, path))).toBe('cancelled');
	});

	test('no such provider, and a family’s provider for staff', async () => {
		for (const provider of ['nowhere', 'council', '__proto__'])
			expect(await refused(leaveFor(new Browser().get('/'), server, { provider, purpose: 'staff' }))).toBe(
				'missing'
			);
	});
});

test('a refusal is written down without a name', async () => {
	const lines = await server.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('action', '=', 'sign-in')
		.execute();
	const reasons = new Set(lines.filter((line) => line.outcome === 'refused').map((line) => line.reason));
	expect([...reasons].sort()).toEqual(['no-mfa', 'no-role', 'wrong-proof']);
	expect(lines.some((line) => line.outcome === 'done')).toBe(true);
	expect(JSON.stringify(lines)).not.toMatch(/Robin|robin|Tester/);
});

test('a provider that is away is asked again by the next person', async () => {
	const away = withIdp(server, { issuer: 'http://127.0.0.1:1' });
	expect(await refused(leave(new Browser(), away))).toBe('unreachable');
	// The same settings, the provider back: what failed was not kept.
	const idpAgain = await startIdp();
	const port = new URL(idpAgain.issuer).port;
	await idpAgain.stop();
	const later = withIdp(server, { issuer: `http://127.0.0.1:${port}` });
	expect(await refused(leave(new Browser(), later))).toBe('unreachable');
	const { startDemoProvider } = await import('../../../scripts/demo-provider/start.ts');
	const back = await startDemoProvider({ port: Number(port), people: [], clients: [] });
	expect(await leave(new Browser(), later)).toContain(`http://127.0.0.1:${port}/auth?`);
	await back.stop();
});

const now = () => Math.floor(Date.now() / 1000);
