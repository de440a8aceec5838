import { type CivilDate, addDays, partsOf } from '../time/civil-date.ts';

/** Whole months from `from` to `to`: the corresponding day counts, and a month without that day counts on its last day. */
export function monthsFrom(from: CivilDate, to: CivilDate): number {
	const [a, b] = [partsOf(from), partsOf(to)];
	const months = (b.year - a.year) * 12 + b.month - a.month;
	const isLastDay = partsOf(addDays(to, 1)).day === 1;
	return b.day >= a.day || isLastDay ? months : months - 1;
}
