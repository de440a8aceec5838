import { createHash } from 'node:crypto';
import { render } from 'svelte/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sentScope } from '#contract/scope.ts';
import { MESSAGE_LENGTH } from '#contract/sync/sending.ts';
import CaseList from '#features/staff/CaseList.svelte';
import CasePage from '#features/staff/CasePage.svelte';
import SentPage from '#features/staff/SentPage.svelte';
import { sentFile } from '#features/staff/text-file.ts';
import { loadWords, wordsFor } from '#i18n/words.svelte.ts';
import { staffActor } from '#server/access/actor.ts';
import { restore, suspend } from '#server/access/relationships.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import { rowsOf } from '#server/cases/scope-writer.ts';
import { staffAnswer } from '#server/oidc/staff-answer.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { StaffRefused } from '#server/oidc/staff-duty.ts';
import { staffList } from '#server/oidc/staff-list.ts';
import { staffSent } from '#server/oidc/staff-sent-page.ts';
import { startStaffSession } from '#server/oidc/staff-session.ts';
import type { StaffGrant } from '#server/oidc/provider.ts';
import type { Runtime } from '#server/runtime.ts';
import { answerPull } from '#server/sync/answer-pull.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';
import { push, sealedMutation, type ServerKey } from '../../support/pushing.ts';
import { Phone } from '../../support/sign-in.ts';

/** What a family sent, as the officer of its council reads and answers it; two guardians on one case, apart from each other. */
const ELSEWHERE = 'X99000008';
let server: Runtime;
let key: ServerKey;
let scopeId: string;
let one: Phone;
let two: Phone;
let mine: string;
let theirs: string;
/** Phones number what they push. */
const numbers = new Map<Phone, number>();
const form = {
	form: 'annual-review',
	version: 1,
	answers: { hard: 'Mornings.\n<b>Very</b>.', about: 'Drums.' }
};

beforeAll(async () => {
	server = await testRuntime();
	key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
	await oneChild(server.database, 'ST-1', { council: ELSEWHERE });
	await oneChild(server.database, 'ST-2');
	await loadWords(['staff', 'events', 'titles', 'views']);
});
afterAll(() => server.close());

let cases = 0;
let ref: string;
beforeEach(async () => {
	ref = `SF-${++cases}`;
	const child = await oneChild(server.database, ref, { guardians: [`${ref}A`, `${ref}B`] });
	({ scopeId } = child);
	[one, two] = [new Phone(server), new Phone(server)];
	await one.letter(scopeId, `${ref}A`);
	await two.letter(scopeId, `${ref}B`);
	[mine, theirs] = [sentScope(child.caseId, one.userId), sentScope(child.caseId, two.userId)];
});

async function send(phone: Phone, name: string, args: object): Promise<{ id: string; receipt: string }> {
	const seq = (numbers.get(phone) ?? 0) + 1;
	numbers.set(phone, seq);
	const id = crypto.randomUUID();
	const scope = phone === one ? mine : theirs;
	const mutation = await sealedMutation(key, { seq, name, scope, args: { ...args, id } });
	const { acks } = await push(phone, [mutation]);
	return { id, receipt: acks[0]!.receipt!.no };
}
const write = (phone: Phone, text: string, more: object = {}) =>
	send(phone, 'message.send', { text, ...more });
const fillIn = (phone: Phone, more: object = {}) => send(phone, 'views.send', { ...form, ...more });

async function staff(
	{ council = COUNCIL, role = 'case-officer' }: Partial<StaffGrant> = {},
	name: string | null = 'Robin Ash'
) {
	const browser = new Browser();
	const arrival = {
		issuer: 'https://x.example',
		sub: crypto.randomUUID(),
		name,
		grants: [{ council, role }]
	};
	const { token } = await server.database.transact((tx) =>
		startStaffSession(tx, arrival, { now: new Date() })
	);
	browser.jar.set('staff', token);
	return browser;
}
const view = (browser: Browser) => staffCase(browser.get(`/staff/cases/${ref}`), server, ref);
const open = (browser: Browser, id: string) =>
	staffSent(browser.get(`/staff/cases/${ref}/sent/${id}`), server, { ref, id });
