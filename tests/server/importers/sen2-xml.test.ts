import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileOf, judge, said } from './support.ts';

export const SAMPLE = 'tests/fixtures/imports/sen2-2025.xml';
const xml = readFileSync(SAMPLE, 'utf8');
const sen2 = (content: string | Uint8Array) => judge('sen2', fileOf('sen2.xml', content));
const person = (inside: string, upn = 'A823432112003') =>
	`<Root><Persons><Person><PersonBirthDate>2018-05-14</PersonBirthDate><UPN>${upn}</UPN>${inside}</Person></Persons></Root>`;

describe('a SEN2 return in XML', () => {
	it('counts persons as rows, and tells of the one who has no UPN', async () => {
		const done = await judge('sen2', SAMPLE);
		expect(done.exitCode).toBe(0);
		expect(done.report.rows).toEqual({ read: 4, accepted: 3, refused: 0, unchanged: 1 });
		expect(done.report.created).toEqual({ persons: 3, events: 10, suppressed: 1 });
		expect(done.report.problems).toEqual([expect.objectContaining({ row: 42, column: 'person[4]/upn' })]);
	});

	it.each([
		[
			'another root and a namespace',
			xml
				.replaceAll('Message', 'Return')
				.replace('<Return>', '<x:Return xmlns:x="urn:x">')
				.replace('</Return>', '</x:Return>')
		],
		[
			'prefixes on every name',
			xml.replace(/<(\/?)([A-Z])/g, '<$1n:$2').replace('<n:Message>', '<n:Message xmlns:n="urn:n">')
		],
		[
			'names in small letters',
			xml.replace(
				/<(\/?)([A-Za-z0-9]+)>/g,
				(_, slash: string, name: string) => `<${slash}${name.toLowerCase()}>`
			)
		],
		['no line breaks', xml.replace(/>\s+</g, '><')],
		['a mark at its start', '\ufeff' + xml],
		['CDATA', xml.replace('<UPN>A823432112003</UPN>', '<UPN><![CDATA[A823432112003]]></UPN>')],
		[
			'older names',
			xml.replace(/<(\/?)Sex>/g, '<$1gendercurrent>').replace(/<(\/?)Surname>/g, '<$1FamilyName>')
		]
	])('is read the same with %s', async (_name, content) => {
		const done = await sen2(content);
		expect(done.report.rows).toMatchObject({ read: 4, accepted: 3, refused: 0 });
		expect(done.report.created).toEqual({ persons: 3, events: 10, suppressed: 1 });
	});

	it('flags a decision before the meeting, and refuses an impossible day, a future one and an end before its start', async () => {
		const review = await sen2(
			person(
				'<Requests><ActivePlans><ReviewMeeting>2024-12-20</ReviewMeeting><LastReview>2024-12-02</LastReview></ActivePlans></Requests>'
			)
		);
		expect([review.exitCode, said(review)]).toEqual([
			0,
			expect.stringMatching(/decided on 2024-12-02, before the meeting/)
		]);
		for (const [dates, words] of [
			['<ReceivedDate>2024-02-31</ReceivedDate>', /no such day/],
			['<ReceivedDate>2027-02-01</ReceivedDate>', /in the future/],
			[
				'<ReceivedDate>2024-03-01</ReceivedDate><RequestOutcomeDate>2024-02-01</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome>',
				/before receiveddate/
			]
		] as const) {
			const done = await sen2(person(`<Requests>${dates}</Requests>`));
			expect(done.report.rows).toMatchObject({ read: 1, refused: 1 });
			expect(said(done)).toMatch(words);
		}
	});

	it('refuses a UPN that stands twice', async () => {
		const one = person('').replace('<Root><Persons>', '').replace('</Persons></Root>', '');
		const done = await sen2(`<R><Persons>${one}${one}</Persons></R>`);
		expect(done.report.rows).toMatchObject({ read: 2, refused: 1 });
	});

	it('holds neither name, postcode, sex, ethnicity nor ULN of anybody', async () => {
		const { inspect } = await import('#server/importers/read/inspect.ts');
		const { fileAt } = await import('#server/importers/read/source-file.ts');
		const { personsOf } = await import('#server/importers/sen2/persons.ts');
		const found = [];
		for await (const one of personsOf([await inspect(await fileAt(SAMPLE))])) found.push(one);
		const held = JSON.stringify(found);
		for (const word of ['Hassan', 'Amira', 'KC1', 'BSOM', '1234567890', 'SLCN', '"F"'])
			expect(held).not.toContain(word);
		expect(held).toContain('2024-01-15');
	});
});

describe('XML that means harm or is broken', () => {
	const bomb = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
	it.each([
		['a DOCTYPE', '<!DOCTYPE r>' + person(''), /DOCTYPE/],
		['many laughs', bomb + person('<X>&b;</X>'), /DOCTYPE/],
		[
			'an outside entity',
			'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + person('<X>&x;</X>'),
			/DOCTYPE/
		],
		['a long DOCTYPE', `<!DOCTYPE r [${'<!ENTITY a "b">'.repeat(20_000)}]>` + person(''), /DOCTYPE/],
		['an entity nobody declared', person('<X>&x;</X>'), /broken/],
		['deep nesting', '<r>'.repeat(100_000), /20 levels deep/],
		['a tag left open', person('').slice(0, -8), /broken/],
		['tags crossed', '<a><Person></a></Person>', /broken/],
		['no person', '<Message><Header/></Message>', /no Person/],
		['a person of too many parts', person('<Requests></Requests>'.repeat(1001)), /too many parts/],
		['an attribute without end', '<Person a="' + 'x'.repeat(300_000), /broken/],
		['plain text', 'hello', /neither XML/],
		['a lone CSV', 'a,b\n1,2\n', /neither XML/]
	])('%s', async (_name, content, words) => {
		const done = await sen2(content);
		expect(done.exitCode).toBe(2);
		expect(said(done)).toMatch(words);
		expect(done.report.created).toEqual({});
		expect(done.report.rows.accepted).toBe(0);
	});
});
