import { readCase } from '#domain/case/read-case.ts';
import { describe, expect, test } from 'vitest';

const asOf = '2026-02-20';
const one = (event: unknown) => readCase({ asOf, events: [event] });
const problems = (value: unknown) => {
	const reading = readCase(value);
	return reading.ok ? [] : reading.problems;
};

describe('a sound case', () => {
	test('needs type and on, and keeps what it was given', () => {
		const reading = readCase({
			asOf,
			child: { bornOn: '2019-03-04' },
			council: 'E08000025',
			events: [
				{ type: 'assessment.requested', on: '2026-01-05' },
				{
					id: 'e2',
					type: 'complaint.made',
					on: '2026-01-06',
					detail: { stage: 2, kind: 'council' },
					recordedAt: '2026-01-06T10:00:00Z',
					note: 'by post'
				}
			]
		});
		expect(reading).toEqual({
			ok: true,
			case: {
				asOf,
				child: { bornOn: '2019-03-04' },
				council: 'E08000025',
				events: [
					{ id: '#000000', type: 'assessment.requested', on: '2026-01-05', detail: {} },
					{
						id: 'e2',
						type: 'complaint.made',
						on: '2026-01-06',
						detail: { stage: '2', kind: 'council' },
						recordedAt: '2026-01-06T10:00:00Z',
						note: 'by post'
					}
				]
			},
			remarks: []
		});
	});
	test('empty, null and false details are details that nobody gave; true is a raised flag', () => {
		const reading = one({
			type: 'review.amendment-notice',
			on: '2026-01-05',
			detail: { outside: true, kind: '', re: null, x: false }
		});
		expect(reading.ok && reading.case.events[0]?.detail).toEqual({ outside: 'yes' });
	});
	test('the same fact twice under one id is no fault', () => {
		const event = { id: 'a', type: 'draft.served', on: '2026-01-05' };
		expect(readCase({ asOf, events: [event, event] })).toMatchObject({ ok: true, remarks: [] });
		const other = { id: 'a', type: 'plan.finalised', on: '2026-01-06' };
		expect(readCase({ asOf, events: [event, other] })).toMatchObject({
			ok: true,
			remarks: [{ code: 'id-given-twice', event: 'a' }]
		});
	});
	test('fields that nobody knows are remarked on by name', () => {
		const reading = readCase({
			asOf,
			title: 'x',
			child: { born: '2019-01-01' },
			events: [{ type: 'note', on: '2026-01-05', when: '' }]
		});
		expect(reading.ok && reading.remarks.map(({ message }) => message)).toEqual([
			'"title" of the case is not used.',
			'"born" of child is not used.',
			'"when" of events[0] is not used.'
		]);
	});
	test('a council may say what it promises', () => {
		const reading = readCase({
			asOf,
			council: { code: 'x', promises: ['CO-BCC-15WD', { rule: 'CO-BCC-REVIEW-20WD', source: 'page' }] },
			events: []
		});
		expect(reading.ok && reading.case.council).toEqual({
			code: 'x',
			promises: [
				{ rule: 'CO-BCC-15WD', source: 'the case file' },
				{ rule: 'CO-BCC-REVIEW-20WD', source: 'page' }
			]
		});
	});
});

describe('refused by name', () => {
	test.each<[string, unknown, string]>([
		['31 February', { type: 'draft.served', on: '2026-02-31' }, '2026-02-31'],
		['no date', { type: 'draft.served' }, 'on is missing'],
		['a time', { type: 'draft.served', on: '2026-02-01T10:00:00Z' }, 'not a date'],
		['a number', { type: 'draft.served', on: 20260201 }, 'not a date'],
		['an unknown type', { type: 'draft.sent', on: '2026-02-01' }, 'draft.sent'],
		['a type from Object', { type: 'toString', on: '2026-02-01' }, 'toString'],
		['no type', { on: '2026-02-01' }, 'type'],
		['not an object', 'draft.served', 'is an object'],
		['a list', [], 'is an object'],
		[
			'an adviser of no known kind',
			{ type: 'advice.requested', on: '2026-02-01', detail: { adviser: 'dentist' } },
			'dentist'
		],
		[
			'an outcome of no known kind',
			{ type: 'review.decided', on: '2026-02-01', detail: { outcome: 'keep' } },
			'keep'
		],
		[
			'one bad outcome of several',
			{ type: 'appeal.order', on: '2026-02-01', detail: { outcome: 'amend,pay' } },
			'"pay"'
		],
		[
			'an empty outcome of several',
			{ type: 'appeal.order', on: '2026-02-01', detail: { outcome: 'amend,' } },
			'""'
		],
		['a phase', { type: 'transfer.expected', on: '2026-02-01', detail: { phase: 'nursery' } }, 'nursery'],
		[
			'a start that is no date',
			{ type: 'transfer.expected', on: '2026-02-01', detail: { startsOn: '2026-09-31' } },
			'2026-09-31'
		],
		['a fourth stage', { type: 'complaint.made', on: '2026-02-01', detail: { stage: 4 } }, '"4"'],
		[
			'a flag that says no',
			{ type: 'review.amendment-notice', on: '2026-02-01', detail: { outside: 'no' } },
			'only be "yes"'
		],
		['an exception', { type: 'exception.claimed', on: '2026-02-01', detail: { exception: 'X7' } }, 'X7'],
		[
			'an end before its start',
			{ type: 'exception.claimed', on: '2026-02-01', detail: { from: '2026-02-10', to: '2026-02-09' } },
			'before'
		],
		[
			'a list of details',
			{ type: 'draft.served', on: '2026-02-01', detail: ['first'] },
			'detail is an object'
		],
		['a detail in a detail', { type: 'draft.served', on: '2026-02-01', detail: { kind: { a: 1 } } }, 'kind'],
		['a moment that is none', { type: 'draft.served', on: '2026-02-01', recordedAt: 'today' }, 'today'],
		['an id that is none', { type: 'draft.served', on: '2026-02-01', id: {} }, 'id']
	])('%s', (_, event, word) => {
		const found = problems({ asOf, events: [event] });
		expect(found.length).toBeGreaterThan(0);
		expect(found.join(' ')).toContain(word);
		expect(found.join(' ')).toContain('events[0]');
	});
	test.each<[string, unknown, string]>([
		['no asOf', { events: [] }, 'asOf is missing'],
		['asOf that is no date', { asOf: '2026-02-30', events: [] }, '2026-02-30'],
		['no events', { asOf }, 'events is missing'],
		['events that are no list', { asOf, events: {} }, 'events is a list'],
		['a child that is a date', { asOf, child: '2019-01-01', events: [] }, 'child is an object'],
		['a birth that is no date', { asOf, child: { bornOn: '2019-02-29' }, events: [] }, '2019-02-29'],
		['a council that is a number', { asOf, council: 5, events: [] }, 'council'],
		['a promise that is a number', { asOf, council: { promises: [5] }, events: [] }, 'names no rule'],
		['no case', null, 'A case is an object'],
		['a text', 'case', 'A case is an object']
	])('%s', (_, value, word) => {
		expect(problems(value).join(' ')).toContain(word);
	});
	test('every fault at once, each with its place', () => {
		const found = problems({
			asOf: 'x',
			events: [
				{ type: 'note', on: '2026-01-01' },
				{ type: 'x', on: 'y' }
			]
		});
		expect(found).toHaveLength(3);
		expect(found[1]).toContain('events[1]');
	});
});
