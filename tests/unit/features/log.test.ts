import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD_KINDS, recordShape } from '#contract/rows.ts';
import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import { addDays, daysBetween, isWeekend } from '#domain/time/civil-date.ts';
import { schoolDays, schoolYearStart } from '#features/log/days-out.ts';
import { fieldsOf, kindFrom, problemsOf, valueOf, type RecordFields } from '#features/log/record-fields.ts';
import { headOf, isRule, logAsText, monthsOf, oldestFirst } from '#features/log/record-words.ts';
import { numbersOf } from '#features/open-case/pending-call.svelte.ts';
import { familyOf } from '#features/open-case/projection.ts';
import { recordsIn, type LogRecord } from '#features/open-case/records.ts';
import { loadWords } from '#i18n/words.svelte.ts';

await loadWords(['log', 'home', 'titles']);

const day = fc.integer({ min: 0, max: 1200 }).map((n) => addDays('2024-01-01', n));
const spell = fc
	.record({ on: day, length: fc.integer({ min: 0, max: 60 }), open: fc.boolean() })
	.map(({ on, length, open }) => (open ? { on } : { on, until: addDays(on, length) }));
const YEAR = { from: '2024-01-01', to: '2027-12-31' };

describe('days out of school', () => {
	it('are school days, each once, however the notes overlap and in whatever order they were written', () => {
		fc.assert(
			fc.property(fc.array(spell, { maxLength: 8 }), (spells) => {
				const written = new Set(
					spells.flatMap(({ on, until }: { on: string; until?: string }) =>
						Array.from({ length: daysBetween(on, until ?? on) + 1 }, (_, at) => addDays(on, at))
					)
				);
				const kept = [...written].filter((one) => !isWeekend(one) && !ENGLAND_AND_WALES.days.has(one));
				expect(schoolDays(spells, YEAR)).toBe(kept.length);
				expect(schoolDays([...spells, ...spells].reverse(), YEAR)).toBe(kept.length);
			})
		);
	});
	it('are counted inside the school year only, and never ahead of today', () => {
		const long = [{ on: '2026-08-27', until: '2026-09-02' }];
		expect(schoolDays(long, { from: '2026-09-01', to: '2026-11-25' })).toBe(2);
		expect(schoolDays(long, { from: '2026-09-01', to: '2026-09-01' })).toBe(1);
		// The August bank holiday, and the weekend before it.
		expect(schoolDays([{ on: '2026-08-28', until: '2026-08-31' }], YEAR)).toBe(1);
		expect(schoolDays([{ on: '2019-01-01', until: '2026-09-01' }], YEAR)).toBe(0);
	});
	it('belong to the year that began on 1 September', () => {
		expect(schoolYearStart('2026-08-31')).toBe('2025-09-01');
		expect(schoolYearStart('2026-09-01')).toBe('2026-09-01');
		expect(schoolYearStart('2027-01-04')).toBe('2026-09-01');
	});
});

const words = fc.string({ maxLength: 30 });
const fields: fc.Arbitrary<RecordFields> = fc.record({
	kind: fc.constantFrom(...RECORD_KINDS),
	on: fc.oneof(day, fc.constant('' as const)),
	until: fc.oneof(day, fc.constant('' as const)),
	...{ who: words, phone: words, hours: words, text: words, about: words }
});

