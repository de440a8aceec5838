import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import { addDays, civilDate, daysBetween, partsOf, type CivilDate } from '#domain/time/civil-date.ts';
import { isWorkingDay } from '#domain/time/working-days.ts';

/**
 * A school year begins with the first term after July (Education Act 1996 s.579). Which day that is, a school says; here it is
 * 1 September, and the screen names that day.
 */
export function schoolYearStart(today: CivilDate): CivilDate {
	const { year, month } = partsOf(today);
	return civilDate({ year: month >= 9 ? year : year - 1, month: 9, day: 1 });
}

type Spell = { on: CivilDate; until?: CivilDate | undefined };

/** Longer than two years is a slip of the finger, and no list of days is made from it. */
const LONGEST = 800;

/**
 * School days that were written down, `from` to `to`: Monday to Friday without bank holidays. A day that stands in two notes is one
 * day. A school's own holidays are not known here, and the screen says so.
 */
export function schoolDays(
	spells: readonly Spell[],
	{ from, to }: { from: CivilDate; to: CivilDate }
): number {
	const days = new Set<CivilDate>();
	for (const { on, until } of spells) {
		const last = until !== undefined && until > on ? until : on;
		if (daysBetween(on, last) > LONGEST) continue;
		for (let day = on; day <= last; day = addDays(day, 1))
			if (day >= from && day <= to && isWorkingDay(day, ENGLAND_AND_WALES)) days.add(day);
	}
	return days.size;
}
