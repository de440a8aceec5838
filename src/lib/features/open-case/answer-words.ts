import { formOf, readChosen, type Chosen } from '#contract/forms.ts';
import { has, wordsFor } from '#i18n/words.svelte.ts';

/**
 * What an answer says in words, for every screen and paper that shows one: a question with choices is sent as ids (contract/forms.ts).
 * Needs the namespace `views`. `say` is another language's way to say a path of it, such as `english`.
 */
type Asked = { form: string; version: number; question: string };
type Say = (path: string) => string;
const here: Say = (path) => (has('views', path) ? wordsFor('views', path) : (path.split('.').at(-1) ?? path));

export const choiceWord = (
	{ form, question }: Pick<Asked, 'form' | 'question'>,
	id: string,
	say: Say = here
): string => say(`form.${form}.${question}.choice.${id}`);

/** Undefined: it was answered in own words. */
export function chosenIn({ form, version, question }: Asked, answer: string): Chosen | undefined {
	const asked = formOf(form, version)?.questions.find((one) => one.id === question);
	return asked?.kind === 'choices' ? readChosen(answer) : undefined;
}

/** Each choice on a line of its own, then the own words: as the officer reads it, and as it stands on paper. */
export function answerText(asked: Asked, answer: string, say: Say = here): string {
	const chosen = chosenIn(asked, answer);
	if (!chosen) return answer;
	const picked = chosen.ids.map((id) => choiceWord(asked, id, say)).join('\n');
	return [picked, chosen.words.trim()].filter((part) => part !== '').join('\n\n');
}
