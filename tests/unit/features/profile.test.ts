import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMS } from '#contract/forms.ts';
import { profileShape } from '#contract/rows.ts';
import type { Child } from '#features/open-case/children.ts';
import {
	PROFILE_SECTIONS,
	saveSection,
	sectionsIn,
	withSection,
	writtenIn,
	type ProfileValue
} from '#features/open-case/profile.ts';
import { isSame } from '#features/profile/last-sent.ts';
import { PASSPORTS, shownIn } from '#features/profile/passports.ts';
import { asText } from '#features/profile/section-words.ts';
import { SECTION_FOR, withAdded } from '#features/views/from-profile.ts';

const CHILD = { key: 'c', councilCase: 'c', localCase: 'l' } as Child;
const row = (v: ProfileValue, id = 'p') => ({ id, scope: 's', v });

describe('what is told once', () => {
	it('one section changes and all others stay, in any order of writing', () => {
		const change = fc.record({ section: fc.constantFrom(...PROFILE_SECTIONS), words: fc.string() });
		fc.assert(
			fc.property(fc.array(change), (changes) => {
				let v: ProfileValue = { case: 'l', sections: {} };
				for (const one of changes) v = withSection(v, { ...one, at: '2026-11-25T10:00:00Z' });
				const last = Object.fromEntries(changes.map(({ section, words }) => [section, words]));
				expect(v.sections).toEqual(last);
				expect(profileShape.is(v)).toBe(true);
			})
		);
	});

	it('of a child that was linked is each section as it was written last, whichever row came first', () => {
		const typed = row({
			...{ case: 'l', changedAt: '2026-01-01' },
			sections: { matters: 'old', help: 'kept' }
		});
		const council = row({ case: 'c', changedAt: '2026-02-01', sections: { matters: 'new' } }, 'q');
		const other = row({ case: 'x', sections: { matters: 'another child' } }, 'r');
		const want = { matters: 'new', help: 'kept' };
		expect(sectionsIn([typed, council, other], CHILD)).toEqual(want);
		expect(sectionsIn([other, council, typed], CHILD)).toEqual(want);
		expect(sectionsIn([other], CHILD)).toEqual({});
	});

	it('is in the order of the page, without what is only space', () =>
		expect(writtenIn({ health: ' inhaler ', matters: 'trains', help: ' \n' })).toEqual([
			{ id: 'matters', words: 'trains' },
			{ id: 'health', words: 'inhaler' }
		]));

	it('two fields that are kept at once both stay', async () => {
		let rows: { scope: string; t: string; id: string; v: ProfileValue }[] = [];
		const store = {
			begin: async () => ({ id: 'me' }),
			rows: () => rows,
			put: async ([one]: typeof rows) => {
				// A disk takes its time, and gives the other one the chance to overtake.
				await new Promise((done) => setImmediate(done));
				rows = [...rows.filter(({ id }) => id !== one!.id), one!];
			}
		};
		const open = { parts: { store }, today: { now: () => new Date('2026-11-25') } } as never;
		await Promise.all([
			saveSection(open, CHILD, { section: 'matters', words: 'trains' }),
			saveSection(open, CHILD, { section: 'help', words: 'wait' }),
			saveSection(open, CHILD, { section: 'health', words: 'inhaler' })
		]);
		expect(rows).toHaveLength(1);
		expect(rows[0]!.v.sections).toEqual({ matters: 'trains', help: 'wait', health: 'inhaler' });
		expect(rows[0]!.scope).toBe('case:l:own:me');
	});

	it('a write that fails is told, and holds up no other', async () => {
		let full = true;
		const put = async () => {
			if (full) throw new Error('full');
		};
		const store = { begin: async () => ({ id: 'me' }), rows: () => [], put };
		const open = { parts: { store }, today: { now: () => new Date('2026-11-25') } } as never;
		await expect(saveSection(open, CHILD, { section: 'matters', words: 'x' })).rejects.toThrow('full');
		full = false;
		await expect(saveSection(open, CHILD, { section: 'matters', words: 'x' })).resolves.toBeUndefined();
	});
});

describe('shown', () => {
	it('to a hospital and to a taxi is what they need, and no gap for strangers', () => {
		for (const sections of Object.values(PASSPORTS))
			expect(sections.filter((id) => !PROFILE_SECTIONS.includes(id))).toEqual([]);
		expect([...PASSPORTS.all].sort()).toEqual([...PROFILE_SECTIONS].sort());
		expect(PASSPORTS.taxi).not.toContain('health');
		const written = writtenIn({ health: 'inhaler', communicate: 'signs', matters: 'trains' });
		expect(shownIn('hospital', written).map(({ id }) => id)).toEqual(['communicate', 'health']);
		expect(shownIn('taxi', written).map(({ id }) => id)).toEqual(['communicate']);
	});

	it('as text is the words as they are', () =>
		expect(asText('Robin', [{ heading: 'A', words: 'one\ntwo' }])).toBe('Robin\n\nA\none\ntwo\n'));

	it('the same words are the same, and one more section is not', () => {
		expect(isSame({ a: 'x', b: 'y' }, { b: 'y', a: 'x' })).toBe(true);
		expect(isSame({ a: 'x' }, { a: 'x', b: 'y' })).toBe(false);
		expect(isSame({ a: 'x' }, { a: 'z' })).toBe(false);
	});
});

describe('used in a form', () => {
	it('own words stay first and whole, and nothing is put there twice', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ minLength: 1 }), (box, words) => {
				const after = withAdded(box, words);
				expect(after).toContain(words);
				if (box.trim() !== '') expect(after.startsWith(box.trimEnd())).toBe(true);
				expect(withAdded(after, words)).toBe(after.trim() === '' ? words : after);
			})
		);
	});

	it('every row of the table names a question and a section that are there', () => {
		for (const [form, rows] of Object.entries(SECTION_FOR))
			for (const [question, section] of Object.entries(rows)) {
				expect(PROFILE_SECTIONS).toContain(section);
				expect(FORMS.find((one) => one.form === form)?.questions.map(({ id }) => id)).toContain(question);
			}
	});
});
