import { createHash } from 'node:crypto';
import { render } from 'svelte/server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sentScope } from '#contract/scope.ts';
import AnswerAgain from '#features/staff/AnswerAgain.svelte';
import CasePage from '#features/staff/CasePage.svelte';
import { sentFile, threadFile } from '#features/staff/text-file.ts';
import { loadWords, useLanguage } from '#i18n/words.svelte.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { rowsOf, writeScope } from '#server/cases/scope-writer.ts';
import { lateAnswer, staffAnswer } from '#server/oidc/staff-answer.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { StaffRefused } from '#server/oidc/staff-duty.ts';
import { staffSent } from '#server/oidc/staff-sent-page.ts';
import { STAFF_IDLE_MS, startStaffSession } from '#server/oidc/staff-session.ts';
import { staffThread } from '#server/oidc/staff-thread.ts';
import type { StaffGrant } from '#server/oidc/provider.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';
import { push, sealedMutation, type ServerKey } from '../../support/pushing.ts';
import { Phone } from '../../support/sign-in.ts';

/** A long thread by pages, a whole one and a form as files, and an answer that came after its session had ended. */
let server: Runtime;
let key: ServerKey;
let scopeId: string;
let mine: string;
let phone: Phone;
let ref: string;
let seq = 0;
let cases = 0;

beforeAll(async () => {
	server = await testRuntime();
	key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
	await oneChild(server.database, 'TH-far', { council: 'X99000008' });
	await loadWords(['staff', 'events', 'titles', 'views', 'home']);
});
afterAll(() => server.close());

beforeEach(async () => {
	ref = `TH-${++cases}`;
	const child = await oneChild(server.database, ref, { guardians: [`${ref}A`] });
	({ scopeId } = child);
	phone = new Phone(server);
	seq = 0;
	await phone.letter(scopeId, `${ref}A`);
	mine = sentScope(child.caseId, phone.userId);
});

async function send(name: string, args: object): Promise<{ id: string; receipt: string }> {
	seq += 1;
	const id = crypto.randomUUID();
	const { acks } = await push(phone, [
		await sealedMutation(key, { seq, name, scope: mine, args: { ...args, id } })
	]);
	return { id, receipt: acks[0]!.receipt!.no };
}
async function staff(
	{ council = COUNCIL, role = 'case-officer' }: Partial<StaffGrant> = {},
	now = new Date()
) {
	const browser = new Browser();
	const arrival = {
		issuer: 'https://x.example',
		sub: crypto.randomUUID(),
		name: 'Robin Ash',
		grants: [{ council, role }]
	};
	const { token } = await server.database.transact((tx) => startStaffSession(tx, arrival, { now }));
	browser.jar.set('staff', token);
	return browser;
}
const view = (browser: Browser, query = '') =>
	staffCase(browser.get(`/staff/cases/${ref}${query}`), server, ref);
const whole = (browser: Browser, person = phone.userId) =>
	staffThread(browser.get(`/staff/cases/${ref}/thread/${person}/text`), server, { ref, person });
const why = (work: Promise<unknown>) =>
	work.then(
		() => 'shown',
		(problem: unknown) => (problem instanceof StaffRefused ? problem.why : problem)
	);
const form = (fields: Record<string, string>) => {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	return body;
};

test('a long thread is read by pages of twenty, each message on one of them, and none is lost on the way back', async () => {
	const count = 47;
	for (let n = 0; n < count; n += 1)
		await server.database.transact((tx) =>
			writeScope(tx, mine, [
				{
					t: 'message',
					id: crypto.randomUUID(),
					v: { by: n % 3 === 2 ? 'council' : 'family', text: `Word ${n}.`, at: new Date().toISOString() }
				}
			])
		);
	const browser = await staff();
	let query = '';
	const pages: string[][] = [];
	for (;;) {
		const thread = (await view(browser, query)).threads[0]!;
		expect(thread).toMatchObject({ count, open: true });
		pages.unshift(thread.messages.map((message) => message.text));
		if (thread.before === 0) break;
		query = `?before=${thread.messages[0]!.id}`;
	}
	expect(pages.map((page) => page.length)).toEqual([7, 20, 20]);
	expect(pages.flat()).toEqual(Array.from({ length: count }, (_, n) => `Word ${n}.`));
	// A word that is no message of this case: the newest page.
	const strange = (await view(browser, `?before=${crypto.randomUUID()}`)).threads[0]!;
	expect(strange.messages.at(-1)!.text).toBe('Word 46.');
	const drawn = render(CasePage, { props: { view: await view(browser, query) } }).body;
	expect(drawn).toContain('Back to the newest');
	expect(drawn).not.toContain('earlier message');
	expect(render(CasePage, { props: { view: await view(browser) } }).body).toContain('27 earlier messages');
});

