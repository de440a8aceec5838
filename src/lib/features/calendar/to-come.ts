import type { Journey, KeyedMilestone } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';

export type DateToCome = { key: string; on: CivilDate; milestone: KeyedMilestone };

const OPEN: ReadonlySet<string> = new Set([
	'upcoming',
	'due_today',
	'not_started',
	'relaxed_claimed',
	'unknown_calendar'
]);

/**
 * Dates that still lie ahead, soonest first. A family's own last day goes in at its safe day, where it has one: a calendar
 * that reminds on the very last day reminds too late.
 */
export function datesToCome(journey: Journey): DateToCome[] {
	return journey.milestones
		.flatMap((milestone) => {
			const safe = milestone.actor === 'family' ? milestone.sendBy : undefined;
			const on = safe && safe >= journey.today ? safe : milestone.due;
			return on && on >= journey.today && OPEN.has(milestone.state)
				? [{ key: milestone.key, on, milestone }]
				: [];
		})
		.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
