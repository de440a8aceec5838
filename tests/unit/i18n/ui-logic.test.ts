import { describe, expect, it } from 'vitest';
import type { Ribbon } from '#domain/journey/journey.ts';
import { FSI, PDI } from '#i18n/bidi.ts';
import { readDate } from '#ui/field/read-date.ts';
import { marksOf } from '#ui/hero/ribbon.ts';
import { piecesOf } from '#ui/t/pieces.ts';
import { dialOf, groupsOf } from '#ui/tel/phone-number.ts';

const limits = {
	latest: '2025-04-10',
	earliest: '1990-01-01',
	months: ['January', 'February', 'March', 'April', 'May']
};
const read = (day: string, month: string, year: string) => readDate({ day, month, year }, limits);
const problem = (day: string, month: string, year: string) => {
	const got = read(day, month, year);
	return got.ok ? 'none' : got.problem.code;
};

describe('a typed date', () => {
	it('is read from numbers, names and other digits', () => {
		expect(read('8', '4', '2025')).toEqual({ ok: true, day: '2025-04-08' });
		expect(read(' 08 ', 'Apr', '2025')).toEqual({ ok: true, day: '2025-04-08' });
		expect(read('۸', '۴', '۲۰۲۵')).toEqual({ ok: true, day: '2025-04-08' });
		expect(read('29', '2', '2024')).toEqual({ ok: true, day: '2024-02-29' });
		expect(read('10', '4', '2025')).toEqual({ ok: true, day: '2025-04-10' });
	});

	it('is refused for the one thing that is wrong', () => {
		expect(problem('', '', '')).toBe('empty');
		expect(problem('8', '', '2025')).toBe('part');
		expect(problem('31', '2', '2025')).toBe('noSuchDay');
		expect(problem('0', '2', '2025')).toBe('noSuchDay');
		expect(problem('29', '2', '2025')).toBe('noSuchDay');
		expect(problem('8', '13', '2025')).toBe('badMonth');
		expect(problem('8', 'Ju', '2025')).toBe('badMonth');
		expect(problem('8', '4', '25')).toBe('badYear');
		expect(problem('11', '4', '2025')).toBe('tooLate');
		expect(problem('8', '4', '1925')).toBe('tooEarly');
	});
});

describe('the ribbon', () => {
	const base: Ribbon = {
		unit: 'week',
		of: 20,
		at: 13,
		past: 0,
		gates: [{ at: 6, rule: 'a', state: 'done' }]
	};

	it('has one mark a week, one of them now', () => {
		const marks = marksOf(base);
		expect(marks).toHaveLength(20);
		expect(marks.filter((mark) => mark.now).map((mark) => mark.at)).toEqual([13]);
		expect(marks.filter((mark) => mark.past)).toHaveLength(12);
		expect(marks.filter((mark) => mark.shown).map((mark) => mark.shown)).toEqual([6, 20]);
	});

	it('goes past the limit and ends at the true week', () => {
		const marks = marksOf({ ...base, at: 20, past: 3 });
		expect(marks).toHaveLength(23);
		expect(marks.at(-1)).toMatchObject({ at: 23, now: true, over: true, shown: 23 });
		const far = marksOf({ ...base, at: 20, past: 40 });
		expect(far).toHaveLength(28);
		expect(far.at(-1)?.shown).toBe(60);
	});
});

describe('words with markup', () => {
	it('are cut into pieces, and nothing else is markup', () => {
		expect(
			piecesOf('They will <b>not</b> write <i>it</i>').map((piece) => [piece.kind, piece.runs[0]?.text])
		).toEqual([
			['text', 'They will '],
			['strong', 'not'],
			['text', ' write <i>it</i>']
		]);
	});

	it('set a fenced value apart', () => {
		expect(piecesOf(`Call ${FSI}Dawn${PDI} now`)[0]?.runs).toEqual([
			{ text: 'Call ', apart: false },
			{ text: 'Dawn', apart: true },
			{ text: ' now', apart: false }
		]);
	});
});

describe('a telephone number', () => {
	it('is grouped to be read and stripped to be dialled', () => {
		expect(groupsOf('01632960144')).toBe('01632 960 144');
		expect(groupsOf('01213031234')).toBe('0121 303 1234');
		expect(groupsOf('02079460123')).toBe('020 7946 0123');
		expect(groupsOf('0300 123 4567')).toBe('0300 123 4567');
		expect(dialOf('+44 (0)1632 960144')).toBe('+441632960144');
	});
});
