import { definitionOf } from './form-words.ts';

/** The page that a question is answered on, by its kind; pictures are fetched where there are some. */
export async function askPage(form: string, question: string) {
	const asked = definitionOf(form)?.questions.find(({ id }) => id === question);
	const { default: AskPage } = await (asked?.kind === 'choices'
		? import('./ChoicePage.svelte')
		: import('./QuestionPage.svelte'));
	return AskPage;
}
