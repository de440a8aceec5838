import { describe, expect, it } from 'vitest';
import { csvOf, judge, said } from './support.ts';

const event = (...rows: string[]) => judge('case-events', csvOf('case-events', ...rows));
const GUARDIAN = 'G-1,Mrs Hodan Hassan,mother,"4 Mill Lane, Kestrel",so,so,P-07';
const roster = (...rows: string[]) => judge('cases', csvOf('cases', ...rows));

describe('a row that is wrong is refused with its place and how to mend it', () => {
	it.each([
		[
			'an unknown type',
			'KC-1,assessment.request,2026-08-03,,,',
			'event_type',
			/Did you mean assessment\.requested/
		],
		['31 February', 'KC-1,assessment.requested,2026-02-31,,,', 'event_date', /no such day as 2026-02-31/],
		['a British date', 'KC-1,assessment.requested,03/04/2026,,,', 'event_date', /this is 2026-04-03/],
		[
			'an Excel day number',
			'KC-1,assessment.requested,46086,,,',
			'event_date',
			/a spreadsheet keeps 2026-03-05/
		],
		['words for a month', 'KC-1,assessment.requested,3 March 2026,,,', 'event_date', /this is 2026-03-03/],
		['a past fact in the future', 'KC-1,assessment.requested,2026-11-25,,,', 'event_date', /in the future/],
		[
			'a word outside a list',
			'KC-1,advice.requested,2026-08-03,adviser=scool,,',
			'detail',
			/Did you mean school/
		],
		['a detail that is none', 'KC-1,advice.requested,2026-08-03,school,,', 'detail', /key=value/],
		['a detail twice', 'KC-1,plan.finalised,2026-08-03,kind=first;kind=amended,,', 'detail', /stands twice/],
		[
			'an end before its start',
			'KC-1,exception.claimed,2026-08-03,rule=X;exception=X1;from=2026-08-02;to=2026-08-01,,',
			'detail',
			/before it starts/
		],
		['swapped columns', 'KC-1,2026-08-03,assessment.requested,,,', 'event_type', /swapped/],
		['an empty cell', ',assessment.requested,2026-08-03,,,', 'case_ref', /Fill it in/],
		['a formula', 'KC-1,assessment.requested,2026-08-03,,,=HYPERLINK("x")', 'note', /formula/],
		['a formula with a plus', 'KC-1,assessment.requested,2026-08-03,,,+cmd|calc', 'note', /formula/],
		['too many cells', 'KC-1,assessment.requested,2026-08-03,,,a,b', 'null', /more cells/],
		[
			'an over-long cell',
			`KC-1,assessment.requested,2026-08-03,,,${'x'.repeat(2001)}`,
			'note',
			/2001 characters/
		]
	])('%s', async (_name, row, column, words) => {
		const done = await event(row, 'KC-2,assessment.requested,2026-08-03,,,');
		expect(done.exitCode).toBe(1);
		expect(done.report.rows).toMatchObject({ read: 2, accepted: 1, refused: 1 });
		expect(done.report.problems.map((p) => [p.row, String(p.column)])).toContainEqual([2, column]);
		expect(said(done)).toMatch(words);
	});

	it.each([
		['a date as a name', 'KC-1,,2018-05-14,Hassan,2018-05-14,,' + GUARDIAN, 'child_given_name'],
		['a name as a date', 'KC-1,,Amira,Hassan,Amira,,' + GUARDIAN, 'date_of_birth'],
		['a name as a reference', 'Amira Hassan,,Amira,Hassan,2018-05-14,,' + GUARDIAN, 'case_ref'],
		['a birth in the future', 'KC-1,,Amira,Hassan,2027-05-14,,' + GUARDIAN, 'date_of_birth'],
		['a birth long ago', 'KC-1,,Amira,Hassan,1978-05-14,,' + GUARDIAN, 'date_of_birth'],
		['a school number of five figures', 'KC-1,,Amira,Hassan,2018-05-14,10321,' + GUARDIAN, 'school_urn'],
		['no child', 'KC-1,,,Hassan,2018-05-14,,' + GUARDIAN, 'child_given_name']
	])('roster: %s', async (_name, row, column) => {
		const done = await roster(row);
		expect(done.exitCode).toBe(1);
		expect(done.report.problems.map((p) => p.column)).toContain(column);
	});

	it('people: no way to reach a line, a bad number, an end before its start', async () => {
		const done = await judge(
			'people',
			csvOf(
				'people',
				'duty,L-1,East duty,,,,,,,,,,,',
				'officer,P-1,Priya Nair,,ring me,,,,,,,,,',
				'officer,P-2,Sam Cole,,0300 555 0142,,,,2026-09-02,2026-09-01,,,,'
			)
		);
		expect(done.report.rows.refused).toBe(3);
		expect(done.report.problems.map((p) => p.column)).toEqual(['phone', 'phone', 'until']);
	});
});

