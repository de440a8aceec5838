import type { FormDefinition } from '#contract/forms.ts';
import { formatDay } from '#i18n/format.ts';
import { currentLanguage, english, t } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { nameOf } from '../open-case/words.ts';
import { askOf, englishAskOf, englishTitleOf, titleOfForm } from './form-words.ts';
import type { Paper } from './paper.ts';

/**
 * The words as paper. The questions stand in English for whoever gets it, and in the reader's language beneath, so that a parent knows
 * which is which.
 */
export function paperOf(
	{ form, questions }: FormDefinition,
	answers: Record<string, string>,
	{ child, today }: { child: Child; today: string }
): Paper {
	const own = currentLanguage().code !== 'en';
	const name = nameOf(child);
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
			...(answers[id] !== undefined && { words: answers[id] })
		})),
		none: own ? `${english('views:check.none')} ${t('views:check.none')}` : t('views:check.none')
	};
}
