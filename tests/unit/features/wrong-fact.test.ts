import { describe, expect, it } from 'vitest';
import { fittingStarts, startOf } from '#features/messages/starts.ts';
import { wrongFact } from '#features/messages/wrong-fact.ts';
import { familyOf } from '#features/open-case/projection.ts';
import { loadWords, setLanguage } from '#i18n/words.svelte.ts';

await loadWords(['messages', 'events', 'titles', 'home']);

const CASE = '11111111-1111-4111-8111-111111111111';
const SHARED = `case:${CASE}:shared`;
const OWN = `case:${CASE}:own:22222222-2222-4222-8222-222222222222`;
const row = (scope: string, t: string, id: string, v: object) => ({ scope, t, id, ver: 1, sv: 1, v });
const { children, known } = familyOf([
	row(SHARED, 'case', 'k', {
		child: { givenName: 'Robin', familyName: 'Ash', bornOn: '2018-04-30', schoolName: 'Hill School' },
		ref: 'TW-1'
	}),
	row(SHARED, 'event', 'e1', { type: 'plan.finalised', on: '2026-05-12', detail: { kind: 'amended' } }),
	row(SHARED, 'event', 'e2', { type: 'advice.received', on: '2026-05-01', detail: { adviser: 'school' } }),
	row(SHARED, 'person', 'p1', { role: 'case-officer', name: 'Dawn Harris' }),
	row(OWN, 'event', 'mine', { type: 'note', on: '2026-05-12', detail: {} }),
	row(OWN, 'person', 'aunt', { role: 'other', name: 'Aunt Jo' })
]);
const child = children[0]!;
const startFor = (id: string) => {
	const fact = wrongFact(child, known.case, id);
	return fact && startOf(fittingStarts(undefined, fact)[0]!, child, '2026-11-25');
};

describe('a fact that looks wrong', () => {
	it('is said back as the record has it: a date, a person, the child itself', () => {
		expect(startFor('e1')?.text).toContain(
			'Your record says this: The council sent the changed plan. The day is Tuesday 12 May 2026.'
		);
		expect(startFor('e2')?.text).toContain('The council got the advice');
		expect(startFor('e2')?.text).not.toContain('adviser.');
		expect(startFor('p1')?.text).toContain('Dawn Harris');
		const held = startFor('k')?.text;
		for (const said of ['Robin Ash', '30 April 2018', 'Hill School', 'TW-1']) expect(held).toContain(said);
		for (const id of ['e1', 'p1', 'k']) expect(startFor(id)?.text).toContain('Please check it');
	});
	it('goes to the council with the event it is about; other rows have no id there', () => {
		expect(startFor('e1')).toMatchObject({ id: 'wrong', about: 'e1', asked: true });
		expect(startFor('p1')).toMatchObject({ id: 'wrong', asked: true });
		expect(startFor('p1')?.about).toBeUndefined();
	});
	it('is never something that the family typed, and never another child’s', () => {
		for (const id of ['mine', 'aunt', 'gone', '']) expect(startFor(id)).toBeUndefined();
		const other = { ...child, councilCase: 'another', councilEvents: [], people: [] };
		for (const id of ['e1', 'p1', 'k']) expect(wrongFact(other, known.case, id)).toBeUndefined();
	});
	it('stands in English for the council, with the family’s own language beside it', async () => {
		await setLanguage('ur');
		const start = startFor('e1');
		await setLanguage('en');
		expect(start?.text).toContain('This looks wrong to me.');
		expect(start?.said).toContain('مجھے یہ غلط لگتا ہے');
		expect(start?.said).not.toContain('looks wrong');
	});
});
