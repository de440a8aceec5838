import type { FormDefinition } from '#contract/forms.ts';
import { formatDay } from '#i18n/format.ts';
import { currentLanguage, english, t } from '#i18n/words.svelte.ts';
import { choiceWord, chosenIn } from '../open-case/answer-words.ts';
import type { Child } from '../open-case/children.ts';
import { nameOf } from '../open-case/words.ts';
import { askOf, englishAskOf, englishTitleOf, titleOfForm } from './form-words.ts';
import type { Paper } from './paper.ts';

/**
 * The words as paper. The questions stand in English for whoever gets it, and in the reader's language beneath, so that a parent knows
 * which is which.
 */
export function paperOf(
	{ form, version, questions }: FormDefinition,
	answers: Record<string, string>,
	{ child, today }: { child: Child; today: string }
): Paper {
	const own = currentLanguage().code !== 'en';
	const name = nameOf(child);
	const inEnglish = (path: string) => english(`views:${path}`);
	/** What was chosen stands as the questions do: English for whoever gets it, then the reader's own. */
	function words(id: string, answer: string): string {
		const chosen = chosenIn({ form, version, question: id }, answer);
		if (!chosen) return answer;
		const lines = chosen.ids.map((choice) => {
			const said = choiceWord({ form, question: id }, choice, inEnglish);
			return own ? `${said} (${choiceWord({ form, question: id }, choice)})` : said;
		});
		return [lines.join('\n'), chosen.words.trim()].filter(Boolean).join('\n\n');
	}
	const about = [
		[child.name, child.ref].filter(Boolean).join(', '),
		formatDay(today, 'full', 'en'),
		own ? titleOfForm(form) : ''
	].filter(Boolean);
	return {
		title: englishTitleOf(form),
		about,
		parts: questions.map(({ id }) => ({
			ask: [englishAskOf(form, id, child), ...(own ? [askOf(form, id, name)] : [])].join('\n   '),
			...(answers[id] !== undefined && { words: words(id, answers[id]) })
		})),
		none: own ? `${english('views:check.none')} ${t('views:check.none')}` : t('views:check.none')
	};
}
