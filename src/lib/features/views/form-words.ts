import { formOf, newestForm, type FormDefinition } from '#contract/forms.ts';
import { english, t, wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { baseOf, isTogether } from './together.ts';

/** The words of a form, by data. `name` is the child's, as the family calls it. */
export function titleOfForm(form: string): string {
	const title = wordsFor('views', `form.${baseOf(form)}.title`);
	return isTogether(form) ? t('views:together.titleOf', { form: title }) : title;
}
export const askOf = (form: string, question: string, name: string): string =>
	wordsFor('views', `form.${baseOf(form)}.${question}.ask`, { name });
export const hintOf = (form: string, question: string, name: string): string =>
	wordsFor('views', `form.${baseOf(form)}.${question}.hint`, { name });
/** For paper and for the council: the questions stay in English there, whatever language the answers are in. */
export const englishAskOf = (form: string, question: string, child: Child): string =>
	english(`views:form.${baseOf(form)}.${question}.ask`, { name: child.name ?? english('home:yourChild') });
export const englishTitleOf = (form: string): string => english(`views:form.${baseOf(form)}.title`);

/** The version a draft was begun in, or else the newest; under the name that the form has on this phone. */
export function definitionOf(form: string, version?: number): FormDefinition | undefined {
	const base = baseOf(form);
	const found = (version === undefined ? undefined : formOf(base, version)) ?? newestForm(base);
	return found && (found.form === form ? found : { ...found, form });
}

export const placeOf = ({ questions }: FormDefinition, id: string): number =>
	questions.findIndex((one) => one.id === id);

export const progressOf = (at: number, of: number): string => t('views:progress', { at: at + 1, of });

/** For the tab of the browser: without the child's name, which does not belong in a history. */
export function pageTitleOf(form: string, question: string): string {
	const definition = definitionOf(form);
	const at = definition ? placeOf(definition, question) : -1;
	if (!definition || at < 0) return t('views:unknown.title');
	const ask = askOf(form, question, t('home:yourChild'));
	return `${progressOf(at, definition.questions.length)}: ${ask}`;
}
