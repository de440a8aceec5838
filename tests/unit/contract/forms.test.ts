import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	fitsQuestion,
	FORMS,
	newestForm,
	readChosen,
	writeChosen,
	type FormQuestion
} from '#contract/forms.ts';
import { ANSWER_LENGTH } from '#contract/sync/sending.ts';

const withChoices = FORMS.flatMap(({ questions }) => questions.filter(({ kind }) => kind === 'choices'));
const picks = fc.constantFrom(...withChoices).chain((question) =>
	fc.record({
		question: fc.constant(question),
		ids: fc.subarray([...question.choices!], { maxLength: question.most ?? question.choices!.length }),
		words: fc.string({ unit: 'binary-ascii' })
	})
);

describe('an answer with choices', () => {
	it('is read as it was written, whatever the words hold', () => {
		fc.assert(
			fc.property(picks, ({ question, ids, words }) => {
				const answer = writeChosen(question, { ids, words });
				expect(readChosen(answer)).toEqual({ ids, words: words.trim() === '' ? '' : words });
				expect(fitsQuestion(question, answer)).toBe(true);
			})
		);
	});

	it('is one text however it came about: in another order, twice, with space at its end', () => {
		fc.assert(
			fc.property(picks, ({ question, ids, words }) => {
				const answer = writeChosen(question, { ids, words });
				expect(writeChosen(question, { ids: [...ids, ...ids].reverse(), words })).toBe(answer);
				// As it is sent (views-state.ts takes the space away).
				if (answer.trim() !== '') expect(fitsQuestion(question, answer.trim())).toBe(true);
			})
		);
	});

	it('of any other text is refused', () => {
		const one = { id: 'meeting', symbol: 'message', kind: 'choices', choices: ['yes', 'no'], most: 1 };
		const fits = (answer: string) => fitsQuestion(one as FormQuestion, answer);
		expect(['yes', 'no|But soon.', '|Maybe.', 'yes|a|b'].map(fits)).toEqual([true, true, true, true]);
		expect(
			['maybe', 'yes,no', 'yes,yes', 'yes,', ',yes', 'Yes', ' yes', 'yes|', 'yes| ', 'I would like to'].map(
				fits
			)
		).toEqual(Array(10).fill(false));
		const many = withChoices.find(({ id }) => id === 'feel')!;
		expect(fitsQuestion(many, 'calm,happy')).toBe(false);
		fc.assert(
			fc.property(fc.string(), (text) => {
				const { ids } = readChosen(text);
				fc.pre(ids.some((id) => !many.choices!.includes(id)));
				expect(fitsQuestion(many, text)).toBe(false);
			})
		);
	});

	it('with everything chosen is far below the longest answer', () => {
		for (const question of withChoices)
			expect(writeChosen(question, { ids: [...question.choices!], words: '' }).length).toBeLessThan(
				ANSWER_LENGTH / 10
			);
	});
});

describe('forms', () => {
	it('that were published stay as they were', () => {
		const ids = (form: string) => newestForm(form)?.questions.map(({ id }) => id);
		expect(ids('annual-review')).toEqual([
			...['about', 'going-well', 'hard', 'health', 'help-now', 'change', 'future', 'other']
		]);
		expect(ids('assessment')).toEqual([
			...['about', 'going-well', 'hard', 'health', 'tried', 'need', 'future', 'other']
		]);
		expect(ids('draft-answer')).toEqual(['right', 'missing', 'wrong', 'setting', 'meeting', 'other']);
		expect(ids('after-review')).toEqual(['who', 'heard', 'agreed', 'not-said', 'next']);
		expect(ids('profile')).toEqual(['matters', 'help', 'upsets', 'communicate', 'health']);
		expect(ids('child-voice')).toEqual(['feel', 'helps', 'who', 'hard', 'places', 'tell']);
	});

	it('hold ids that the wire and the encoding take', () => {
		for (const { form, questions } of FORMS) {
			expect(form).toMatch(/^[a-z-]{1,40}$/);
			for (const { id, kind, choices = [] } of questions) {
				expect(id).toMatch(/^[a-z-]{1,40}$/);
				expect(choices.length > 0).toBe(kind === 'choices');
				for (const choice of choices) expect(choice).toMatch(/^[a-z-]+$/);
				expect(new Set(choices).size).toBe(choices.length);
			}
		}
	});
});
