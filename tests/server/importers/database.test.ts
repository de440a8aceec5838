import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import type { Database } from '#server/db/open-database.ts';
import { bring, csvOf, empty, everything, fileOf, HEAD, said } from './support.ts';

let database: Database;
beforeAll(async () => {
	database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => empty(database));

const ROSTER = csvOf(
	'cases',
	'KC-1,A823432112003,Amira,Hassan,2018-05-14,103214,G-1,Mrs Hodan Hassan,mother,"4 Mill Lane, Kestrel",so,so,P-07',
	'KC-1,A823432112003,Amira,Hassan,2018-05-14,103214,G-2,Mr Ali Hassan,father,,en,,P-07',
	'KC-2,H801200001002,Tom,Ode,2012-05-14,,G-3,Ms Jo Ode,mother,,,,'
);
const EVENTS = csvOf(
	'case-events',
	'KC-1,assessment.requested,2024-01-15,by=parent,E1,',
	'KC-1,assessment.agreed,2024-02-20,,E2,',
	'KC-9,note,2026-01-02,,,We rang.'
);
const PEOPLE = csvOf(
	'people',
	'officer,P-07,Priya Nair,T-EAST,0300 555 0142,p@kestrel.example,Mon to Thu,,2026-09-01,,,,,',
	'team,T-EAST,East team,,0300 555 0100,,,Northgate;Mill End,,,,,,',
	'advice,L-1,Kestrel SENDIASS,,0300 555 0200,,,,,,,,Free and private advice,yes'
);
const SEN2 = 'tests/fixtures/imports/sen2-2025.xml';

async function eventsOf(caseRef: string) {
	const rows = await database.db
		.selectFrom('scope_row')
		.innerJoin('case_file', 'case_file.scope_id', 'scope_row.scope_id')
		.select(['scope_row.id', 'v'])
		.where('case_ref', '=', caseRef)
		.where('t', '=', 'event')
		.where('deleted', '=', false)
		.execute();
	return rows.map((row) => ({
		...(row.v as {
			type: string;
			on: string;
			source: { said: string; row: number; sha256: string };
			conflictsWith?: string[];
		}),
		id: row.id
	}));
}

describe('what a file says reaches the database once', () => {
	it('roster, events and people; the same again changes nothing', async () => {
		for (const [kind, path, created] of [
			['people', PEOPLE, { teams: 1, officers: 1, lines: 1 }],
			['cases', ROSTER, { cases: 2, guardians: 3 }],
			['case-events', EVENTS, { cases: 1, casesWithoutName: 1, events: 3 }]
		] as const) {
			const done = await bring(database, kind, path);
			expect([done.exitCode, done.report.created, done.written]).toEqual([0, created, true]);
		}
		const [requested] = await eventsOf('KC-1');
		expect(requested?.source).toMatchObject({
			said: 'council',
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/)
		});
		const before = await everything(database);
		for (const [kind, path] of [
			['people', PEOPLE],
			['cases', ROSTER],
			['case-events', EVENTS]
		] as const) {
			const again = await bring(database, kind, path);
			expect(again.report.rows).toMatchObject({ read: 3, accepted: 0, unchanged: 3, refused: 0 });
			expect(again.report.created).toEqual({});
		}
		expect((await everything(database)).replace(/"runs":\d+/, '')).toBe(before.replace(/"runs":\d+/, ''));
	});

	it('a dry run counts what the real one makes and leaves nothing behind', async () => {
		await bring(database, 'cases', csvOf('cases', 'KC-2,,Tom,Ode,2012-05-14,,G-3,Ms Jo Ode,mother,,,,'));
		for (const [kind, path] of [
			['people', PEOPLE],
			['cases', ROSTER],
			['case-events', EVENTS],
			['sen2', SEN2]
		] as const) {
			const before = await everything(database);
			const dry = await bring(database, kind, path, { dryRun: true });
			expect(await everything(database)).toBe(before);
			const real = await bring(database, kind, path);
			expect({ ...dry.report, dryRun: false, problems: [] }).toEqual({ ...real.report, problems: [] });
		}
	});

	it('reports a case without a named holder or a fallback number, by its row', async () => {
		const early = await bring(database, 'cases', ROSTER);
		expect(early.report.problems.map((p) => [p.row, p.column])).toEqual([
			[2, 'officer_ref'],
			[4, 'officer_ref']
		]);
		await bring(database, 'people', PEOPLE);
		const later = await bring(database, 'cases', ROSTER);
		expect(said(later)).toMatch(/^4 officer_ref: This case has no named holder/);
		const alone = await bring(database, 'people', csvOf('people', 'officer,P-08,Sam Cole,,,,,,,,,,,'));
		expect(said(alone)).toMatch(/no fallback number/);
	});

	it('shows a family its officer, whichever file came first', async () => {
		await bring(database, 'cases', ROSTER);
		await bring(database, 'people', PEOPLE);
		const person = await database.db
			.selectFrom('scope_row')
			.select('v')
			.where('t', '=', 'person')
			.executeTakeFirstOrThrow();
		expect(person.v).toMatchObject({
			name: 'Priya Nair',
			team: 'East team',
			fallbackName: 'East team',
			fallbackPhone: '0300 555 0100',
			from: '2026-11-24'
		});
	});
});

