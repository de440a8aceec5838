import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#server/db/open-database.ts';
import { addCaseEvents, eventsOf } from '#server/cases/case-events.ts';
import { openCase } from '#server/cases/case-files.ts';
import { putCouncil, setLines } from '#server/cases/councils.ts';
import {
	assignOfficer,
	holderOn,
	publishOfficers,
	putOfficer,
	scopesOfOfficer
} from '#server/cases/officers.ts';
import { upsertRosterCase } from '#server/cases/roster.ts';
import { putSen2Person } from '#server/cases/sen2-waiting.ts';
import { rowsOf, writeScope } from '#server/cases/scope-writer.ts';
import { testDatabase } from '../../support/database.ts';

const COUNCIL = 'X99000009';
let database: Database;
beforeAll(async () => {
	database = await testDatabase();
	await database.transact((tx) => putCouncil(tx, { code: COUNCIL, name: 'Testshire' }));
});
afterAll(() => database.close());

const roster = (caseRef: string, upnHmac?: string) => ({
	council: COUNCIL,
	caseRef,
	...(upnHmac && { upnHmac }),
	child: { givenName: 'Sana', familyName: 'Bright', bornOn: '2017-05-04' },
	guardians: [
		{ ref: 'G1', name: 'Rukhsana Bright', address: '1 Invented Row' },
		{ ref: 'G2', name: 'Tom Bright' }
	]
});

test('rows that say the same bump nothing; a change bumps once; a deletion leaves an empty tombstone', async () => {
	const scope = 'ref:X99000009:test';
	const write = (v: object | null) =>
		database.transact((tx) => writeScope(tx, scope, [{ t: 'line', id: 'a', v }]));
	expect(await write({ b: 1, a: { y: 2, x: 1 } })).toEqual({ ver: 1, changed: 1, unchanged: 0 });
	expect(await write({ a: { x: 1, y: 2 }, b: 1 })).toEqual({ ver: 1, changed: 0, unchanged: 1 });
	expect(await write({ a: { x: 1, y: 3 }, b: 1 })).toEqual({ ver: 2, changed: 1, unchanged: 0 });
	expect(await write(null)).toEqual({ ver: 3, changed: 1, unchanged: 0 });
	const row = await database.db
		.selectFrom('scope_row')
		.selectAll()
		.where('scope_id', '=', scope)
		.executeTakeFirstOrThrow();
	expect(row).toMatchObject({ deleted: true, v: null, ver: 3 });
	expect(await write(null)).toMatchObject({ changed: 0 });
	expect(await write({ back: true })).toMatchObject({ ver: 4, changed: 1 });
});

test('a transaction that fails leaves no version and tells nobody', async () => {
	await database.feed.flush();
	const told: string[] = [];
	const stop = database.feed.subscribe((changes) => told.push(...changes.map((change) => change.scope)));
	const failing = database.transact(async (tx) => {
		await writeScope(tx, 'ref:X99000009:gone', [{ t: 'line', id: 'a', v: {} }]);
		throw new Error('after the write');
	});
	await expect(failing).rejects.toThrow('after the write');
	await database.feed.flush();
	stop();
	expect(told).toEqual([]);
	expect(
		await database.db.selectFrom('scope').selectAll().where('id', '=', 'ref:X99000009:gone').execute()
	).toEqual([]);
});

test('a roster row twice is unchanged, keeps addresses out of the shared scope and reports a guardian who left', async () => {
	const first = await database.transact((tx) => upsertRosterCase(tx, roster('C1')));
	expect(first.outcome).toBe('created');
	expect((await database.transact((tx) => upsertRosterCase(tx, roster('C1')))).outcome).toBe('unchanged');
	const shared = JSON.stringify(await database.transact((tx) => rowsOf(tx, first.scopeId)));
	expect(shared).toContain('Sana');
	expect(shared).not.toMatch(/Invented Row|Rukhsana/);
	const fewer = { ...roster('C1'), guardians: roster('C1').guardians.slice(0, 1) };
	const third = await database.transact((tx) => upsertRosterCase(tx, fewer));
	expect(third).toMatchObject({ outcome: 'updated', guardiansMissing: ['G2'], caseId: first.caseId });
});

test('events are added once, and another date for the same reference stands beside the first', async () => {
	const { scopeId } = await database.transact((tx) => openCase(tx, COUNCIL, 'C2'));
	const told = (on: string) => ({
		type: 'draft.served' as const,
		on,
		detail: { kind: 'first' },
		source: { said: 'council' as const, ref: 'D-1' }
	});
	const add = (on: string) => database.transact((tx) => addCaseEvents(tx, scopeId, { events: [told(on)] }));
	expect(await add('2026-09-01')).toMatchObject({ added: 1, conflicts: [] });
	expect(await add('2026-09-01')).toMatchObject({ added: 0, unchanged: 1 });
	const second = await add('2026-09-08');
	expect(second.conflicts).toHaveLength(1);
	const events = await database.transact((tx) => eventsOf(tx, scopeId));
	expect(events.map((event) => [event.on, event.conflictsWith?.length]).sort()).toEqual([
		['2026-09-01', 1],
		['2026-09-08', 1]
	]);
});