describe('rows of one case are judged together', () => {
	it('refuses a copy and says which row it copies', async () => {
		const row = 'KC-1,advice.requested,2026-08-03,adviser=school,,';
		const done = await event(row, row);
		expect(done.report.rows).toMatchObject({ read: 2, accepted: 1, refused: 1 });
		expect(said(done)).toMatch(/3 null: This row is the same as row 2/);
	});

	it('refuses a final plan before the request', async () => {
		const done = await event(
			'KC-1,plan.finalised,2026-02-01,kind=first,,',
			'KC-1,assessment.requested,2026-03-01,,,'
		);
		expect(done.exitCode).toBe(1);
		expect(said(done)).toMatch(
			/2 event_date: plan\.finalised on 2026-02-01 is before assessment\.requested on 2026-03-01/
		);
	});

	it('takes a case whose history began before the file', async () => {
		const done = await event(
			'KC-1,plan.finalised,2020-02-01,kind=first,,',
			'KC-1,plan.ceased,2021-02-01,,,',
			'KC-1,assessment.requested,2026-03-01,,,'
		);
		expect(done.exitCode).toBe(0);
	});

	it('refuses rows of one case that disagree about the child, and one UPN for two cases', async () => {
		const done = await roster(
			'KC-1,A823432112003,Amira,Hassan,2018-05-14,,' + GUARDIAN,
			'KC-1,A823432112003,Amira,Hassan,2018-05-15,,G-2,Mr Ali Hassan,father,,,,P-07',
			'KC-2,A823432112003,Tom,Ode,2012-05-14,,G-3,Ms Jo Ode,mother,,,,P-07'
		);
		expect(done.report.problems.map((p) => [p.row, p.column])).toEqual([
			[3, 'date_of_birth'],
			[4, 'upn']
		]);
	});
});

describe('what a file of a stranger may try', () => {
	it('reports a guardian reference that stands beside two names, and takes the rows', async () => {
		const done = await roster(
			'KC-1,,Amira,Hassan,2018-05-14,,1,Mrs Hodan Hassan,mother,,,,P-07',
			'KC-2,,Tom,Ode,2012-05-14,,1,Ms Jo Ode,mother,,,,P-07',
			'KC-3,,Yusuf,Hassan,2015-05-14,,1,mrs hodan  hassan,mother,,,,P-07'
		);
		expect(done.report.problems.map((p) => [p.row, p.column])).toEqual([[3, 'guardian_ref']]);
		expect(done.report.rows).toMatchObject({ accepted: 3, refused: 0 });
		expect(said(done)).not.toMatch(/Hodan|Jo Ode/);
	});

	it('sends nothing to the terminal that steers it', async () => {
		const { importCommand } = await import('#server/importers/command.ts');
		const { fileOf, HEAD, TODAY } = await import('./support.ts');
		const text = `\ufeff${HEAD['case-events']},Team\u001b]0;x\u0007\nKC-1,assessment.requested,\u001b[2J\u009b31m2026,,,\n`;
		const path = fileOf('steer\u001b[1m.csv', Buffer.from(text, 'utf16le'));
		for (const more of [[], ['--json']]) {
			const words = ['case-events', path, '--dry-run', ...more];
			const done = await importCommand(words, { cwd: '/', today: TODAY, open: async () => null });
			expect(done.exitCode).toBe(1);
			// eslint-disable-next-line no-control-regex -- control characters are what is looked for
			expect(done.stdout + done.stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
			expect(done.stdout).toContain('is not a date');
		}
	});
});

describe('what is only laid out another way is read', () => {
	it('takes headings in any order and capitals, spaces, unknown columns, blank rows and missing cells at the end', async () => {
		const done = await judge('case-events', csvOf('case-events'));
		expect(done.exitCode).toBe(2);
		const { fileOf } = await import('./support.ts');
		const path = fileOf(
			'odd.csv',
			'Event Date,Team, EVENT-TYPE ,Case Ref,Detail\r\n\r\n2026-08-03,East,Assessment.Requested,KC-1\r\n ,,,,\r\n"2026-09-01 00:00:00",East,advice.requested,KC-1,Adviser=School\r\n'
		);
		const odd = await judge('case-events', path);
		expect(odd.report.problems).toEqual([]);
		expect(odd.report.rows).toMatchObject({ read: 2, accepted: 2 });
		expect(odd.notes.join()).toMatch(/Team/);
	});

	it('numbers rows as a spreadsheet does, cells with line breaks included', async () => {
		const done = await event('KC-1,note,2026-08-03,,,"two\nlines"', 'KC-1,note,2026-02-31,,,');
		expect(done.report.problems.map((p) => p.row)).toEqual([3]);
	});

	it('takes a phone number that begins with + and a language by its name', async () => {
		const people = await judge('people', csvOf('people', 'duty,L-1,East duty,,+44 7700 900123,,,,,,,,,'));
		expect(people.exitCode).toBe(0);
		const cases = await roster('KC-1,,Amira,Hassan,2018-05-14,,G-1,Mrs Hodan Hassan,mother,,Somali,BSL,P-07');
		expect(cases.report.rows.accepted).toBe(1);
	});
});
