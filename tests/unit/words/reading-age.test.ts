import { describe, expect, it } from 'vitest';
import { gradeOf, syllables } from '../../../scripts/words/reading-age.ts';
import { isProse, sentences, words } from '../../../scripts/words/plain-text.ts';

describe('syllables', () => {
	it.each([
		['the', 1],
		['week', 1],
		['weeks', 1],
		['here', 1],
		['needs', 1],
		['asked', 1],
		['used', 1],
		['makes', 1],
		['child', 1],
		['needed', 2],
		['council', 2],
		['table', 2],
		['changes', 2],
		['letter', 2],
		['yearly', 2],
		['safely', 2],
		['movement', 2],
		['mediation', 4],
		['tribunal', 3],
		['adviser', 3],
		['create', 2],
		['assessment', 3],
		['ombudsman', 3],
		['psychologist', 4]
	])('%s has %i', (word, count) => expect(syllables(word)).toBe(count));
});

describe('Flesch-Kincaid grade', () => {
	// Both figures are worked out by hand from the published formula; the second sentence is the one encyclopedias quote.
	it('gives the easiest sentence −1.45', () =>
		expect(gradeOf(['The cat sat on the mat.'], syllables)).toBeCloseTo(-1.45, 2));

	it('gives the platypus 11.3', () =>
		expect(
			gradeOf(
				['The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.'],
				syllables
			)
		).toBeCloseTo(11.26, 1));

	it('rises with longer sentences and longer words', () => {
		const plain = gradeOf(['The council has six weeks. It must tell you.']);
		const joined = gradeOf(['The council has six weeks and by then it must tell you.']);
		const statute = gradeOf([
			'The authority shall determine the application notwithstanding the considerations aforementioned.'
		]);
		expect(joined).toBeGreaterThan(plain);
		expect(statute).toBeGreaterThan(12);
	});

	it('counts a term nobody can replace as two syllables, and only that', () => {
		expect(gradeOf(['The mediation is here.'])).toBeLessThan(gradeOf(['The mediation is here.'], syllables));
		expect(gradeOf(['The notwithstanding is here.'])).toBe(
			gradeOf(['The notwithstanding is here.'], syllables)
		);
	});
});

describe('plain text', () => {
	it('splits sentences of English, Urdu and both question marks', () => {
		expect(sentences('One. Two? Three.')).toHaveLength(3);
		expect(sentences('کونسل نے ہاں کہا۔ کب؟ کل۔')).toHaveLength(3);
	});

	it('reads a value as one word and a tag as none', () => {
		expect(words('Call <b>{{name}}</b> by {{day}}.')).toEqual(['Call', 'Sam', 'by', 'Sam.']);
	});

	it('knows prose from a label', () => {
		expect(isProse('The council said yes.')).toBe(true);
		expect(isProse('Your people')).toBe(false);
	});
});
