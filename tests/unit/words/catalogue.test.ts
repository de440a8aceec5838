import { describe, expect, it } from 'vitest';
import { EVENT_DETAILS, EVENT_TYPES, ORDER_OUTCOMES } from '#domain/case/vocabulary.ts';
import { readLocale, splitPlural } from '../../../scripts/words/catalogue.ts';

const english = readLocale('en').strings;

describe('the English catalogue', () => {
	it.each(EVENT_TYPES)('says %s, and asks for its day', (type) => {
		expect(english.get(`events:${type}.said`)).toBeTruthy();
		expect(english.get(`events:${type}.ask`)).toMatch(/\?/);
	});

	it('names every detail of the vocabulary and every order a tribunal can make', () => {
		const fields = new Set(EVENT_TYPES.flatMap((type) => Object.keys(EVENT_DETAILS[type])));
		expect([...fields].filter((field) => !english.has(`events:fields.${field}`))).toEqual([]);
		expect(
			ORDER_OUTCOMES.filter((outcome) => !english.has(`events:details.orderOutcome.${outcome}`))
		).toEqual([]);
		const advisers = EVENT_DETAILS['advice.requested'].adviser;
		expect(advisers.filter((adviser) => !english.has(`titles:adviser.${adviser}`))).toEqual([]);
		const phases = EVENT_DETAILS['transfer.expected'].phase;
		expect(phases.filter((phase) => !english.has(`events:details.phase.${phase}`))).toEqual([]);
	});

	it('gives each rule a title that fits a card, its plain words, and what happens after', () => {
		const ids = [...english.keys()]
			.filter((key) => /^titles:[A-Z]/.test(key))
			.map((key) => key.replace('titles:', ''));
		expect(ids.length).toBeGreaterThan(90);
		for (const id of ids) {
			expect(english.get(`titles:${id}`)!.length, id).toBeLessThanOrEqual(40);
			expect(english.get(`legal:${id}.plain`), id).toBeTruthy();
			expect(english.get(`legal:${id}.missed`), id).toBeTruthy();
		}
	});

	it('takes a suffix for a plural only where the general form stands beside it', () => {
		const strings = new Map([
			['a:x_one', '1'],
			['a:x_other', '2'],
			['a:kind_one', '3']
		]);
		expect(splitPlural('a:x_one', strings)).toEqual({ base: 'a:x', plural: 'one' });
		expect(splitPlural('a:kind_one', strings)).toEqual({ base: 'a:kind_one' });
	});
});
