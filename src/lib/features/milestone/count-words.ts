import type { Count } from '#domain/law/rule-record.ts';
import type { Step } from '#domain/time/counting.ts';
import { t } from '#i18n/words.svelte.ts';

/** The length a rule gives, in words. Limbs and combinations have no one length: the rule's own sentence says it. */
function stepWords(step: Step): string | undefined {
	switch (step.op) {
		case 'W':
		case 'W-':
		case 'BACK':
			return t('milestone:span.weeks', { count: step.n });
		case 'M':
		case 'M-':
			return t('milestone:span.months', { count: step.n });
		case 'CD':
			return t('milestone:span.days', { count: step.n });
		case 'ON':
			return t('milestone:span.sameDay');
		case 'D15i':
			return t('milestone:span.days', { count: 15 });
		case 'WDx':
		case 'WDi':
		case 'WDt':
		case 'WDt-':
			return t('milestone:span.workingDays', { count: step.n });
		case 'FIX':
			return undefined;
	}
}

export type Length = { words: string; back: boolean };

/** "6 weeks", and whether it is counted back from the day. Undefined: the day is set by a calendar or by several limbs. */
export function lengthOf(count: Count): Length | undefined {
	if (!('steps' in count)) return undefined;
	const words = count.steps.map(stepWords);
	if (words.length === 0 || words.some((word) => word === undefined)) return undefined;
	return {
		words: words.join(' + '),
		back: count.steps.some((step) => ['W-', 'M-', 'BACK', 'WDt-'].includes(step.op))
	};
}
