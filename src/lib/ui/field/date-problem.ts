import { t } from '#i18n/words.svelte.ts';
import type { DateProblem } from './read-date.ts';

/** A problem with a typed date, as a plain sentence for the field and for ErrorSummary. */
export function sayDateProblem(problem: DateProblem): string {
	if (problem.code === 'part')
		return t('shell:date.part', { part: t(`shell:date.${problem.part}`).toLowerCase() });
	if (problem.code === 'badYear') return t('shell:date.badYear', { year: problem.year });
	return t(`shell:date.${problem.code}`);
}
