import type { CaseEvent } from '#domain/case/case-event.ts';
import { readCase } from '#domain/case/read-case.ts';
import { EVENT_DETAILS, EVENT_TYPES, ORDER_OUTCOMES, type DetailShape } from '#domain/case/vocabulary.ts';
import { DEMO_COUNCIL } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import type { LawResult } from '#domain/law/milestone.ts';
import { RULE_IDS } from '#domain/law/remark-set.ts';
import { ruleById } from '#domain/law/rule-set.ts';
import { dayNumber, fromDayNumber } from '#domain/time/civil-date.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';

const day = fc.integer({ min: dayNumber('2019-06-01'), max: dayNumber('2029-06-01') }).map(fromDayNumber);

function detailOf(type: (typeof EVENT_TYPES)[number]): fc.Arbitrary<Record<string, string>> {
	const value = (field: string, shape: DetailShape): fc.Arbitrary<string> => {
		if (field === 'outcome' && shape === 'text') return fc.constantFrom(...ORDER_OUTCOMES);
		if (field === 'rule') return fc.constantFrom(...RULE_IDS);
		if (shape === 'text') return fc.constantFrom('discrimination', 'e1', 'e2', 'Oak');
		if (shape === 'date') return day;
		if (shape === 'flag') return fc.constant('yes');
		return fc.constantFrom(...(shape === 'stage' ? ['1', '2', '3'] : shape));
	};
	const shapes: [string, DetailShape][] = Object.entries(EVENT_DETAILS[type]);
	return fc.record(Object.fromEntries(shapes.map(([field, shape]) => [field, value(field, shape)])), {
		requiredKeys: []
	}) as fc.Arbitrary<Record<string, string>>;
}

const event = fc
	.constantFrom(...EVENT_TYPES)
	.chain((type) => fc.record({ type: fc.constant(type), on: day, detail: detailOf(type) }));
const events = fc
	.array(event, { maxLength: 14 })
	.map((list) => list.map((item, index): CaseEvent => ({ id: `e${index}`, ...item })));
const bornOn = fc.option(
	fc.integer({ min: dayNumber('2004-01-01'), max: dayNumber('2024-12-31') }).map(fromDayNumber),
	{ nil: undefined }
);
const aCase = fc.record({
	events,
	asOf: day,
	child: fc.record({ bornOn }),
	council: fc.constant(DEMO_COUNCIL)
});
const property = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) =>
	fc.assert(fc.property(arbitrary, holds), { numRuns: 300 });

const dates = ({ milestones }: LawResult) =>
	milestones.map(({ rule, trigger, due, strictDue, sendBy, aimFor, needs, certain, alternatives }) =>
		JSON.stringify({ rule, trigger, due, strictDue, sendBy, aimFor, needs, certain, alternatives })
	);

describe('any case at all', () => {
	test('is read, never throws, and every milestone says its whole story', () =>
		property(aCase, (input) => {
			const { milestones } = lawFor(input);
			for (const milestone of milestones) {
				expect(ruleById(milestone.rule)).toBeDefined();
				expect(milestone.due !== undefined || milestone.needs !== undefined, milestone.rule).toBe(true);
				expect(milestone.needs !== undefined && milestone.due !== undefined, milestone.rule).toBe(false);
				const closed = ['done_on_time', 'done_late', 'moot', 'ended'].includes(milestone.state);
				if (closed) expect(milestone.closedBy, milestone.rule).toBeDefined();
				if (milestone.closedBy)
					expect(['late', 'upcoming', 'due_today', 'not_started']).not.toContain(milestone.state);
				if (milestone.state === 'late') expect((milestone.due ?? '') < input.asOf).toBe(true);
				if (milestone.state === 'unknown_calendar') expect(milestone.certain).toBe(false);
				if (milestone.sendBy) expect(milestone.sendBy < (milestone.due ?? '')).toBe(true);
				if (ruleById(milestone.rule)?.passes) expect(milestone.state).not.toBe('late');
			}
		}));
	test('asOf decides states and no date', () =>
		property(fc.tuple(aCase, day), ([input, other]) => {
			expect(dates(lawFor({ ...input, asOf: other }))).toEqual(dates(lawFor(input)));
		}));
	test('one milestone for one trigger', () =>
		property(aCase, (input) => {
			const keys = lawFor(input).milestones.map(
				({ rule, trigger }) => `${rule} ${trigger.type} ${trigger.id}`
			);
			expect(new Set(keys).size).toBe(keys.length);
		}));
	test('the order of the list does not matter while ids tell events apart', () =>
		property(fc.tuple(aCase, fc.infiniteStream(fc.nat())), ([input, numbers]) => {
			const shuffled = input.events
				.map((item) => ({ item, key: numbers.next().value as number }))
				.sort((a, b) => a.key - b.key)
				.map(({ item }) => item);
			expect(lawFor({ ...input, events: shuffled })).toEqual(lawFor(input));
		}));
	test('a fact told twice changes nothing', () =>
		property(aCase, (input) => {
			const twins = input.events.map((item) => ({ ...item, id: `${item.id}-again` }));
			expect(dates(lawFor({ ...input, events: [...input.events, ...twins] }))).toEqual(dates(lawFor(input)));
		}));
	test('a claimed exception never makes or moves a date', () =>
		property(aCase, (input) => {
			const calm = input.events.filter(({ type }) => type !== 'exception.claimed');
			expect(dates(lawFor({ ...input, events: calm }))).toEqual(dates(lawFor(input)));
		}));
	test('what is written down and read again gives the same', () =>
		property(aCase, (input) => {
			const { council, ...told } = input;
			const reading = readCase(JSON.parse(JSON.stringify(told)));
			const sound = reading.ok ? reading.case : undefined;
			const backwards = input.events.some(
				({ detail }) => detail.from && detail.to && detail.to < detail.from
			);
			expect(reading.ok).toBe(!backwards);
			if (sound) expect(lawFor({ ...sound, council })).toEqual(lawFor(input));
		}));
});

describe('no result depends on the machine’s zone', () => {
	const zone = process.env.TZ;
	afterEach(() => {
		process.env.TZ = zone ?? '';
		if (zone === undefined) delete process.env.TZ;
	});
	test('London, Auckland, Los Angeles and Kiritimati agree', () =>
		property(aCase, (input) => {
			const [first, ...others] = [
				'Europe/London',
				'Pacific/Auckland',
				'America/Los_Angeles',
				'Pacific/Kiritimati'
			].map((name) => {
				process.env.TZ = name;
				return JSON.stringify(lawFor(input));
			});
			for (const other of others) expect(other).toBe(first);
		}));
});
