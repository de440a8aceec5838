import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerRedeem } from '#server/access/answer-redeem.ts';
import { answerSession } from '#server/access/answer-session.ts';
import { sessionOf } from '#server/edge/caller.ts';
import { answering } from '#server/edge/refusal.ts';
import { answerBegin } from '#server/oidc/answer-begin.ts';
import { answerCallback } from '#server/oidc/answer-callback.ts';
import { answerRemove } from '#server/oidc/answer-remove.ts';
import { SignInRefused } from '#server/oidc/refused.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { letterCode, oneChild, testRuntime } from '../../support/family.ts';
import { startIdp, withIdp, type Idp } from '../../support/oidc.ts';
import { ProviderBrowser } from '../../support/oidc-browser.ts';

/** A family's way in beside the letter: it opens an account only after a signed-in session has added it. */
const BORN = '2017-05-04';
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

/** A guardian of their own for each case: two letters to one person open one account. */
async function withLetter(caseRef: string): Promise<Browser> {
	const guardian = `G-${caseRef}`;
	const { scopeId } = await oneChild(server.database, caseRef, { guardians: [guardian] });
	const code = await letterCode(server.database, scopeId, guardian);
	const browser = new Browser();
	const ask = { code, bornOn: BORN, deviceId: browser.deviceId, deviceName: 'Phone' };
	const answer = await answering(() => answerRedeem(browser.post('/api/activation/redeem', ask), server));
	expect(answer.status).toBe(200);
	return browser;
}

const begin = (browser: Browser, more: object = {}, headers: Record<string, string> = {}) => {
	const ask = { deviceId: browser.deviceId, deviceName: 'Phone', ...more };
	const call = browser.post('/sign-in/council/begin', ask, headers);
	return answering(() => answerBegin(call, server, 'council'));
};
async function back(browser: Browser, who: string, more: object = {}): Promise<string> {
	const answer = await begin(browser, more);
	expect(answer.status).toBe(200);
	const { go } = (await answer.json()) as { go: string };
	const href = await new ProviderBrowser().signIn(idp, go, who);
	return answerCallback(browser.get(new URL(href).pathname + new URL(href).search), server, 'council');
}
const accountOf = async (browser: Browser) => (await sessionOf(browser.get('/app'), server))?.accountId;
const why = (work: Promise<unknown>) =>
	work.then(
		() => 'let in',
		(problem: unknown) => (problem instanceof SignInRefused ? `${problem.status} ${problem.why}` : problem)
	);

test('added after a letter, it opens the same account on another phone, and a stranger’s opens nothing', async () => {
	const first = await withLetter('OF1');
	expect(await why(back(new Browser(), 'parent'))).toBe('403 unknown');
	expect(await back(first, 'parent', { link: true })).toBe('/app/sign-in?from=council&did=linked');
	const account = (await accountOf(first))!;

	const second = new Browser();
	expect(await back(second, 'parent')).toBe('/app/sign-in?from=council&did=signed-in');
	expect(await accountOf(second)).toBe(account);
	expect((await sessionOf(second.get('/app'), server))!.provedBy).toBe('oidc');
	// The first phone is still signed in, and told.
	expect(await accountOf(first)).toBe(account);
	const told = await server.database.db
		.selectFrom('scope_row')
		.select('v')
		.where('scope_id', '=', `user:${account}`)
		.where('t', '=', 'notice')
		.execute();
	expect(told.map((row) => (row.v as { kind: string }).kind).sort()).toEqual([
		'phone-added',
		'sign-in-added'
	]);

	const stranger = new Browser();
	expect(await why(back(stranger, 'stranger'))).toBe('403 unknown');
	expect(stranger.jar.has('s')).toBe(false);
});

test('of the identity only a keyed hash is kept', async () => {
	const rows = JSON.stringify(await server.database.db.selectFrom('identity').selectAll().execute());
	expect(rows).not.toContain('parent');
	expect(rows).not.toContain(idp.issuer);
});

test('it opens one account only, and not that of whoever has the phone', async () => {
	const other = await withLetter('OF2');
	expect(await why(back(other, 'parent', { link: true }))).toBe('409 taken');
	const account = await accountOf(other);
	// A phone that holds this family's data is not handed to another person.
	expect(await why(back(other, 'parent', { account }))).toBe('409 other');
	expect(await accountOf(other)).toBe(account);
});