it('a reference that gets another name in its case is told: its letters open the account of whoever had it', async () => {
	await bring(database, 'cases', ROSTER);
	const row = (name: string) =>
		csvOf('cases', `KC-2,H801200001002,Tom,Ode,2012-05-14,,G-3,${name},mother,1 Long Row,,,`);
	expect(said(await bring(database, 'cases', row('Ms  jo ODE')))).not.toContain('another name');
	const outcome = await bring(database, 'cases', row('Ms Ewa Nowak'));
	expect(said(outcome)).toContain('Guardian G-3 had another name in an earlier file.');
	expect(said(outcome)).not.toMatch(/Ode|Nowak/);
	expect(said(await bring(database, 'cases', row('Ms Ewa Nowak')))).not.toContain('another name');
});

describe('nothing is half written, and nothing overwritten', () => {
	const MIXED = csvOf(
		'case-events',
		'KC-1,assessment.requested,2024-01-15,,,',
		'KC-1,assessment.refused,2024-02-31,,,',
		'KC-2,assessment.requested,2024-01-15,,,'
	);

	it('one refused row and nothing is written', async () => {
		const before = await everything(database);
		const done = await bring(database, 'case-events', MIXED);
		expect([done.exitCode, done.written, done.report.created]).toEqual([1, false, {}]);
		expect(await everything(database)).toBe(before);
	});

	it('with --partial the sound cases are written, and a case with a refused row waits whole', async () => {
		const done = await bring(database, 'case-events', MIXED, { partial: true });
		expect([done.exitCode, done.report.rows]).toEqual([
			1,
			{ read: 3, accepted: 1, refused: 2, unchanged: 0 }
		]);
		expect(said(done)).toMatch(/2 null: Row 3 of the same case was refused, so the whole case waits/);
		expect(await eventsOf('KC-1')).toEqual([]);
		expect(await eventsOf('KC-2')).toHaveLength(1);
	});

	it('another date for a fact stands beside the first, each with its source', async () => {
		await bring(database, 'case-events', EVENTS);
		const done = await bring(
			database,
			'case-events',
			csvOf('case-events', 'KC-1,assessment.requested,2024-01-17,by=parent,E1,')
		);
		expect([done.exitCode, done.report.created]).toEqual([0, { events: 1 }]);
		expect(said(done)).toMatch(/another date/);
		const both = (await eventsOf('KC-1')).filter((event) => event.type === 'assessment.requested');
		expect(both.map((event) => event.on).sort()).toEqual(['2024-01-15', '2024-01-17']);
		expect(both.map((event) => event.conflictsWith)).toEqual(
			both.map((event) => both.filter((other) => other.id !== event.id).map((other) => other.id))
		);
		expect(new Set(both.map((event) => event.source.sha256)).size).toBe(2);
	});

	it('an import that is cut off leaves whole cases, is listed, and is finished by running it again', async () => {
		const rows = Array.from({ length: 300 }, (_, i) =>
			['requested', 'agreed'].map((what, n) => `KC-${i},assessment.${what},2024-0${n + 1}-15,,,`)
		).flat();
		const path = csvOf('case-events', ...rows);
		let left = 3;
		const failing: Database = {
			...database,
			transact: (work, options) => {
				if (!options?.readOnly && left-- <= 0) throw new Error('the power went');
				return database.transact(work, options);
			}
		};
		await expect(bring(failing, 'case-events', path)).rejects.toThrow('the power went');
		const { rows: half } = JSON.parse(await everything(database)) as {
			rows: { scope_id: string; t: string }[];
		};
		const perCase = new Map<string, number>();
		for (const row of half)
			if (row.t === 'event') perCase.set(row.scope_id, (perCase.get(row.scope_id) ?? 0) + 1);
		expect(perCase.size).toBeGreaterThan(0);
		expect([...new Set(perCase.values())]).toEqual([2]);
		expect((await bring(database, 'case-events', EVENTS)).notes.join()).toMatch(/was cut off\. Run it again/);
		const done = await bring(database, 'case-events', path);
		expect(done.report.rows).toEqual({
			read: 600,
			accepted: 600 - 2 * perCase.size,
			refused: 0,
			unchanged: 2 * perCase.size
		});
		const runs = await database.db.selectFrom('import_run').select('state').execute();
		expect(runs.every((run) => run.state === 'finished')).toBe(true);
	});

	it('a file that changes between the two readings stops, says so, and leaves whole cases', async () => {
		const path = fileOf('sen2.xml', readFileSync(SEN2));
		const changing: Database = {
			...database,
			transact: async (work, options) => {
				const result = await database.transact(work, options);
				if (!options?.readOnly) appendFileSync(path, ' ');
				return result;
			}
		};
		const done = await bring(changing, 'sen2', path);
		expect([done.exitCode, said(done)]).toEqual([
			2,
			expect.stringMatching(/changed while it was being read/)
		]);
		const runs = await database.db.selectFrom('import_run').select('state').execute();
		expect(runs.map((run) => run.state)).toEqual(['running']);
	});

	it('asks for the council once there are several', async () => {
		await bring(database, 'cases', ROSTER, { council: 'E99000001', councilName: 'Kestrel' });
		await bring(database, 'people', PEOPLE, { council: 'E99000002' });
		const done = await bring(database, 'case-events', EVENTS);
		expect([done.exitCode, said(done)]).toEqual([
			2,
			expect.stringMatching(/--council CODE: E99000001, E99000002/)
		]);
	});
});