test('an officer is shown in the cases they hold and nowhere else, also when the people file comes later', async () => {
	const one = await database.transact((tx) => openCase(tx, COUNCIL, 'C3'));
	const two = await database.transact((tx) => openCase(tx, COUNCIL, 'C4'));
	await database.transact((tx) => assignOfficer(tx, one.scopeId, { officerRef: 'O1', from: '2026-01-05' }));
	expect(await database.transact((tx) => rowsOf(tx, one.scopeId, 'person'))).toEqual([]);
	await database.transact((tx) =>
		putOfficer(tx, COUNCIL, { ref: 'O1', v: { role: 'case-officer', name: 'A. Reid' } })
	);
	const scopes = await database.transact((tx) => scopesOfOfficer(tx, COUNCIL, 'O1'));
	expect(scopes).toEqual([one.scopeId]);
	for (const scope of scopes) await database.transact((tx) => publishOfficers(tx, scope));
	expect(await database.transact((tx) => rowsOf(tx, one.scopeId, 'person'))).toHaveLength(1);
	expect(await database.transact((tx) => rowsOf(tx, two.scopeId, 'person'))).toEqual([]);
	// Named again without a change, then handed over.
	expect(
		await database.transact((tx) => assignOfficer(tx, one.scopeId, { officerRef: 'O1', from: '2026-06-01' }))
	).toEqual({ changed: false });
	await database.transact((tx) =>
		putOfficer(tx, COUNCIL, { ref: 'O2', v: { role: 'case-officer', name: 'B. Khan' } })
	);
	await database.transact((tx) => assignOfficer(tx, one.scopeId, { officerRef: 'O2', from: '2026-07-01' }));
	const people = (await database.transact((tx) => rowsOf(tx, one.scopeId, 'person'))).map(
		(row) => row.v as { name: string; until?: string }
	);
	expect(people.find((person) => person.name === 'A. Reid')?.until).toBe('2026-07-01');
	expect(people.find((person) => person.name === 'B. Khan')?.until).toBeUndefined();
	expect((await database.transact((tx) => holderOn(tx, one.scopeId, '2026-08-01')))?.officerRef).toBe('O2');
});

test('a SEN2 person meets the roster in either order and is invisible until then; cease reason 8 empties the case', async () => {
	const person = (upnHmac: string) => ({
		council: COUNCIL,
		upnHmac,
		year: 2026,
		sha256: 'f'.repeat(64),
		events: [{ type: 'plan.finalised' as const, on: '2025-03-03', detail: { kind: 'first' } }]
	});
	expect(await database.transact((tx) => putSen2Person(tx, person('h1')))).toEqual({
		outcome: 'waiting',
		added: 0
	});
	const later = await database.transact((tx) => upsertRosterCase(tx, roster('C5', 'h1')));
	expect(later.sen2Joined).toBe(1);
	await database.transact((tx) => upsertRosterCase(tx, roster('C6', 'h2')));
	expect(await database.transact((tx) => putSen2Person(tx, person('h2')))).toEqual({
		outcome: 'joined',
		added: 1
	});
	expect(await database.transact((tx) => putSen2Person(tx, person('h2')))).toEqual({
		outcome: 'unchanged',
		added: 0
	});
	await database.transact((tx) => putSen2Person(tx, { ...person('h1'), year: 2027, suppressed: true }));
	expect(await database.transact((tx) => rowsOf(tx, later.scopeId))).toEqual([]);
});

test('lines are replaced as a whole when asked', async () => {
	const line = (id: string) => ({ id, v: { role: 'duty' as const, name: `Line ${id}` } });
	await database.transact((tx) => setLines(tx, COUNCIL, { lines: [line('a'), line('b')] }));
	await database.transact((tx) => setLines(tx, COUNCIL, { lines: [line('b')], replace: true }));
	const lines = await database.transact((tx) => rowsOf(tx, `ref:${COUNCIL}:people`, 'line'));
	expect(lines.map((row) => row.id)).toEqual(['b']);
});

test('a query on the outer database inside a transaction is refused at once, and requests at the same time do not mix', async () => {
	const inside = database.transact(async () => database.db.selectFrom('council').selectAll().execute());
	await expect(inside).rejects.toThrow('inside a transaction');
	const scope = 'ref:X99000009:many';
	await Promise.all(
		Array.from({ length: 20 }, (_, index) =>
			database.transact((tx) => writeScope(tx, scope, [{ t: 'line', id: `r${index}`, v: { index } }]))
		)
	);
	const kept = await database.db
		.selectFrom('scope')
		.selectAll()
		.where('id', '=', scope)
		.executeTakeFirstOrThrow();
	expect(kept.ver).toBe(20);
});
