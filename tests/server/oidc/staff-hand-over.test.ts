import { render } from 'svelte/server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays, type CivilDate } from '#domain/time/civil-date.ts';
import { londonDay } from '#domain/time/instant.ts';
import { sentScope } from '#contract/scope.ts';
import CasePage from '#features/staff/CasePage.svelte';
import CaseList from '#features/staff/CaseList.svelte';
import { loadWords } from '#i18n/words.svelte.ts';
import { assignOfficer, holderOn, putOfficer } from '#server/cases/officers.ts';
import { rowsOf, writeScope } from '#server/cases/scope-writer.ts';
import { staffAnswer } from '#server/oidc/staff-answer.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { StaffRefused } from '#server/oidc/staff-duty.ts';
import { staffHandOver } from '#server/oidc/staff-hand-over.ts';
import { staffList } from '#server/oidc/staff-list.ts';
import { startStaffSession } from '#server/oidc/staff-session.ts';
import type { StaffGrant } from '#server/oidc/provider.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { COUNCIL, oneChild, testRuntime } from '../../support/family.ts';
import { Phone } from '../../support/sign-in.ts';

/** A case goes from one officer to the next: what the family is told, what stands on whose list, what is written down. */
const ELSEWHERE = 'X99000008';
const today = londonDay(new Date().toISOString())! as CivilDate;
const before = addDays(today, -30);
let server: Runtime;
let scopeId: string;
let mine: string;
let phone: Phone;
let ref: string;
let cases = 0;

beforeAll(async () => {
	server = await testRuntime();
	await loadWords(['staff', 'events', 'titles', 'views']);
	await oneChild(server.database, 'HO-0');
	await oneChild(server.database, 'HO-far', { council: ELSEWHERE });
	await server.database.transact(async (tx) => {
		for (const [of, name] of [
			['O1', 'Alba Reid'],
			['O2', 'Bo Lund'],
			['O3', 'Cy Hart'],
			['O4', 'Cy  hart']
		] as const)
			await putOfficer(tx, COUNCIL, { ref: of, v: { role: 'case-officer', name } });
		const left = { role: 'case-officer' as const, name: 'Del Gone', worksUntil: before };
		await putOfficer(tx, COUNCIL, { ref: 'O9', v: left });
		await putOfficer(tx, ELSEWHERE, { ref: 'OX', v: { role: 'case-officer', name: 'Far Away' } });
	});
});
afterAll(() => server.close());

beforeEach(async () => {
	ref = `HO-${++cases}`;
	const child = await oneChild(server.database, ref, { guardians: [`${ref}A`] });
	({ scopeId } = child);
	phone = new Phone(server);
	await phone.letter(scopeId, `${ref}A`);
	mine = sentScope(child.caseId, phone.userId);
	await server.database.transact((tx) => assignOfficer(tx, scopeId, { officerRef: 'O1', from: before }));
});

const write = (text: string, id: string = crypto.randomUUID()) =>
	server.database.transact((tx) =>
		writeScope(tx, mine, [
			{ t: 'message', id, v: { by: 'family', text, at: new Date().toISOString(), receipt: 'R-7K4M-R9TX' } }
		])
	);