const answer = (browser: Browser, fields: Record<string, string>) => {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	return staffAnswer(browser.get(`/staff/cases/${ref}`), server, { ref, fields: body });
};
const why = (work: Promise<unknown>) =>
	work.then(
		() => 'shown',
		(problem: unknown) => (problem instanceof StaffRefused ? problem.why : problem)
	);
const rowsIn = (scope: string) => server.database.transact((tx) => rowsOf(tx, scope));
const lines = () =>
	server.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('actor_role', 'in', ['case-officer', 'manager', 'publisher'])
		.orderBy('day')
		.orderBy('n')
		.execute();
const unanswered = async (browser: Browser) =>
	(await staffList(browser.get(`/staff?ref=${ref}`), server)).lines[0]!.unanswered;
const held = async (work: typeof suspend | typeof restore) => {
	const by = await server.database.transact((tx) =>
		staffActor(tx, { staffId: crypto.randomUUID(), council: COUNCIL, role: 'manager' }, [scopeId])
	);
	const decision = { caseScope: scopeId, accountId: one.userId, reason: 'court-order' as const };
	await server.database.transact((tx) => work(tx, by, decision));
};

test('the case page shows each person’s messages apart, the unanswered first, with what an officer has to know', async () => {
	const browser = await staff();
	expect(await view(browser)).toMatchObject({ threads: [], submissions: [] });
	expect(await unanswered(browser)).toBe(false);
	const first = await write(one, 'The taxi did not come.', {
		lang: 'ur',
		interpreter: 'ur',
		about: 'AR-12W-OUTER'
	});
	await write(two, 'Who has the report?', { lang: 'en' });
	// Writing again is no reason to wait longer.
	await write(one, 'It did not come again.');
	expect(await unanswered(browser)).toBe(true);
	const shown = await view(browser);
	expect(shown.threads.map((thread) => [thread.name, thread.open])).toEqual([
		[`Guardian ${ref}A`, true],
		[`Guardian ${ref}B`, true]
	]);
	expect(shown.threads[0]!.messages).toMatchObject([
		{
			by: 'family',
			text: 'The taxi did not come.',
			receipt: first.receipt,
			language: 'Urdu',
			interpreter: 'Urdu'
		},
		{ text: 'It did not come again.', language: null, interpreter: null }
	]);
	expect(shown.threads[1]!.messages).toMatchObject([{ language: 'English' }]);
	expect(await answer(browser, { person: one.userId, text: 'It is booked for Monday.' })).toBeNull();
	expect((await view(browser)).threads.map((thread) => [thread.name, thread.open])).toEqual([
		[`Guardian ${ref}B`, true],
		[`Guardian ${ref}A`, false]
	]);
	expect(await unanswered(browser)).toBe(true);
	expect(await answer(browser, { person: two.userId, text: 'Dr Hale has it.' })).toBeNull();
	expect(await unanswered(browser)).toBe(false);
	await write(two, 'Thank you. And when?');
	expect(await unanswered(browser)).toBe(true);
	expect((await view(browser)).threads[0]!.messages.map((message) => message.by)).toEqual([
		'family',
		'council',
		'family'
	]);
});

test('an answer reaches the phone of whom it is for, with the officer’s name, and no other guardian’s', async () => {
	await write(one, 'Hello?');
	expect(await answer(await staff(), { person: one.userId, text: 'Line one.\r\nLine two.' })).toBeNull();
	const pulled = async (phone: Phone) => {
		const scopes = [{ id: mine, cookie: null }];
		const ask = { proto: 1, schema: 1, deviceId: phone.browser.deviceId, epoch: null, scopes };
		return JSON.stringify((await phone.post(answerPull, ask)).body);
	};
	expect(await pulled(one)).toContain('Line one.\\nLine two.');
	expect(await pulled(two)).not.toContain('Line one');
	const rows = await rowsIn(mine);
	const [given] = rows.filter((row) => (row.v as { by: string }).by === 'council');
	expect(Object.keys(given!.v as object).sort()).toEqual(['at', 'by', 'name', 'text']);
	expect(given!.v).toMatchObject({ by: 'council', name: 'Robin Ash', text: 'Line one.\nLine two.' });
	// A provider that gives no name: the council's stands there, never somebody else's.
	expect(await answer(await staff({}, null), { person: one.userId, text: 'Also.' })).toBeNull();
	expect((await rowsIn(mine)).map((row) => (row.v as { name?: string }).name)).toContain('Testshire');
});

