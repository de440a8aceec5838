import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeem } from '#server/access/activation.ts';
import { eventsOf } from '#server/cases/case-events.ts';
import { findCase } from '#server/cases/case-files.ts';
import { peopleScope } from '#server/cases/councils.ts';
import { rowsOf } from '#server/cases/scope-writer.ts';
import type { Database } from '#server/db/open-database.ts';
import { DEMO_COUNCIL } from '#server/demo/council.ts';
import { demoForStart, demoGreeting } from '#server/demo/greet.ts';
import { DemoRefused, layDemo } from '#server/demo/lay.ts';
import { demoAtStart } from '#server/demo/when.ts';
import { markRealImport, readInstance } from '#server/instance.ts';
import { TEST_SECRET, testDatabase } from '../support/database.ts';

const config = { demo: false, secret: TEST_SECRET } as Parameters<typeof demoForStart>[1];
const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const MY_PHONE = '3f0e8b62-5b0a-4f7e-9f0a-1f6f2f7c9a11';

describe('at which start the demo is laid', () => {
	const fresh = { demoLaidOn: null, realImportAt: null, empty: true };
	const laid = (demoLaidOn: string) => ({ ...fresh, demoLaidOn, empty: false });
	const plain = { demo: false };
	it.each([
		['a new folder on a laptop', plain, fresh, 'lay'],
		['a new folder behind a public address', { ...plain, publicOrigin: 'https://a.example' }, fresh, 'none'],
		['a new PostgreSQL', { ...plain, databaseUrl: 'postgres://a/b' }, fresh, 'none'],
		['a PostgreSQL with DEMO=1', { demo: true, databaseUrl: 'postgres://a/b' }, fresh, 'lay'],
		['a demo of this week', plain, laid('2026-11-18'), 'keep'],
		['a demo of eight days ago', plain, laid('2026-11-17'), 'lay'],
		['a demo from a clock that was ahead', plain, laid('2026-12-24'), 'lay'],
		['a council of its own without a demo', plain, { ...fresh, empty: false }, 'none'],
		['real families', plain, { ...laid('2026-11-01'), realImportAt: new Date() }, 'none'],
		[
			'real families and DEMO=1',
			{ demo: true },
			{ ...laid('2026-11-01'), realImportAt: new Date() },
			'refuse'
		]
	] as const)('%s', (_what, settings, standing, answer) => {
		expect(demoAtStart(settings, standing, '2026-11-25')).toBe(answer);
	});
});

describe('the demo in a database', () => {
	let database: Database;
	beforeAll(async () => void (database = await testDatabase()));
	afterAll(() => database.close());

	const caseOf = (ref: string) =>
		database.transact(async (tx) => (await findCase(tx, DEMO_COUNCIL.code, ref))!);

	it('is laid at the first start, with a code for every guardian of every child', async () => {
		const codes = await demoForStart(database, config, noon('2026-11-25'));
		expect(codes).toHaveLength(10);
		expect(new Set(codes.map((one) => one.persona)).size).toBe(5);
		expect(codes.every((one) => /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]$/.test(one.code))).toBe(
			true
		);
		expect(demoGreeting(codes).join('\n')).toContain(
			'Amira Mirza, born 2019-05-21 (letter to Nasreen Mirza)'
		);
		const instance = await database.transact(readInstance);
		expect(instance).toMatchObject({ demoLaidOn: '2026-11-25', realImportAt: null });
	});
	it('has the council’s lines, marked as a demo', async () => {
		const rows = await database.transact((tx) => rowsOf(tx, peopleScope(DEMO_COUNCIL.code)));
		expect(
			rows
				.filter((row) => row.t === 'line')
				.map((row) => row.id)
				.sort()
		).toEqual(['advice', 'complaints', 'duty', 'forum', 'mediation', 'sendiass']);
		expect(rows.find((row) => row.t === 'council')?.v).toMatchObject({
			demo: true,
			promises: { 'CO-BCC-15WD': { days: 15 } }
		});
	});
	it('shows who held a case before, and an empty slot where nobody was named', async () => {
		const people = async (ref: string) => {
			const { scopeId } = await caseOf(ref);
			return (await database.transact((tx) => rowsOf(tx, scopeId, 'person'))).map(
				(row) => row.v as { name: string; from: string; until?: string }
			);
		};
		const changed = (await people('TW-7H28')).sort((a, b) => (a.from < b.from ? -1 : 1));
		expect(changed.map((p) => [p.name, p.until])).toEqual([
			['Sam Whitlock', '2026-11-16'],
			['Dawn Perrin', undefined]
		]);
		expect(await people('TW-5D90')).toEqual([]);
	});
	it('opens a case to the letter’s code and the child’s birthday, and keeps the phone through the next laying', async () => {
		const again = await demoForStart(database, config, noon('2026-11-26'));
		const letter = again.find((one) => one.child === 'Leo Campbell')!;
		const redeemed = await database.transact((tx) =>
			redeem(tx, {
				code: letter.code,
				bornOn: letter.bornOn,
				deviceId: MY_PHONE,
				deviceName: 'test',
				secret: TEST_SECRET,
				now: noon('2026-11-26')
			})
		);
		expect(redeemed).toMatchObject({ ok: true, caseId: (await caseOf('TW-7H28')).caseId });
	});
	it('is laid again after a week: a new epoch, the same cases, nothing left of the old days', async () => {
		const before = await database.transact(readInstance);
		const leo = await caseOf('TW-7H28');
		const codes = await demoForStart(database, config, noon('2026-12-09'));
		expect((await database.transact(readInstance)).epoch).not.toBe(before.epoch);
		expect((await caseOf('TW-7H28')).caseId).toBe(leo.caseId);
		const events = await database.transact((tx) => eventsOf(tx, leo.scopeId));
		expect(events.filter((e) => e.type === 'assessment.requested').map((e) => e.on)).toEqual(['2026-07-07']);
		const people = await database.transact((tx) => rowsOf(tx, leo.scopeId, 'person'));
		expect(people).toHaveLength(2);
		expect(codes.find((one) => one.child === 'Leo Campbell')?.bornOn).toBe('2017-09-27');
		const accounts = await database.db.selectFrom('relationship').selectAll().execute();
		expect(accounts).toHaveLength(1);
	});
	it('keeps a demo of this week as it is and still gives codes', async () => {
		const before = await database.transact(readInstance);
		const codes = await demoForStart(database, config, noon('2026-12-11'));
		expect(codes).toHaveLength(10);
		expect(await database.transact(readInstance)).toEqual(before);
	});
	it('never stands beside real families', async () => {
		await database.transact(markRealImport);
		await expect(layDemo(database, { today: '2026-12-20', now: noon('2026-12-20') })).rejects.toThrow(
			DemoRefused
		);
		expect(await demoForStart(database, config, noon('2026-12-20'))).toEqual([]);
		await expect(demoForStart(database, { ...config, demo: true }, noon('2026-12-20'))).rejects.toThrow(
			DemoRefused
		);
	});
});
