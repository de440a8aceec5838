import type { Step } from '#domain/journey/journey.ts';
import { has, wordsFor } from '#i18n/words.svelte.ts';
import { saidOf } from '../open-case/words.ts';

/**
 * A stop that is behind us is told as what happened ("The council said yes"), by the fact that ended it; one ahead as what
 * comes. Stops that several facts end, or none, have a sentence of their own.
 */
export function titleOfStep(step: Step): string {
	const coming = wordsFor('timeline', `step.${step.key}`);
	// Overtaken, and nobody said when: that it happened is likely, not known.
	if (step.state !== 'done' || !step.on) return coming;
	const ended = step.parts.length === 0 ? step.events.findLast((event) => event.on === step.on) : undefined;
	if (ended) return saidOf(ended);
	return has('timeline', `done.${step.key}`) ? wordsFor('timeline', `done.${step.key}`) : coming;
}

/** What can be said of a stop that has no day yet: the time the law gives it, where it does, else that nobody knows. */
export function withoutDay(step: Step): string {
	const own = step.state === 'ahead' || step.state === 'now' ? `noDayFor.${step.key}` : '';
	return wordsFor('timeline', own && has('timeline', own) ? own : 'noDay');
}