describe('a yearly return waits for the roster', () => {
	const joinedTypes = async () =>
		(await eventsOf('KC-1'))
			.filter((event) => event.source.said === 'sen2')
			.map((event) => event.type)
			.sort();
	const WHOLE = [
		'assessment.agreed',
		'assessment.requested',
		'draft.served',
		'note',
		'plan.finalised',
		'plan.finalised',
		'review.decided',
		'review.meeting-held'
	];

	it('unlinked and invisible before; joined when the roster row comes', async () => {
		await bring(database, 'sen2', SEN2);
		expect(
			(JSON.parse(await everything(database)) as { rows: { t: string }[] }).rows.filter(
				(row) => row.t !== 'council'
			)
		).toEqual([]);
		await bring(database, 'cases', ROSTER);
		expect(await joinedTypes()).toEqual(WHOLE);
	});

	it('joined at once when the roster was first; again it changes nothing', async () => {
		await bring(database, 'cases', ROSTER);
		const done = await bring(database, 'sen2', SEN2);
		expect(done.report.created).toEqual({ persons: 3, events: 10, joined: 2, suppressed: 1 });
		expect(await joinedTypes()).toEqual(WHOLE);
		expect((await bring(database, 'sen2', SEN2)).report.rows).toMatchObject({ accepted: 0, unchanged: 4 });
	});

	it('keeps the two dates of one plan side by side', async () => {
		await bring(database, 'cases', ROSTER);
		await bring(database, 'sen2', SEN2);
		const plans = (await eventsOf('KC-1')).filter((event) => event.type === 'plan.finalised');
		expect(plans.map((plan) => [plan.on, plan.conflictsWith?.length]).sort()).toEqual([
			['2024-06-10', 1],
			['2024-06-12', 1]
		]);
	});

	it('says nothing twice that the council says better, in either order', async () => {
		const orders = [
			['cases', 'case-events', 'sen2'],
			['sen2', 'cases', 'case-events'],
			['case-events', 'sen2', 'cases']
		] as const;
		const paths = { cases: ROSTER, 'case-events': EVENTS, sen2: SEN2 };
		for (const order of orders) {
			await empty(database);
			for (const kind of order) await bring(database, kind, paths[kind]);
			const requested = (await eventsOf('KC-1')).filter((event) => event.type === 'assessment.requested');
			expect(
				requested.map((event) => event.source.said),
				order.join()
			).toEqual(['council']);
		}
	});

	it('keeps the UPN only as a keyed hash, and no birth date apart from the roster joins', async () => {
		await bring(database, 'sen2', SEN2);
		await bring(database, 'cases', ROSTER);
		const dump = await everything(database);
		for (const upn of ['A823432112003', 'H801200001002', 'K801200001003']) expect(dump).not.toContain(upn);
		await empty(database);
		await bring(
			database,
			'cases',
			fileOf(
				'r.csv',
				`${HEAD.cases}\nKC-1,A823432112003,Amira,Hassan,2018-05-15,,G-1,Mrs Hodan Hassan,mother,,,,P-07\n`
			)
		);
		expect(said(await bring(database, 'sen2', SEN2))).toMatch(/another birth date/);
		expect(await eventsOf('KC-1')).toEqual([]);
	});

	it('shows nothing of a child who has died, in either order', async () => {
		const roster = csvOf('cases', 'KC-3,K801200001003,Robin,Vale,2010-02-01,,G-4,Ms Ann Vale,mother,,,,P-07');
		await bring(database, 'sen2', SEN2);
		await bring(database, 'cases', roster);
		const live = async () =>
			(
				JSON.parse(await everything(database)) as {
					rows: { scope_id: string; t: string; deleted: boolean }[];
				}
			).rows.filter((row) => row.scope_id.startsWith('case:') && !row.deleted);
		expect(await live()).toEqual([]);
		await empty(database);
		await bring(database, 'cases', roster);
		expect((await live()).length).toBeGreaterThan(0);
		await bring(database, 'sen2', SEN2);
		expect(await live()).toEqual([]);
		await bring(database, 'case-events', csvOf('case-events', 'KC-3,note,2026-01-02,,,Hello'));
		expect(await live()).toEqual([]);
	});
});