test('one form sent twice is one answer; two officers at once have both answered; no answer touches what is there', async () => {
	await write(one, 'Hello?');
	const [first, second] = [await staff(), await staff({ role: 'manager' }, 'Sam Oak')];
	const shown = (await view(first)).threads[0]!;
	const fields = { person: one.userId, form: shown.answerId, text: 'Yes.' };
	const before = await rowsIn(mine);
	expect(await Promise.all([answer(first, fields), answer(first, fields)])).toEqual([null, null]);
	const given = await rowsIn(mine);
	expect(given).toHaveLength(2);
	// Not even its time moves, and it is written down once.
	expect(await answer(first, fields)).toBeNull();
	expect(await rowsIn(mine)).toEqual(given);
	expect((await lines()).filter((line) => line.scope === mine)).toHaveLength(1);
	// Gone back and written anew in the same form: other words are another answer.
	expect(await answer(first, { ...fields, text: 'Yes, on Monday.' })).toBeNull();
	const both = { person: one.userId, text: 'Yes.' };
	await Promise.all([answer(first, both), answer(second, both)]);
	const after = await rowsIn(mine);
	expect(after).toHaveLength(5);
	expect(after.filter((row) => row.id === before[0]!.id)).toEqual(before);
});

test('an answer that cannot go keeps its words and says why', async () => {
	await write(one, 'Hello?');
	const browser = await staff();
	const person = one.userId;
	expect(await answer(browser, { person, text: ' \r\n ' })).toEqual({
		person,
		text: ' \n ',
		problem: 'empty'
	});
	expect(await answer(browser, { person })).toMatchObject({ problem: 'empty' });
	const long = 'x'.repeat(MESSAGE_LENGTH + 1);
	expect(await answer(browser, { person, text: long })).toEqual({ person, text: long, problem: 'too-long' });
	await held(suspend);
	const kept = { person, text: 'For you.' };
	expect(await answer(browser, kept)).toEqual({ ...kept, problem: 'shut-out' });
	const shown = await view(browser);
	expect(shown.threads[0]).toMatchObject({ shutOut: true, open: false });
	expect(await unanswered(browser)).toBe(false);
	const page = render(CasePage, { props: { view: shown, unsent: { ...kept, problem: 'shut-out' } } }).body;
	expect(page).toContain('For you.');
	expect(page).toContain('This person cannot open the case now. Your words are still here.');
	await held(restore);
	expect(await answer(browser, kept)).toBeNull();
	expect((await rowsIn(mine)).length).toBe(2);
});

describe('nothing is shown or written', () => {
	test('by another council, a publisher, nobody; and each try of staff stands in the audit', async () => {
		await write(one, 'Hello?');
		const { id } = await fillIn(one);
		const before = await rowsIn(mine);
		const fields = { person: one.userId, text: 'Yes.' };
		for (const [browser, expected] of [
			[await staff({ council: ELSEWHERE, role: 'manager' }), 'not-found'],
			[await staff({ role: 'publisher' }), 'not-allowed'],
			[new Browser(), 'signed-out']
		] as const) {
			const tried = (await lines()).length;
			const ways = [() => view(browser), () => open(browser, id), () => answer(browser, fields)];
			for (const way of ways) expect(await why(way())).toBe(expected);
			const written = (await lines()).slice(tried);
			expect(written.map((line) => line.outcome)).toEqual(
				Array.from({ length: expected === 'signed-out' ? 0 : 3 }, () => 'refused')
			);
		}
		expect(await rowsIn(mine)).toEqual(before);
	});

	test('to somebody who sent nothing, or is not of this case; and of another case’s form', async () => {
		const browser = await staff();
		for (const person of [two.userId, crypto.randomUUID(), 'x', ''])
			expect(await why(answer(browser, { person, text: 'Hello.' }))).toBe('bad-request');
		expect(await rowsIn(theirs)).toEqual([]);
		const { id } = await fillIn(one);
		for (const strange of [crypto.randomUUID(), 'x', `${id}\0`, (await write(one, 'x')).id])
			expect(await why(open(browser, strange))).toBe('not-found');
		const elsewhere = staffSent(browser.get('/'), server, { ref: 'ST-2', id });
		expect(await why(elsewhere)).toBe('not-found');
	});
});

