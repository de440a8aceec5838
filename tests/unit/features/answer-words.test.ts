import { expect, it } from 'vitest';
import { answerText, chosenIn } from '#features/open-case/answer-words.ts';
import { readableProfile } from '#features/open-case/profile-read.ts';
import { loadWords, useLanguage } from '#i18n/words.svelte.ts';

it('choices are said in words, own words as they are, and an answer in own words is left alone', async () => {
	useLanguage('en');
	await loadWords(['views']);
	const feel = { form: 'child-voice', version: 1, question: 'feel' };
	expect(answerText(feel, 'happy,tired|Not on Mondays. ')).toBe('Happy\nTired\n\nNot on Mondays.');
	expect(answerText(feel, '|Only this.')).toBe('Only this.');
	expect(answerText({ ...feel, question: 'tell' }, 'happy|sad')).toBe('happy|sad');
	expect(answerText({ ...feel, form: 'annual-review', question: 'hard' }, 'a,b|c')).toBe('a,b|c');
	// A form of a newer app: what it says can still be read.
	expect(chosenIn({ ...feel, version: 9 }, 'happy')).toBeUndefined();
	expect(answerText(feel, 'happy', (path) => path)).toBe('form.child-voice.feel.choice.happy');
});

it('a copy to read has what was told once, under its headings', async () => {
	useLanguage('en');
	await loadWords(['views']);
	const row = { id: 'p', scope: 's', ver: 0, local: true };
	const v = { case: 'c', sections: { health: 'Inhaler.', matters: ' Trains. ', help: ' ' } };
	expect(readableProfile([{ ...row, v }], { key: 'c' } as never)).toEqual([
		{ what: 'What matters to me', text: 'Trains.' },
		{ what: 'My health needs', text: 'Inhaler.' }
	]);
});
