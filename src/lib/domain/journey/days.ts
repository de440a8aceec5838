import type { CivilDate } from '../time/civil-date.ts';

const DAY = 86_400_000;
const at = (on: CivilDate): number => Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10)));

/** Whole days from `from` to `to`; negative when `to` is earlier. Counted on the calendar, so the clock changes cannot move it. */
export const daysFrom = (from: CivilDate, to: CivilDate): number => Math.round((at(to) - at(from)) / DAY);

export const plusDays = (on: CivilDate, days: number): CivilDate =>
	new Date(at(on) + days * DAY).toISOString().slice(0, 10);

/** Whole months from `from` to `to`: the corresponding day counts, and a month without that day counts on its last day. */
export function monthsFrom(from: CivilDate, to: CivilDate): number {
	const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
	const isLastDay = plusDays(to, 1).slice(8) === '01';
	return to.slice(8) >= from.slice(8) || isLastDay ? months : months - 1;
}