test('a form opens with every question, the exact answers, and a sum that anybody can make again', async () => {
	const browser = await staff();
	const sent = await fillIn(one, { interpreter: 'pl' });
	const later = await fillIn(one, { replaces: sent.id, answers: { hard: 'Evenings.' } });
	const shown = await view(browser);
	expect(shown.submissions).toMatchObject([
		{ id: later.id, replaces: sent.receipt, receipt: later.receipt },
		{ id: sent.id, replaces: null, interpreter: 'Polish', name: `Guardian ${ref}A`, role: 'guardian' }
	]);
	// Who only sent a form can be written to as well.
	expect(shown.threads).toMatchObject([{ messages: [], open: false }]);
	const page = await open(browser, sent.id);
	expect(page.answers.map((one) => one.question)).toEqual([
		'about',
		'going-well',
		'hard',
		'health',
		'help-now',
		'change',
		'future',
		'other'
	]);
	expect(page.answers.filter((one) => one.answer !== null)).toEqual([
		{ question: 'about', answer: form.answers.about },
		{ question: 'hard', answer: form.answers.hard }
	]);
	expect(createHash('sha256').update(page.text).digest('hex')).toBe(page.sha256);
	const { body } = render(SentPage, { props: { sent: page } });
	expect(body).toContain('Mornings.\n&lt;b>Very&lt;/b>.');
	for (const words of [sent.receipt, page.sha256, 'Needs an interpreter: Polish', `Child ${ref}`])
		expect(body).toContain(words);
	const asked = wordsFor('views', 'form.annual-review.hard.ask', { name: `Child ${ref}` });
	expect(asked).toContain(ref);
	expect(body).toContain(asked);
	expect(body).toContain(`href="/staff/cases/${ref}/sent/${sent.id}/text"`);
	const file = await (await sentFile(page)).text();
	for (const words of [sent.receipt, page.sha256, page.text, asked, form.answers.hard, `Guardian ${ref}A`])
		expect(file).toContain(words);
});

test('each view and each answer stands in the audit, with the row it was about and not one word of it', async () => {
	const browser = await staff();
	await write(one, 'Quince and medlar.');
	const { id } = await fillIn(one, { answers: { hard: 'Quince and medlar.' } });
	const before = (await lines()).length;
	await view(browser);
	await open(browser, id);
	await answer(browser, { person: one.userId, text: 'Medlar and quince.' });
	await answer(browser, { person: one.userId, text: '' });
	const written = (await lines()).slice(before);
	expect(written).toMatchObject([
		{ action: 'case-read', scope: scopeId, object: null, outcome: 'done' },
		{ action: 'case-read', scope: scopeId, object: id, outcome: 'done' },
		{ action: 'scope-write', scope: mine, actor_role: 'case-officer', outcome: 'done' }
	]);
	expect(JSON.stringify(written)).not.toMatch(/quince|medlar|Robin|SF-|Guardian/i);
});

test('the pages say it all without a script: whose words, for whom the answer is, what the next officer sees', async () => {
	const browser = await staff();
	const sent = await write(one, 'First line.\nSecond <i>line</i>.', {
		interpreter: 'ur',
		about: 'AR-12W-OUTER'
	});
	await fillIn(one);
	const { body } = render(CasePage, { props: { view: await view(browser) } });
	for (const words of [
		`Messages with Guardian ${ref}A`,
		'No answer yet',
		'First line.\nSecond &lt;i>line&lt;/i>.',
		'Needs an interpreter: Urdu',
		sent.receipt,
		'Whoever holds it next sees all of them',
		`Only Guardian ${ref}A reads it, with your name.`,
		'Views received'
	])
		expect(body).toContain(words);
	expect(body).toContain(`action="/staff/cases/${ref}?/answer"`);
	const list = render(CaseList, {
		props: { list: await staffList(browser.get(`/staff?ref=${ref}`), server) }
	});
	expect(list.body).toContain('A message without an answer');
	expect(list.body).not.toContain('Guardian');
});
