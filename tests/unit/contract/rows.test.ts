import { describe, expect, it } from 'vitest';
import { isKnownRow, ROW_SHAPES } from '#contract/rows.ts';
import { day, list, number, object, record, text } from '#contract/shape.ts';

const event = { type: 'assessment.requested', on: '2026-09-01', detail: {} };

describe('shapes', () => {
	it('name the first field that does not fit', () => {
		const shape = object({ child: object({}, { bornOn: day }) }, { seen: list(text), more: record(number) });
		expect(shape.fault({ child: { bornOn: '2019-05-21' } })).toBeNull();
		expect(shape.fault({ child: { bornOn: '21.5.2019' } })).toBe('child.bornOn');
		expect(shape.fault({ child: {}, seen: ['a', 1] })).toBe('seen.1');
		expect(shape.fault({ child: {}, more: { a: NaN } })).toBe('more.a');
		expect(shape.fault({})).toBe('child');
		expect(() => shape.parse([])).toThrow(TypeError);
	});

	it('take no array, null or text for an object, and no object for a list', () => {
		for (const value of [null, [], 'x', 1, undefined]) expect(object({}).is(value)).toBe(false);
		for (const value of [null, [], 'x']) expect(record(text).is(value)).toBe(false);
		expect(list(text).is({ 0: 'a', length: 1 })).toBe(false);
	});
});

describe('rows', () => {
	it('keep what they do not know, and let what is optional be absent', () => {
		const value = { ...event, laterField: { a: 1 }, note: undefined };
		expect(ROW_SHAPES.event.parse(value)).toBe(value);
	});

	it.each([
		['a type nobody knows', { ...event, type: 'assessment.imagined' }],
		['a day that is none', { ...event, on: '1 September' }],
		['a detail that is no text', { ...event, detail: { by: 1 } }],
		['a source nobody is', { ...event, source: { said: 'neighbour' } }],
		['no detail', { type: event.type, on: event.on }]
	])('refuse an event with %s', (_, value) => {
		expect(isKnownRow({ t: 'event', v: event })).toBe(true);
		expect(isKnownRow({ t: 'event', v: value })).toBe(false);
	});

	it('park a type of a newer app', () => expect(isKnownRow({ t: 'plan', v: {} })).toBe(false));
	it('do not take an inherited name for a type', () =>
		expect(isKnownRow({ t: 'constructor', v: {} })).toBe(false));
});
