import type { CaseEvent } from '#domain/case/case-event.ts';
import type { EventType } from '#domain/case/vocabulary.ts';
import type { Journey, Step } from '#domain/journey/journey.ts';
import type { View } from '../open-case/projection.ts';

/** The late duty of this step, if one is late now and it is not one of its parts (those say it themselves). */
export function lateOf(step: Step, journey: Journey): Journey['late'][number] | undefined {
	const keys = new Set(step.milestones.map((m) => m.key));
	return journey.late.find((late) => keys.has(late.milestone.key) && !late.milestone.trigger.adviser);
}

/** The facts that say when this step happened: two when the council and the family gave two days for one fact. */
export function saidDays(step: Step): CaseEvent[] {
	const first = step.events[0];
	if (!first) return [];
	const same = step.events.filter((event) => event.type === first.type);
	return new Set(same.map((event) => event.on)).size > 1 && step.parts.length === 0
		? same
		: step.events.length === 1
			? [first]
			: [];
}

/** The kind of fact that would give this step its day, when nobody has stated it. */
export function missingOf(step: Step, journey: Journey): EventType | undefined {
	const rules = new Set(step.milestones.map((m) => m.rule));
	return journey.missing.find((one) => one.type && rules.has(one.rule))?.type;
}

/** True when the day of a stop is the last day a rule gives; a day somebody set, such as a meeting's, is no limit. */
export const isLimit = (step: Step): boolean =>
	step.state !== 'done' && step.milestones.some((m) => m.due === step.on);

/** What the council last wrote since this step came into hand: its own words, told only where they still matter. */
export function lastNote(step: Step, { events, journey }: View): CaseEvent | undefined {
	const since = journey.tracks
		.find((track) => track.steps.includes(step))
		?.steps.flatMap((one) => (one.state === 'done' && one.on ? [one.on] : []))
		.sort()
		.at(-1);
	return events.findLast(
		(event) =>
			event.type === 'note' && event.note && event.source?.said !== 'family' && event.on >= (since ?? '')
	);
}
