import type { CaseEvent } from '../case/case-event.ts';
import type { CivilDate } from '../time/civil-date.ts';

/** The last Sunday of a month at 01:00 UTC: when clocks in the United Kingdom change (Summer Time Order 2002). */
function lastSunday(year: number, month: number): number {
	const end = new Date(Date.UTC(year, month + 1, 0));
	return Date.UTC(year, month, end.getUTCDate() - end.getUTCDay(), 1);
}

/** The day on which an instant falls in London, without asking the machine for a time zone. */
export function londonDay(instant: string): CivilDate {
	const ms = Date.parse(instant);
	const year = new Date(ms).getUTCFullYear();
	const summer = ms >= lastSunday(year, 2) && ms < lastSunday(year, 9);
	return new Date(ms + (summer ? 3_600_000 : 0)).toISOString().slice(0, 10);
}

/**
 * The facts that were known on a day: with the rules of that day they give again what the family was shown. A fact that
 * does not say when it was recorded counts as always known.
 */
export const recordedBy = <E extends CaseEvent>(events: readonly E[], day: CivilDate): E[] =>
	events.filter((e) => e.recordedAt === undefined || londonDay(e.recordedAt) <= day);
