import { addDays, addMonths, partsOf, weekdayOf, type CivilDate } from './civil-date.ts';

/** The day someone reaches an age. Born on 29 February: 28 February in other years (law-decisions §3, AR-EY-6M). */
export function birthday(bornOn: CivilDate, age: number): CivilDate {
	return addMonths(bornOn, 12 * age);
}

/** 1 September that opens the school year in which the day lies. */
export function schoolYearStart(day: CivilDate): CivilDate {
	const { year, month } = partsOf(day);
	return `${month >= 9 ? year : year - 1}-09-01`;
}

/** The last Friday in June of the school year in which the child turns 16: end of compulsory school age. */
export function endOfCompulsorySchool(bornOn: CivilDate): CivilDate {
	const start = schoolYearStart(birthday(bornOn, 16));
	const lastOfJune = `${partsOf(start).year + 1}-06-30`;
	return addDays(lastOfJune, -((weekdayOf(lastOfJune) + 3) % 7));
}

/** The first such day of the year (`07-31`) on or after a date. */
export function firstOnOrAfter(date: CivilDate, monthAndDay: string): CivilDate {
	const { year } = partsOf(date);
	const same = `${year}-${monthAndDay}`;
	return same >= date ? same : `${year + 1}-${monthAndDay}`;
}
