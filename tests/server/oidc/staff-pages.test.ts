import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeem } from '#server/access/activation.ts';
import { addCaseEvents } from '#server/cases/case-events.ts';
import { suppressCase } from '#server/cases/case-files.ts';
import { assignOfficer, putOfficer } from '#server/cases/officers.ts';
import { JOBS } from '#server/ops/jobs.ts';
import { staffCase } from '#server/oidc/staff-case.ts';
import { staffDecide, type StaffAsk } from '#server/oidc/staff-decide.ts';
import { staffChoose, staffCouncils, StaffRefused, staffSignOut } from '#server/oidc/staff-duty.ts';
import { staffList } from '#server/oidc/staff-list.ts';
import { STAFF_IDLE_MS, STAFF_WHOLE_MS, startStaffSession } from '#server/oidc/staff-session.ts';
import type { StaffGrant } from '#server/oidc/provider.ts';
import type { Runtime } from '#server/runtime.ts';
import { Browser } from '../../support/call.ts';
import { TEST_SECRET } from '../../support/database.ts';
import { COUNCIL, letterCode, oneChild, testRuntime } from '../../support/family.ts';

const ELSEWHERE = 'X99000008';
const OFFICER: StaffGrant = { council: COUNCIL, role: 'case-officer' };
let server: Runtime;
let scopeId: string;
let accountId: string;

beforeAll(async () => {
	server = await testRuntime();
	const { database } = server;
	({ scopeId } = await oneChild(database, 'SP-1'));
	await oneChild(database, 'SP-2');
	await oneChild(database, 'SP-1', { council: ELSEWHERE });
	await oneChild(database, 'EL-9', { council: ELSEWHERE });
	const gone = await oneChild(database, 'SP-3');
	const code = await letterCode(database, scopeId);
	await database.transact(async (tx) => {
		await suppressCase(tx, gone.scopeId);
		await addCaseEvents(tx, scopeId, { events: [{ type: 'assessment.requested', on: '2026-09-01' }] });
		await putOfficer(tx, COUNCIL, { ref: 'O1', v: { role: 'case-officer', name: 'A. Reid' } });
		await assignOfficer(tx, scopeId, { officerRef: 'O1', from: '2026-01-05' });
		const ask = { code, bornOn: '2017-05-04', deviceId: crypto.randomUUID(), deviceName: 'Phone' };
		const opened = await redeem(tx, { ...ask, secret: TEST_SECRET, now: new Date() });
		if (!opened.ok) throw new Error(opened.code);
		({ accountId } = opened);
	});
});
afterAll(() => server.close());

async function staff(grants: StaffGrant[] = [OFFICER], now = new Date()): Promise<Browser> {
	const browser = new Browser();
	const arrival = { issuer: 'https://x.example', sub: crypto.randomUUID(), name: 'Robin', grants };
	const { token } = await server.database.transact((tx) => startStaffSession(tx, arrival, { now }));
	browser.jar.set('staff', token);
	return browser;
}
const list = (browser: Browser, query = '') => staffList(browser.get(`/staff${query}`), server);
const view = (browser: Browser, ref = 'SP-1') => staffCase(browser.get(`/staff/cases/${ref}`), server, ref);
const why = (work: Promise<unknown>) =>
	work.then(
		() => 'shown',
		(problem: unknown) => (problem instanceof StaffRefused ? problem.why : problem)
	);
const decide = (browser: Browser, what: StaffAsk['what'], fields: Record<string, string>, ref = 'SP-1') => {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return staffDecide(browser.get(`/staff/cases/${ref}`), server, { ref, what, fields: form });
};
const lines = (action: string) =>
	server.database.db.selectFrom('audit_line').selectAll().where('action', '=', action).execute();

test('an officer sees their council’s cases, finds one by its reference, and no other council’s', async () => {
	const browser = await staff();
	const all = await list(browser);
	expect(all.lines.map((line) => line.ref)).toEqual(['SP-1', 'SP-2']);
	expect(all.lines[0]).toMatchObject({ officer: 'A. Reid', onRoster: true });
	expect(all.top).toMatchObject({ council: { code: COUNCIL, name: 'Testshire' }, several: false });
	expect((await list(browser, '?ref=SP-2')).lines.map((line) => line.ref)).toEqual(['SP-2']);
	for (const ref of ['EL-9', 'SP-3', 'sp', '%', '%00', "' or 1=1", 'x'.repeat(500)])
		expect(
			(await list(browser, `?ref=${encodeURIComponent(ref)}`)).lines.map((line) => line.ref)
		).not.toContain(ref);
	expect((await list(browser, '?after=SP-1')).lines.map((line) => line.ref)).toEqual(['SP-2']);
	// A list is looked at over a shoulder.
	expect(JSON.stringify(all)).not.toMatch(/Child SP|Guardian|Invented Row/);
});