test('a whole thread is a file with every word, receipt, time and sum, which anybody can make again', async () => {
	const one = await send('message.send', {
		text: 'Pierwsza linia.\n"Druga" – ąę.',
		lang: 'pl',
		interpreter: 'pl'
	});
	const browser = await staff();
	await staffAnswer(browser.get('/'), server, {
		ref,
		fields: form({ person: phone.userId, text: 'We heard you.' })
	});
	await send('message.send', { text: 'Thank you.', about: 'AR-12W-OUTER' });
	useLanguage('ur');
	const file = await threadFile(await whole(browser));
	const text = await file.text();
	expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
	expect(file.headers.get('content-disposition')).toBe(`attachment; filename="messages-${ref}.txt"`);
	for (const words of [
		`Messages with Guardian ${ref}A`,
		'Pierwsza linia.\n"Druga" – ąę.',
		one.receipt,
		'Written in: Polish',
		'Needs an interpreter: Polish',
		'From: Robin Ash',
		'We heard you.',
		`Case: ${ref}`
	])
		expect(text).toContain(words);
	// No mark of direction: what is copied out of a file is the number itself.
	expect(text).not.toMatch(/[\u200e\u200f\u2066-\u2069]/);
	const at = (await server.database.transact((tx) => rowsOf(tx, mine))).map((row) => row.v as { at: string });
	for (const row of at) expect(text).toContain(row.at);
	const sums = [...text.matchAll(/SHA-256: ([0-9a-f]{64})\nIt is made from this text:\n(.*)\n/g)];
	expect(sums).toHaveLength(2);
	for (const [, sum, of] of sums) expect(createHash('sha256').update(of!).digest('hex')).toBe(sum);
});

test('a form is a file with the same words as its page', async () => {
	const sent = await send('views.send', {
		form: 'annual-review',
		version: 1,
		answers: { hard: 'Mornings.' }
	});
	const browser = await staff();
	const shown = await staffSent(browser.get('/'), server, { ref, id: sent.id });
	const file = await sentFile(shown);
	expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${sent.receipt}.txt"`);
	const text = await file.text();
	for (const words of [sent.receipt, shown.sha256, shown.text, shown.at, 'Mornings.', 'No answer'])
		expect(text).toContain(words);
});

test('a file is not for another council, a publisher, nobody, or of somebody who is not of this case; each one is written down', async () => {
	await send('message.send', { text: 'Quince.' });
	const browser = await staff();
	for (const strange of [crypto.randomUUID(), 'x', '', `${phone.userId}\0`])
		expect(await why(whole(browser, strange))).toBe('not-found');
	expect(await why(whole(await staff({ council: 'X99000008', role: 'manager' })))).toBe('not-found');
	expect(await why(whole(await staff({ role: 'publisher' })))).toBe('not-allowed');
	expect(await why(whole(new Browser()))).toBe('signed-out');
	expect(await why(whole(browser))).toBe('shown');
	const written = await server.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('object', '=', phone.userId)
		.where('actor_role', '=', 'case-officer')
		.execute();
	expect(written).toMatchObject([{ action: 'case-read', scope: scopeId, outcome: 'done' }]);
});

test('an answer that came after the session had ended is given back whole, shows nothing of the case, and is one answer in the end', async () => {
	await send('message.send', { text: 'Quince and medlar.' });
	const gone = await staff({}, new Date(Date.now() - STAFF_IDLE_MS - 1_000));
	const thread = (await view(await staff())).threads[0]!;
	const text = 'Line one.\n<b>Line</b> two & "three". ‎اردو';
	const fields = () => form({ person: phone.userId, form: thread.answerId, text });
	expect(await why(staffAnswer(gone.get('/'), server, { ref, fields: fields() }))).toBe('signed-out');
	const late = lateAnswer(ref, fields());
	expect(late).toEqual({ ref, person: phone.userId, form: thread.answerId, text });
	const { body } = render(AnswerAgain, { props: { late } });
	expect(body).toContain('Line one.\n&lt;b>Line&lt;/b> two &amp; "three". ‎اردو');
	expect(body).toContain(`action="/staff/cases/${ref}?/answer"`);
	expect(body).toContain('target="_blank"');
	expect(body).not.toMatch(/Quince|Guardian|Child TH/);
	const again = form({ person: late.person, form: late.form, text: late.text });
	expect(await staffAnswer((await staff()).get('/'), server, { ref, fields: again })).toBeNull();
	expect(await staffAnswer((await staff()).get('/'), server, { ref, fields: fields() })).toBeNull();
	const rows = await server.database.transact((tx) => rowsOf(tx, mine));
	expect(rows.map((row) => row.v).filter((v) => (v as { by: string }).by === 'council')).toMatchObject([
		{ text, name: 'Robin Ash' }
	]);
	// A form that is not ours gives back no words of anybody.
	expect(lateAnswer('x', form({ person: '<script>', text: 'a\0b\r\nc' }))).toEqual({
		ref: 'x',
		person: '',
		form: '',
		text: 'ab\nc'
	});
});