async function staff(
	{ council = COUNCIL, role = 'case-officer' }: Partial<StaffGrant> = {},
	name = 'Alba Reid'
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
const formOf = (fields: Record<string, string>) => {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.set(name, value);
	return body;
};
const give = (browser: Browser, fields: Record<string, string>) =>
	staffHandOver(browser.get(`/staff/cases/${ref}`), server, { ref, fields: formOf(fields) });
const view = (browser: Browser, query = '') =>
	staffCase(browser.get(`/staff/cases/${ref}${query}`), server, ref);
const list = (browser: Browser, query = '') => staffList(browser.get(`/staff${query}`), server);
const refsOf = async (browser: Browser, query: string) =>
	(await list(browser, query)).lines.map((line) => line.ref);
const why = (work: Promise<unknown>) =>
	work.then(
		(done) => done,
		(problem: unknown) => (problem instanceof StaffRefused ? problem.why : problem)
	);
const people = async () =>
	(await server.database.transact((tx) => rowsOf(tx, scopeId, 'person')))
		.map((row) => row.v as { name: string; from: string; until?: string })
		.sort((a, b) => (a.from < b.from ? -1 : 1));
const holder = async () => (await server.database.transact((tx) => holderOn(tx, scopeId, today)))?.officerRef;
const handOvers = () =>
	server.database.db
		.selectFrom('audit_line')
		.selectAll()
		.where('action', '=', 'hand-over')
		.where('scope', '=', scopeId)
		.orderBy('n')
		.execute();

test('the next officer holds the case, the family is told as by an import, and who did it is written down', async () => {
	const browser = await staff();
	expect((await view(browser)).handOver).toMatchObject({ holder: 'O1' });
	expect((await view(browser)).handOver!.officers.map((one) => one.ref)).toEqual(['O1', 'O2', 'O4', 'O3']);
	expect(await give(browser, { to: 'O2', holder: 'O1' })).toBe('handed-over');
	expect(await holder()).toBe('O2');
	expect(await people()).toEqual([
		{ role: 'case-officer', name: 'Alba Reid', from: before, until: today },
		{ role: 'case-officer', name: 'Bo Lund', from: today }
	]);
	const rows = await server.database.transact((tx) => rowsOf(tx, scopeId, 'person'));
	const told = rows.find((row) => (row.v as { name: string }).name === 'Bo Lund')!;
	expect(await handOvers()).toMatchObject([
		{ actor_role: 'case-officer', object: told.id, outcome: 'done', scope: scopeId }
	]);
	expect(JSON.stringify(await handOvers())).not.toMatch(/Alba|Bo Lund|HO-|O2/);
});

test('what waits goes to the list of the next officer, and the answer goes out under their name', async () => {
	await write('Who has the report?');
	const [first, next] = [await staff(), await staff({}, 'bo  lund')];
	expect((await list(first)).mine).toBe('O1');
	expect((await list(next)).mine).toBe('O2');
	expect(await refsOf(first, '?officer=O1&waiting=yes')).toContain(ref);
	expect(await refsOf(next, '?officer=O2&waiting=yes')).not.toContain(ref);
	await give(first, { to: 'O2', holder: 'O1' });
	expect(await refsOf(first, '?officer=O1&waiting=yes')).not.toContain(ref);
	expect(await refsOf(next, '?officer=O2&waiting=yes')).toContain(ref);
	const fields = formOf({ person: phone.userId, text: 'Dr Hale has it.' });
	expect(await staffAnswer(next.get('/'), server, { ref, fields })).toBeNull();
	expect(await refsOf(next, '?officer=O2&waiting=yes')).not.toContain(ref);
	expect(await refsOf(next, '?officer=O2')).toContain(ref);
});

test('a list that is narrowed in the database is the same as one looked through by hand, page by page', async () => {
	const browser = await staff();
	for (let more = 0; more < 3; more += 1) {
		const child = await oneChild(server.database, `HP-${more}`, { guardians: [`HP-${more}A`] });
		const other = new Phone(server);
		await other.letter(child.scopeId, `HP-${more}A`);
		const scope = sentScope(child.caseId, other.userId);
		const at = new Date().toISOString();
		const said = (by: string) => ({ t: 'message', id: crypto.randomUUID(), v: { by, text: 'x', at } });
		await server.database.transact(async (tx) => {
			if (more > 0) await writeScope(tx, scope, [said('family')]);
			if (more > 1) await writeScope(tx, scope, [said('council')]);
			if (more !== 1) await assignOfficer(tx, child.scopeId, { officerRef: 'O3', from: before });
		});
	}
	const all = (await list(browser)).lines;
	const named = new Map([
		['O1', 'Alba Reid'],
		['O2', 'Bo Lund'],
		['O3', 'Cy Hart']
	]);
	expect(await refsOf(browser, '?waiting=yes')).toEqual(
		all.filter((line) => line.unanswered).map((line) => line.ref)
	);
	for (const [officer, name] of named)
		expect(await refsOf(browser, `?officer=${officer}`)).toEqual(
			all.filter((line) => line.officer === name).map((line) => line.ref)
		);
	expect(await refsOf(browser, '?officer=O3')).toEqual(['HP-0', 'HP-2']);
	expect(await refsOf(browser, '?officer=O3&after=HP-0')).toEqual(['HP-2']);
	expect(await refsOf(browser, '?officer=OX')).toEqual([]);
	// Two officers of one name: nobody is taken for either.
	expect((await list(await staff({}, 'Cy Hart'))).mine).toBeNull();
	expect((await list(await staff({}, 'Somebody Else'))).mine).toBeNull();
});

test('a slip of the same day leaves nothing behind: nobody is told of an officer who held nothing', async () => {
	const browser = await staff({ role: 'manager' });
	await give(browser, { to: 'O3', holder: 'O1' });
	await give(browser, { to: 'O2', holder: 'O3' });
	expect((await people()).map((one) => [one.name, one.until])).toEqual([
		['Alba Reid', today],
		['Bo Lund', undefined]
	]);
	await give(browser, { to: 'O1', holder: 'O2' });
	expect(await people()).toEqual([{ role: 'case-officer', name: 'Alba Reid', from: before }]);
	expect(await holder()).toBe('O1');
	expect(await handOvers()).toHaveLength(3);
	await give(browser, { to: 'O2', holder: 'O1' });
	expect((await people()).map((one) => one.name)).toEqual(['Alba Reid', 'Bo Lund']);
});

test('a spell that is planned keeps its day', async () => {
	const later = addDays(today, 10);
	await server.database.transact((tx) => assignOfficer(tx, scopeId, { officerRef: 'O3', from: later }));
	const browser = await staff();
	await give(browser, { to: 'O2', holder: 'O1' });
	await give(browser, { to: 'O1', holder: 'O2' });
	await give(browser, { to: 'O2', holder: 'O1' });
	expect((await people()).map((one) => [one.name, one.from, one.until])).toEqual([
		['Alba Reid', before, today],
		['Bo Lund', today, later],
		['Cy Hart', later, undefined]
	]);
});

test('two who hand over at once: one has done it, the other is shown how it stands', async () => {
	const [first, second] = [await staff(), await staff({ role: 'manager' }, 'Max Boss')];
	const did = await Promise.all([
		give(first, { to: 'O2', holder: 'O1' }),
		give(second, { to: 'O3', holder: 'O1' })
	]);
	expect(did.sort()).toEqual(['handed-over', 'unchanged']);
	expect(await handOvers()).toHaveLength(1);
	expect(await give(first, { to: (await holder())!, holder: (await holder())! })).toBe('unchanged');
});

test('nobody hands over who may not, or to whom this council does not know', async () => {
	const browser = await staff();
	expect(await why(give(browser, { holder: 'O1' }))).toBe('no-officer');
	for (const to of ['OX', 'O9', 'nobody', "' or 1=1"])
		expect(await why(give(browser, { to, holder: 'O1' }))).toBe('bad-request');
	const away = await staff({ council: ELSEWHERE, role: 'manager' });
	expect(await why(give(away, { to: 'O2', holder: 'O1' }))).toBe('not-found');
	const publisher = await staff({ role: 'publisher' });
	expect(await why(give(publisher, { to: 'O2', holder: 'O1' }))).toBe('not-allowed');
	expect(await why(give(new Browser(), { to: 'O2', holder: 'O1' }))).toBe('signed-out');
	expect(await holder()).toBe('O1');
	expect(await people()).toHaveLength(1);
});

test('the page has the form, says what goes along, and draws the list’s filter without a script', async () => {
	await write('Hello?');
	const browser = await staff();
	const { body } = render(CasePage, { props: { view: await view(browser) } });
	for (const words of [
		`action="/staff/cases/${ref}?/handOver"`,
		'value="O2"',
		'1 message without an answer goes to their list.',
		'The next cases file decides who holds the case.'
	])
		expect(body).toContain(words);
	expect(body).not.toContain('<option value="O1"');
	const drawn = render(CaseList, { props: { list: await list(browser, '?officer=O1') } }).body;
	expect(drawn).toContain('Alba Reid (me)');
	expect(drawn).toContain('href="/staff?officer=O1&amp;waiting=yes"');
});