describe('what is typed', () => {
	it('is a row at every moment, with a day, and the words as they stand', () => {
		fc.assert(
			fc.property(fields, day, (typed, today) => {
				const row = { ...valueOf(typed, today), case: 'c1' };
				expect(recordShape.fault(row)).toBeNull();
				expect(row.text).toBe(typed.text);
				expect(row.on).toBe(typed.on || today);
				const again = fieldsOf(row);
				expect(valueOf(again, today)).toEqual(valueOf({ ...typed, on: row.on }, today));
			})
		);
	});
	it('is asked for no more than its kind needs', () => {
		const none = { on: '2026-11-25', until: '', who: '', phone: '', hours: '', text: '', about: '' } as const;
		const faults = (more: Partial<RecordFields>) =>
			problemsOf({ ...none, kind: 'note', ...more }).map((one) => one.key);
		expect(faults({})).toEqual(['log:add.empty']);
		expect(faults({ kind: 'call' })).toEqual(['log:add.emptyCall']);
		expect(faults({ kind: 'call', who: 'Dawn Harris' })).toEqual([]);
		expect(faults({ kind: 'out-of-school' })).toEqual([]);
		expect(faults({ kind: 'out-of-school', until: '2026-11-24' })).toEqual(['log:add.untilBefore']);
		// What another kind asked for does not count.
		expect(faults({ text: 'x', until: '2026-11-24' })).toEqual([]);
	});
	it('takes a kind and a rule from an address, and nothing else', () => {
		expect(kindFrom('call')).toBe('call');
		expect(kindFrom('Dawn')).toBeUndefined();
		expect(kindFrom(null)).toBeUndefined();
		expect(isRule('EHCNA-6W-DECISION')).toBe(true);
		expect(isRule('adviser.school')).toBe(false);
		expect(isRule('Dawn Harris')).toBe(false);
	});
});

const SCOPE = 'case:c1:own:p1';
const row = (id: string, v: object, scope = SCOPE) => ({
	...{ scope, t: 'record', id, ver: 0, sv: 1 },
	v: { kind: 'note', case: 'c1', text: '', ...v }
});
const family = familyOf([
	{ scope: SCOPE, t: 'case', id: 'c1', ver: 0, sv: 1, v: { child: { givenName: 'Robin' } } },
	row('a', { on: '2026-10-30', text: 'First' }),
	row('b', {
		on: '2026-11-02',
		kind: 'call',
		who: 'Dawn Harris',
		phone: '01632 960144',
		text: 'Second\nline'
	}),
	row('c', { on: '2026-11-02', changedAt: '2026-11-02T10:00:00Z', text: 'Third' }),
	row('d', { on: '2026-11-09', text: 'Another child', case: 'c2' }),
	row('e', { on: 'soon', text: 'No day' })
]);
const child = family.children[0]!;
const rows: LogRecord[] = recordsIn(family.known.record, child);

describe('the list', () => {
	it('has this child’s lines, newest first, by month', () => {
		expect(rows.map((one) => one.id)).toEqual(['c', 'b', 'a']);
		expect(monthsOf(rows).map(({ month, rows: all }) => [month, all.length])).toEqual([
			['2026-11', 2],
			['2026-10', 1]
		]);
	});
	it('is handed on oldest first, with its days in words, who and what', () => {
		expect(oldestFirst(rows).map((one) => one.id)).toEqual(['a', 'b', 'c']);
		expect(headOf(rows[1]!.v)).toBe('Phone call: Dawn Harris');
		expect(logAsText(rows, { name: 'Robin', today: '2026-11-25' })).toBe(
			[
				'What we wrote down about Robin\nMade on Wednesday 25 November 2026. The family wrote it.',
				'Friday 30 October 2026\nNote\nFirst',
				'Monday 2 November 2026\nPhone call: Dawn Harris\n01632 960144\nSecond\nline',
				'Monday 2 November 2026\nNote\nThird'
			].join('\n\n')
		);
	});
});

it('the number of whoever stands in is told apart from the officer’s own', () => {
	const officer = { name: 'Dawn', phone: '1', fallbackName: 'Duty', fallbackPhone: '2' };
	const line = { id: 'l1', v: { name: 'Line' } };
	expect(numbersOf([{ id: 'p1', v: officer }, line])).toEqual([
		{ row: 'p1', name: 'Dawn', phone: '1' },
		{ row: 'p1', name: 'Duty', phone: '2', away: true },
		{ row: 'l1', name: 'Line', phone: undefined }
	]);
});