test('adding needs a session, a fresh proof, and our own page', async () => {
	expect((await begin(new Browser(), { link: true })).status).toBe(401);
	const browser = await withLetter('OF3');
	expect((await begin(browser, { link: true }, { 'x-alongside': '' })).status).toBe(400);
	expect((await begin(browser, { link: true }, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
	await server.database.db
		.updateTable('session')
		.set({ proved_at: new Date(Date.now() - 6 * 60_000) })
		.execute();
	const late = await begin(browser, { link: true });
	expect([late.status, await late.json()]).toEqual([403, { code: 'proof_needed' }]);
});

test('adding ends where the session has ended, or is another’s by now', async () => {
	const browser = await withLetter('OF4');
	const { go } = (await (await begin(browser, { link: true })).json()) as { go: string };
	const href = new URL(await new ProviderBrowser().signIn(idp, go, 'stranger'));
	const other = await withLetter('OF5');
	browser.jar.set('s', other.jar.get('s')!);
	const call = () => browser.get(href.pathname + href.search);
	expect(await why(answerCallback(call(), server, 'council'))).toBe('401 signed-out');
	expect(await server.database.db.selectFrom('identity').selectAll().execute()).toHaveLength(1);
});

test('staff’s provider is no way in for a family', async () => {
	const browser = new Browser();
	const ask = { deviceId: browser.deviceId, deviceName: 'Phone' };
	const answer = await answering(() =>
		answerBegin(browser.post('/sign-in/staff/begin', ask), server, 'staff')
	);
	expect(answer.status).toBe(404);
});

test('a planted session is not the one that is signed in', async () => {
	const [attacker, victim] = [await withLetter('OF6'), new Browser()];
	const planted = attacker.jar.get('s')!;
	victim.jar.set('s', planted);
	await back(victim, 'parent');
	expect(victim.jar.get('s')).not.toBe(planted);
	expect(await accountOf(attacker)).toBeUndefined();
});

test('a provider that asked nobody, because its own session was open, gives no fresh proof', async () => {
	const browser = new Browser();
	await back(browser, 'parent');
	const account = (await accountOf(browser))!;
	const ask = async () => {
		const { go } = (await (await begin(browser, { account })).json()) as { go: string };
		return new URL(go);
	};
	expect((await ask()).searchParams.get('max_age')).toBe('300');
	const again = async (ago: number | null) => {
		const href = new URL(await new ProviderBrowser().signIn(idp, (await ask()).href, 'parent'));
		const auth_time = Math.floor(Date.now() / 1000) - (ago ?? 0);
		idp.meddle(({ auth_time: _, ...claims }) => ({
			claims: ago === null ? claims : { ...claims, auth_time }
		}));
		await answerCallback(browser.get(href.pathname + href.search), server, 'council');
		return (await begin(browser, { link: true })).status;
	};
	expect(await again(3 * 3_600)).toBe(403);
	expect(await again(60)).toBe(200);
	// A clock a little ahead of ours proves no longer than one that is right.
	expect(await again(-30)).toBe(200);
	expect((await sessionOf(browser.get('/app'), server))!.provedAt.getTime()).toBeLessThanOrEqual(Date.now());
	expect(await again(null)).toBe(200);
});

test('taken away after a fresh proof, it opens nothing; the session and the letter’s account stay', async () => {
	const remove = (browser: Browser) =>
		answering(() => answerRemove(browser.post('/sign-in/council/remove', {}), server, 'council'));
	expect((await remove(new Browser())).status).toBe(401);
	const browser = new Browser();
	await back(browser, 'parent');
	const account = (await accountOf(browser))!;
	const told = async () => {
		const answer = await answerSession(browser.get('/api/session'), server);
		return ((await answer.json()) as { session: { providers: string[] } }).session.providers;
	};
	expect(await told()).toEqual(['council']);
	const stale = { proved_at: new Date(Date.now() - 6 * 60_000) };
	await server.database.db.updateTable('session').set(stale).execute();
	expect(await (await remove(browser)).json()).toEqual({ code: 'proof_needed' });
	await back(browser, 'parent');
	expect((await remove(browser)).status).toBe(200);
	expect((await remove(browser)).status).toBe(404);
	expect(await told()).toEqual([]);
	expect(await accountOf(browser)).toBe(account);
	expect(await why(back(new Browser(), 'parent'))).toBe('403 unknown');
});