test('the case page shows what the family was told and who is linked, and never an address', async () => {
	const shown = await view(await staff());
	expect(shown.events.map((event) => [event.type, event.on])).toEqual([
		['assessment.requested', '2026-09-01']
	]);
	expect(shown.officers).toEqual([{ name: 'A. Reid', from: '2026-01-05' }]);
	expect(shown.people).toMatchObject([
		{ accountId, name: 'Guardian G1', role: 'guardian', until: null, hold: null }
	]);
	expect(shown.invited).toEqual([{ name: 'Guardian G2', role: null }]);
	expect(JSON.stringify(shown)).not.toContain('Invented Row');
});

test('every view is written down, with the case and without a name', async () => {
	const before = (await lines('case-read')).length;
	const browser = await staff();
	await view(browser);
	await view(browser);
	const written = await lines('case-read');
	expect(written).toHaveLength(before + 2);
	expect(written.at(-1)).toMatchObject({ scope: scopeId, actor_role: 'case-officer', outcome: 'done' });
	expect(JSON.stringify(written)).not.toMatch(/Robin|SP-1|Child/);
});

describe('nothing is shown', () => {
	test('to nobody, after 30 minutes without use, after 12 hours, after signing out', async () => {
		expect(await why(list(new Browser()))).toBe('signed-out');
		const ago = (ms: number) => new Date(Date.now() - ms);
		expect(await why(list(await staff([OFFICER], ago(STAFF_IDLE_MS - 60_000))))).toBe('shown');
		expect(await why(list(await staff([OFFICER], ago(STAFF_IDLE_MS + 1_000))))).toBe('signed-out');
		const long = await staff();
		await server.database.db
			.updateTable('staff_session')
			.set({ created_at: ago(STAFF_WHOLE_MS) })
			.execute();
		expect(await why(list(long))).toBe('signed-out');
		const left = await staff();
		const token = left.jar.get('staff')!;
		await staffSignOut(left.get('/staff'), server);
		expect(left.jar.has('staff')).toBe(false);
		left.jar.set('staff', token);
		expect(await why(list(left))).toBe('signed-out');
	});

	test('of another council’s case, a suppressed one, or one that is not there: one answer for all', async () => {
		const browser = await staff();
		for (const ref of ['EL-9', 'SP-3', 'nothing', 'a\u0000b', 'x'.repeat(90)])
			expect(await why(view(browser, ref))).toBe('not-found');
		// The same reference stands for another child at another council.
		const other = await staff([{ council: ELSEWHERE, role: 'manager' }]);
		expect((await view(other)).people).toEqual([]);
	});

	test('to a publisher, and that is written down', async () => {
		const browser = await staff([{ council: COUNCIL, role: 'publisher' }]);
		expect(await why(list(browser))).toBe('not-allowed');
		expect(await why(view(browser))).toBe('not-allowed');
		expect((await lines('case-read')).at(-1)).toMatchObject({ outcome: 'refused', reason: 'not-allowed' });
	});

	test('and each view that was refused is written down: with our case, without one where it is not ours', async () => {
		const browser = await staff();
		const gone = await server.database.db
			.selectFrom('case_file')
			.select('scope_id')
			.where('case_ref', '=', 'SP-3')
			.executeTakeFirstOrThrow();
		for (const [ref, scope] of [
			['SP-3', gone.scope_id],
			['EL-9', null],
			['nothing', null]
		] as const) {
			const before = (await lines('case-read')).length;
			expect(await why(view(browser, ref))).toBe('not-found');
			expect(await why(decide(browser, 'restore', { person: accountId }, ref))).toBe('not-found');
			const written = (await lines('case-read')).slice(before);
			expect(written.map((line) => [line.outcome, line.scope])).toEqual([
				['refused', scope],
				['refused', scope]
			]);
		}
		const publisher = await staff([{ council: COUNCIL, role: 'publisher' }]);
		expect(await why(list(publisher))).toBe('not-allowed');
		expect((await lines('case-list')).at(-1)).toMatchObject({ outcome: 'refused', actor_role: 'publisher' });
		expect(JSON.stringify(await lines('case-read'))).not.toMatch(/SP-3|EL-9/);
	});

	test('before one of two councils is chosen; a choice changes the token', async () => {
		const browser = await staff([OFFICER, { council: ELSEWHERE, role: 'manager' }]);
		expect(await why(list(browser))).toBe('choose-council');
		expect(await staffCouncils(browser.get('/staff/council'), server)).toMatchObject([
			{ code: COUNCIL },
			{ code: ELSEWHERE }
		]);
		const before = browser.jar.get('staff')!;
		expect(await why(staffChoose(browser.get('/'), server, 'X99000001'))).toBe('bad-request');
		await staffChoose(browser.get('/'), server, ELSEWHERE);
		expect(browser.jar.get('staff')).not.toBe(before);
		expect((await list(browser)).lines.map((line) => line.ref)).toEqual(['EL-9', 'SP-1']);
		expect(await why(view(browser, 'SP-2'))).toBe('not-found');
		browser.jar.set('staff', before);
		expect(await why(list(browser))).toBe('signed-out');
	});
});

