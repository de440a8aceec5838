import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writingDoc, type WritingDoc } from '#features/views/writing-doc.ts';

const QUESTIONS = ['about', 'hard', 'health'];
const ASKED = QUESTIONS.map((id) => ({ id, symbol: 'star' as const }));
const empty = () => writingDoc(ASKED, { answers: {} });
const words = fc.string({ maxLength: 20, unit: 'grapheme' });

describe('the words of a form', () => {
	it('are what was typed last, whatever stood there before', () => {
		fc.assert(
			fc.property(fc.array(words, { maxLength: 12 }), (typed) => {
				const doc = empty();
				for (const now of typed) {
					doc.type('about', now);
					expect(doc.text('about')).toBe(now);
				}
			})
		);
	});

	it('never break an emoji in two, so that half of one is never lost', () => {
		const doc = empty();
		doc.type('about', 'a😀b');
		doc.type('about', 'a😁b');
		expect(doc.answers()).toEqual({ about: 'a😁b' });
		const other = writingDoc(ASKED, { doc: doc.state(), answers: doc.answers() });
		expect(other.text('about')).toBe('a😁b');
	});

	it('of an older app that differ on two phones both stand there', () => {
		const [a, b] = ['Hello.', 'Goodbye!'].map((about) => writingDoc(ASKED, { answers: { about } }));
		a!.merge(b!.state());
		b!.merge(a!.state());
		for (const one of ['Hello.', 'Goodbye!']) expect(a!.text('about')).toContain(one);
		expect(b!.text('about')).toBe(a!.text('about'));
	});

	it('that came beside the document are taken into it once', () => {
		const before = empty();
		before.type('about', 'abc');
		const given = { doc: before.state(), answers: { about: 'abc def' } };
		const [a, b] = [1, 2].map(() => writingDoc(ASKED, given));
		a!.merge(b!.state());
		expect(a!.text('about')).toBe('abc def');
	});

	it('of an older app are taken over once, however often and on how many phones', () => {
		const answers = { about: 'Likes trains 🚂', health: 'Asthma' };
		const [a, b] = [1, 2].map(() => writingDoc(ASKED, { answers, skipped: ['hard'] }));
		a!.merge(b!.state());
		a!.merge(
			writingDoc(ASKED, {
				answers: { health: 'Asthma', about: 'Likes trains 🚂' },
				skipped: ['hard']
			}).state()
		);
		expect(a!.answers()).toEqual(answers);
		expect(a!.skipped()).toEqual(['hard']);
	});
});

describe('what was picked', () => {
	const PICKED = [
		{ id: 'feel', symbol: 'heart' as const, kind: 'choices' as const, choices: ['happy', 'sad', 'calm'] },
		{ id: 'meeting', symbol: 'message' as const, kind: 'choices' as const, choices: ['yes', 'no'], most: 1 }
	];
	it('reads as it was written, and joins what two phones picked', () => {
		const [a, b] = [1, 2].map(() => writingDoc(PICKED, { answers: { feel: 'sad|Mondays' } }));
		expect(a!.text('feel')).toBe('sad|Mondays');
		a!.type('feel', 'happy|Mondays');
		a!.type('meeting', 'yes');
		b!.type('feel', 'sad,calm|Mondays and Fridays');
		b!.type('meeting', 'no');
		a!.merge(b!.state());
		b!.merge(a!.state());
		expect(a!.answers()).toEqual(b!.answers());
		expect(a!.text('feel')).toBe('happy,calm|Mondays and Fridays');
		expect(['yes', 'no']).toContain(a!.text('meeting'));
		a!.type('meeting', '');
		expect(a!.text('meeting')).toBe('');
	});
});

const step = fc.record({
	who: fc.nat(2),
	question: fc.constantFrom(...QUESTIONS),
	now: words,
	/** Whether it then hears another phone. */
	hears: fc.option(fc.nat(2))
});

describe('three phones', () => {
	const typeOn = (doc: WritingDoc, question: string, now: string, keep: boolean) =>
		doc.type(question, keep ? doc.text(question) + now : now);

	it('come to the same words when each has heard the others, in any order', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
				const phones = [empty(), empty(), empty()];
				for (const { who, question, now, hears } of steps) {
					typeOn(phones[who]!, question, now, false);
					if (hears !== null) phones[who]!.merge(phones[hears]!.state());
				}
				for (const to of phones) for (const from of [...phones].reverse()) to.merge(from.state());
				for (const doc of phones) expect(doc.answers()).toEqual(phones[0]!.answers());
				for (const doc of phones) expect(doc.missingFrom(phones[0]!.state())).toBeNull();
			})
		);
	});

	it('never lose what was added apart: nobody took it away, so it is there', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
				const phones = [empty(), empty(), empty()];
				const added = steps.map(({ who, question, hears }, n) => {
					typeOn(phones[who]!, question, ` [${n}] `, true);
					if (hears !== null) phones[who]!.merge(phones[hears]!.state());
					return { question, mark: `[${n}]` };
				});
				for (const other of phones.slice(1)) phones[0]!.merge(other.state());
				for (const { question, mark } of added) expect(phones[0]!.text(question)).toContain(mark);
			})
		);
	});

	it('say what the other has not, and nothing when it has all', () => {
		const [a, b] = [empty(), empty()];
		a.type('about', 'Kind.');
		const first = a.missingFrom(undefined)!;
		expect(b.merge(first)).toEqual(['about']);
		expect(b.missingFrom(a.state())).toBeNull();
		b.type('about', '');
		expect(a.merge(b.missingFrom(a.state())!)).toEqual(['about']);
		expect(a.answers()).toEqual({});
	});
});
