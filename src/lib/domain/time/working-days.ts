import type { HolidayCalendar } from './bank-holidays.ts';
import { addDays, isWeekend, partsOf, type CivilDate } from './civil-date.ts';

/** A counted date, and whether every day that was looked at lies inside the holiday table. */
export type Counted = { date: CivilDate; certain: boolean };

export type StepOptions = { calendar: HolidayCalendar; skip?: (day: CivilDate) => boolean };

function covers(calendar: HolidayCalendar, day: CivilDate): boolean {
	return day >= calendar.validFrom && day <= calendar.validTo;
}

/** Monday to Friday and not in the table. Outside the table's years only the weekend is known. */
export function isWorkingDay(day: CivilDate, calendar: HolidayCalendar): boolean {
	return !isWeekend(day) && !calendar.days.has(day);
}

/** All of August, and 25 December to 1 January: days that do not count in special educational needs cases (TPR r.12(3)). */
export function isTribunalClosed(day: CivilDate): boolean {
	const { month, day: dayOfMonth } = partsOf(day);
	return month === 8 || (month === 12 && dayOfMonth >= 25) || (month === 1 && dayOfMonth === 1);
}

/** The |n|th working day after the start (before it when n is negative); the start itself is not counted. */
export function stepWorkingDays(start: CivilDate, n: number, { calendar, skip }: StepOptions): Counted {
	const direction = n < 0 ? -1 : 1;
	let left = Math.abs(n);
	let day = start;
	let certain = true;
	while (left > 0) {
		day = addDays(day, direction);
		if (isWeekend(day) || skip?.(day)) continue;
		if (!covers(calendar, day)) certain = false;
		if (isWorkingDay(day, calendar)) left -= 1;
	}
	return { date: day, certain };
}

/** The day itself when it is a working day, else the next one. */
export function nextWorkingDayFrom(day: CivilDate, calendar: HolidayCalendar): Counted {
	return stepWorkingDays(addDays(day, -1), 1, { calendar });
}