describe('keeping somebody out', () => {
	test('needs a reason of the list; then it holds, and can be lifted', async () => {
		const browser = await staff();
		expect(await decide(browser, 'suspend', { person: accountId })).toBeNull();
		expect(await decide(browser, 'suspend', { person: accountId, reason: 'because' })).toBeNull();
		expect(await decide(browser, 'suspend', { person: accountId, reason: 'court-order' })).toBe('suspended');
		expect((await view(browser)).people[0]!.hold).toMatchObject({ reason: 'court-order' });
		expect(await decide(browser, 'suspend', { person: accountId, reason: 'court-order' })).toBe('unchanged');
		expect(await decide(browser, 'restore', { person: accountId })).toBe('restored');
		expect((await view(browser)).people[0]!.hold).toBeNull();
		expect((await lines('suspend')).at(-1)).toMatchObject({ object: accountId, outcome: 'done' });
	});

	test('is not for another council, a publisher, or a person who is not here', async () => {
		const reason = 'court-order';
		const away = await staff([{ council: ELSEWHERE, role: 'manager' }]);
		expect(await decide(away, 'suspend', { person: accountId, reason })).toBe('unchanged');
		expect(await why(decide(away, 'suspend', { person: accountId, reason }, 'SP-2'))).toBe('not-found');
		const publisher = await staff([{ council: COUNCIL, role: 'publisher' }]);
		expect(await why(decide(publisher, 'suspend', { person: accountId, reason }))).toBe('not-allowed');
		const browser = await staff();
		expect(await decide(browser, 'suspend', { person: crypto.randomUUID(), reason })).toBe('unchanged');
		expect(await why(decide(browser, 'suspend', { person: 'x', reason }))).toBe('bad-request');
		expect(await why(decide(new Browser(), 'suspend', { person: accountId, reason }))).toBe('signed-out');
		expect((await view(browser)).people[0]!.hold).toBeNull();
	});

	test('ending needs the box too, and is for good', async () => {
		const browser = await staff();
		const reason = 'no-longer-responsible';
		expect(await decide(browser, 'end', { person: accountId, reason })).toBeNull();
		expect(await decide(browser, 'end', { person: accountId, reason, sure: 'yes' })).toBe('ended');
		expect((await view(browser)).people[0]!.until).not.toBeNull();
		expect(await decide(browser, 'restore', { person: accountId })).toBe('unchanged');
	});
});

test('capacity is recorded by a person of this council, with the box, once for what stands already', async () => {
	const browser = await staff();
	expect(await view(browser)).toMatchObject({ rightsOn: '2033-06-24', capacity: null });
	const says = 'represented';
	// A finding says how it is at the time (Mental Capacity Act 2005 s.2): none is taken seven years before.
	expect(await decide(browser, 'capacity', { says, sure: 'yes' })).toBe('unchanged');
	await oneChild(server.database, 'SP-1', { bornOn: '2010-12-01' });
	expect(await view(browser)).toMatchObject({ rightsOn: '2027-06-25', capacityFrom: '2026-06-25' });
	expect(await decide(browser, 'capacity', { says })).toBeNull();
	expect(await decide(browser, 'capacity', { says: 'perhaps', sure: 'yes' })).toBeNull();
	expect(await decide(browser, 'capacity', { says, sure: 'yes' })).toBe('recorded');
	expect(await decide(browser, 'capacity', { says, sure: 'yes' })).toBe('unchanged');
	expect((await view(browser)).capacity).toMatchObject({ says });
	expect(await decide(browser, 'capacity', { says: 'has-capacity', sure: 'yes' })).toBe('recorded');
	expect((await view(browser)).capacity).toMatchObject({ says: 'has-capacity' });
	const publisher = await staff([{ council: COUNCIL, role: 'publisher' }]);
	expect(await why(decide(publisher, 'capacity', { says, sure: 'yes' }))).toBe('not-allowed');
	const away = await staff([{ council: ELSEWHERE, role: 'manager' }]);
	expect(await why(decide(away, 'capacity', { says, sure: 'yes' }, 'SP-2'))).toBe('not-found');
	expect((await lines('capacity')).map((line) => [line.reason, line.outcome])).toEqual([
		['represented', 'done'],
		['has-capacity', 'done']
	]);
});

test('the operator signs all staff out at once', async () => {
	const browsers = [await staff(), await staff()];
	const said: string[] = [];
	const io = { out: (text: string) => void said.push(text), err: () => {} };
	const { database, config } = server;
	expect(await JOBS['staff-out']!([], { database, config, io, cwd: '/' })).toBe(0);
	expect(said[0]).toMatch(/^\d+ staff sessions ended\.$/);
	for (const browser of browsers) expect(await why(list(browser))).toBe('signed-out');
});
