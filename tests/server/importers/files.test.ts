import { mkdirSync, writeFileSync, openSync, ftruncateSync, closeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, HEAD, judge, said } from './support.ts';
import { zipOf } from './zip-of.ts';

const ROSTER = `${HEAD.cases}\nKC-1,,José,Müller-“Łuk”,2018-05-14,,G-1,Zoë Müller,mother,,,,P-07\n`;
const LATIN = `${HEAD.cases}\nKC-1,,José,Müller,2018-05-14,,G-1,Zoë Müller,mother,"5 “The Row” – £1",,,P-07\n`;

/** windows-1252 as Excel for Windows writes it. */
function windows1252(text: string): Buffer {
	const high: Record<string, number> = { '“': 0x93, '”': 0x94, '–': 0x96 };
	return Buffer.from([...text].map((letter) => high[letter] ?? letter.codePointAt(0) ?? 0));
}
const utf16 = (text: string, big = false) => {
	const little = Buffer.from(text, 'utf16le');
	return big ? Buffer.from(little).swap16() : little;
};

describe('encodings', () => {
	it.each([
		['UTF-8 with a mark', Buffer.from('\ufeff' + ROSTER)],
		['windows-1252', windows1252(LATIN)],
		['UTF-16 with a mark', utf16('\ufeff' + ROSTER)],
		['UTF-16, the other way round', utf16('\ufeff' + ROSTER, true)],
		['UTF-16 without a mark', utf16(LATIN)]
	])('%s is read', async (name, bytes) => {
		const done = await judge('cases', fileOf('roster.csv', bytes));
		expect(said(done)).toBe('');
		expect(done.report.rows).toEqual({ read: 1, accepted: 1, refused: 0, unchanged: 0 });
		expect(done.notes.length).toBe(name.startsWith('UTF-8') ? 0 : 1);
	});

	it('letters come through as they were', async () => {
		const { csvRows } = await import('#server/importers/read/csv-rows.ts');
		const { inspect } = await import('#server/importers/read/inspect.ts');
		const { fileAt } = await import('#server/importers/read/source-file.ts');
		const { casesLayout } = await import('#server/importers/cases/columns.ts');
		for (const bytes of [windows1252(LATIN), utf16('\ufeff' + LATIN), Buffer.from('\ufeff' + LATIN)]) {
			const rows = [];
			for await (const row of csvRows(await inspect(await fileAt(fileOf('r.csv', bytes))), casesLayout))
				rows.push(row.cells);
			expect(rows[0]).toMatchObject({
				child_given_name: 'José',
				guardian_address: '5 “The Row” – £1',
				case_ref: 'KC-1'
			});
		}
	});

	it.each([
		['two encodings glued together', Buffer.concat([Buffer.from(ROSTER), windows1252('KC-2,,José')])],
		[
			'bytes of no encoding',
			Buffer.concat([Buffer.from(HEAD.cases + '\n'), Buffer.from([0x4b, 0x81, 0x8d, 0x2c])])
		],
		['zero bytes', Buffer.from(ROSTER.replace('José', 'Jo\0sé'))],
		['control characters', Buffer.from(ROSTER.replace('José', 'Jo\x01sé'))],
		['UTF-16 cut in a letter', utf16('\ufeff' + ROSTER).subarray(0, -1)],
		['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x4b, 0, 0, 0])]
	])('%s is refused', async (_name, bytes) => {
		const done = await judge('cases', fileOf('roster.csv', bytes));
		expect(done.exitCode).toBe(2);
		expect(done.report.problems).toHaveLength(1);
		expect(done.report.problems[0]?.mend).not.toBe('');
	});
});

describe('files that cannot be used', () => {
	it.each([
		['empty', 'cases', '', /empty/],
		['blank lines only', 'cases', '\n\n\n', /no rows/],
		['a heading only', 'cases', HEAD.cases + '\n', /no rows under the heading/],
		['no heading', 'cases', ROSTER.split('\n')[1] + '\n', /no case_ref/],
		[
			'a heading that is missing one',
			'case-events',
			'case_ref,event_type,date\nKC-1,note,2026-01-01\n',
			/no event_date/
		],
		[
			'a heading twice',
			'case-events',
			'case_ref,event_type,event_date,event date\nKC-1,note,2026-01-01,\n',
			/Two columns/
		],
		['semicolons', 'case-events', 'case_ref;event_type;event_date\nKC-1;note;2026-01-01\n', /semicolons/],
		['tabs', 'case-events', 'case_ref\tevent_type\tevent_date\nKC-1\tnote\t2026-01-01\n', /tabs/],
		['upright bars', 'cases', HEAD.cases.replaceAll(',', '|') + '\n', /upright bars/],
		['XML', 'cases', '<?xml version="1.0"?><a/>', /XML/],
		['JSON', 'cases', '[{"case_ref":"KC-1"}]', /JSON/],
		['an Excel workbook', 'cases', Buffer.from('PK\x03\x04xxxx', 'latin1'), /Excel/],
		['a PDF', 'cases', '%PDF-1.7 xxxx', /PDF/],
		[
			'a quote never closed',
			'case-events',
			`${HEAD['case-events']}\nKC-1,note,2026-01-01,,,"open\nKC-1,note,2026-01-02,,,\n`,
			/never closed/
		]
	])('%s', async (_name, kind, content, words) => {
		const done = await judge(kind, fileOf('file.csv', content));
		expect(done.exitCode).toBe(2);
		expect(done.report.rows.accepted === 0 || /never closed/.test(said(done))).toBe(true);
		expect(done.report.created).toEqual({});
		expect(said(done)).toMatch(words);
		expect(done.report.problems.every((p) => p.file === 'file.csv')).toBe(true);
	});

	it('a missing file, a folder, no file, an unknown kind and a kind of later', async () => {
		const missing = await judge('cases', '/nowhere/roster.csv');
		expect([missing.exitCode, missing.report.files, missing.report.problems[0]?.file]).toEqual([
			2,
			[{ name: 'roster.csv', sha256: null }],
			'roster.csv'
		]);
		expect(said(await judge('cases', dirname(fileOf('a.csv', 'x'))))).toMatch(/a folder/);
		expect(said(await judge('cases', []))).toMatch(/No file was named/);
		expect(said(await judge('caes', 'a.csv'))).toMatch(/no kind of import/);
		for (const later of ['open-referral', 'directory-csv', 'schools', 'waits']) {
			const done = await judge(later, fileOf('a.csv', 'x'));
			expect([done.exitCode, said(done)]).toEqual([
				2,
				expect.stringContaining(`Importing ${later} is not built yet`)
			]);
		}
	});

	it('a file over 400 MB, before it is read', async () => {
		const path = fileOf('large.csv', HEAD.cases);
		const file = openSync(path, 'r+');
		ftruncateSync(file, 401 * 1024 * 1024);
		closeSync(file);
		const started = Date.now();
		expect(said(await judge('cases', path))).toMatch(/401 MB/);
		expect(Date.now() - started).toBeLessThan(1000);
	});

	it('a 200 MB file of nothing but zeros, without holding it', async () => {
		const path = fileOf('zeros.csv', HEAD.cases);
		const file = openSync(path, 'r+');
		ftruncateSync(file, 200 * 1024 * 1024);
		closeSync(file);
		const before = process.memoryUsage().rss;
		expect(said(await judge('cases', path))).toMatch(/zero bytes/);
		expect(process.memoryUsage().rss - before).toBeLessThan(250e6);
	});
});

describe('zips and folders', () => {
	const PERSON = 'persontableid,upn,personbirthdate\n1,A823432112003,2018-05-14\n';

	it.each([
		[
			'more than twelve files',
			zipOf(Array.from({ length: 13 }, (_, i) => ({ name: `f${i}.csv`, content: 'a' }))),
			/more than 12/
		],
		['a zip in the zip', zipOf([{ name: 'inner.zip', content: 'PK' }]), /another packed file/],
		['a path out of it', zipOf([{ name: '../../etc/person.csv', content: PERSON }]), /cannot be read/],
		['an absolute path', zipOf([{ name: '/etc/person.csv', content: PERSON }]), /cannot be read/],
		[
			'two files of one name',
			zipOf([
				{ name: 'a/person.csv', content: PERSON },
				{ name: 'b/person.csv', content: PERSON }
			]),
			/same name/
		],
		['a bomb', zipOf([{ name: 'person.csv', content: Buffer.alloc(50e6, 0x61) }]), /times its size/],
		[
			'a bomb that lies about its size',
			zipOf([{ name: 'person.csv', content: Buffer.alloc(5e6, 0x61), claim: 100 }]),
			/cannot be read|too many bytes/
		],
		[
			'more than 400 MB',
			zipOf([{ name: 'person.csv', content: PERSON, claim: 500e6, packed: 100e6 }]),
			/400 MB/
		],
		['nothing', zipOf([]), /empty/],
		['a broken end', zipOf([{ name: 'person.csv', content: PERSON }]).subarray(0, -10), /cannot be read/]
	])('%s', async (_name, bytes, words) => {
		const done = await judge('sen2', fileOf('blade.zip', bytes));
		expect(done.exitCode).toBe(2);
		expect(said(done)).toMatch(words);
	});

	it('an empty folder and a crowded one', async () => {
		const empty = join(dirname(fileOf('x', 'x')), 'empty');
		mkdirSync(empty);
		expect(said(await judge('sen2', empty))).toMatch(/folder is empty/);
		for (let i = 0; i < 13; i++) writeFileSync(join(empty, `${i}.csv`), 'x');
		expect(said(await judge('sen2', empty))).toMatch(/13 files/);
	});
});
