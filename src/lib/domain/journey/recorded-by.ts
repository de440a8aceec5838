import type { CaseEvent } from '../case/case-event.ts';
import type { CivilDate } from '../time/civil-date.ts';
import { londonDay } from '../time/instant.ts';

/**
 * The facts that were known on a day, in London: with the rules of that day they give again what the family was shown. A fact
 * that does not say when it was recorded counts as always known.
 */
export function recordedBy<E extends CaseEvent>(events: readonly E[], day: CivilDate): E[] {
	return events.filter((e) => {
		const recorded = londonDay(e.recordedAt);
		return recorded === undefined || recorded <= day;
	});
}
