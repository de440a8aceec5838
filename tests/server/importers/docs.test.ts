import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#domain/case/vocabulary.ts';
import { caseEventsLayout } from '#server/importers/case-events/columns.ts';
import { casesLayout } from '#server/importers/cases/columns.ts';
import { peopleLayout } from '#server/importers/people/columns.ts';
import { judge } from './support.ts';

const doc = readFileSync('docs/importing.md', 'utf8');
const LAYOUTS = [casesLayout, caseEventsLayout, peopleLayout];

/** The first cell of each row of the tables under a heading, in order. */
function firstCells(heading: string): { name: string; line: string }[] {
	const part = doc.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	return [...part.matchAll(/^\| `([^`]+)` \|.*$/gm)].map((match) => ({
		name: match[1] ?? '',
		line: match[0]
	}));
}

describe('what docs/importing.md says is what the importer does', () => {
	it.each(LAYOUTS.map((layout) => [layout.kind, layout] as const))(
		'%s: the field table lists exactly the columns',
		(kind, layout) => {
			const rows = firstCells(kind).slice(0, layout.columns.length);
			expect(rows.map((row) => row.name)).toEqual(layout.columns.map((column) => column.name));
			expect(rows.map((row) => row.line)).toEqual(
				layout.columns.map(
					(column) =>
						`| \`${column.name}\` | ${column.required ? 'yes' : ''} | ${column.holds} | \`${column.example}\` |`
				)
			);
		}
	);

	it('lists exactly the event types', () => {
		expect(
			firstCells('case-events')
				.slice(caseEventsLayout.columns.length)
				.map((row) => row.name)
		).toEqual(EVENT_TYPES);
	});

	it.each(LAYOUTS.map((layout) => [layout.kind, layout] as const))(
		'%s: template and sample hold every column and import cleanly',
		async (kind, layout) => {
			for (const folder of ['templates', 'samples']) {
				const path = `docs/${folder}/${kind}.csv`;
				expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(
					layout.columns.map((column) => column.name).join(',')
				);
				const done = await judge(kind, path);
				expect([path, done.exitCode, done.report.problems, done.notes]).toEqual([path, 0, [], []]);
				expect(done.report.rows.accepted).toBeGreaterThan(0);
			}
		}
	);

	it('the SEN2 sample imports cleanly', async () => {
		const done = await judge('sen2', 'docs/samples/sen2.xml');
		expect([done.exitCode, done.report.rows.accepted]).toEqual([0, 3]);
	});
});
