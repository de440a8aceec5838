import { ENGLAND_AND_WALES, UNITED_KINGDOM } from './bank-holidays.ts';
import { addDays, addMonths, civilDate, partsOf, type CivilDate } from './civil-date.ts';
import { isTribunalClosed, nextWorkingDayFrom, stepWorkingDays, type Counted } from './working-days.ts';

/**
 * One step of a count, as data (law.md §2, law-decisions §1.6). A rule's count is a list of steps, each going on from the
 * day the one before it reached. Weeks and months include weekends, holidays and school holidays; the trigger day is not
 * counted, except where the instrument says "beginning with" (D15i, WDi).
 */
export type Step =
	| { op: 'W'; n: number }
	| { op: 'W-'; n: number }
	| { op: 'CD'; n: number }
	| { op: 'D15i' }
	| { op: 'M'; n: number }
	| { op: 'M-'; n: number }
	| { op: 'WDx'; n: number; calendar?: 'united-kingdom' }
	| { op: 'WDi'; n: number }
	| { op: 'WDt'; n: number }
	| { op: 'WDt-'; n: number }
	| { op: 'FIX'; month: number; day: number }
	| { op: 'BACK'; n: number }
	| { op: 'ON' };

/** `tribunal`: to the next working day. `start-appeal`: as well, out of August and Christmas. `working-day`: information law. */
export type Roll = 'none' | 'tribunal' | 'start-appeal' | 'working-day';

export type Rolled = Counted & { alternative?: CivilDate };

const EW = { calendar: ENGLAND_AND_WALES };
const known = (date: CivilDate): Counted => ({ date, certain: true });

export function countStep(from: CivilDate, step: Step): Counted {
	switch (step.op) {
		case 'W':
			return known(addDays(from, 7 * step.n));
		case 'W-':
		case 'BACK':
			return known(addDays(from, -7 * step.n));
		case 'CD':
			return known(addDays(from, step.n));
		case 'D15i':
			// Fifteen days beginning with the day of service: that day is day 1 (reg 13(1)(a), 22(2)(c)).
			return known(addDays(from, 14));
		case 'M':
			return known(addMonths(from, step.n));
		case 'M-':
			return known(addMonths(from, -step.n));
		case 'WDx':
			return stepWorkingDays(from, step.n, step.calendar ? { calendar: UNITED_KINGDOM } : EW);
		case 'WDi':
			return stepWorkingDays(addDays(from, -1), step.n, EW);
		case 'WDt':
			return stepWorkingDays(from, step.n, { ...EW, skip: isTribunalClosed });
		case 'WDt-':
			return stepWorkingDays(from, -step.n, { ...EW, skip: isTribunalClosed });
		case 'FIX':
			return known(civilDate({ year: partsOf(from).year, month: step.month, day: step.day }));
		case 'ON':
			return known(from);
	}
}

export function countSteps(from: CivilDate, steps: readonly Step[]): Counted {
	let reached = known(from);
	for (const step of steps) {
		const next = countStep(reached.date, step);
		reached = { date: next.date, certain: reached.certain && next.certain };
	}
	return reached;
}

/** First working day after 31 August, or after 1 January, for a day inside one of the two closed times (TPR r.12(3)(a)). */
function afterClosedTime(day: CivilDate): Counted {
	const { year, month } = partsOf(day);
	const last = month === 8 ? `${year}-08-31` : `${month === 12 ? year + 1 : year}-01-01`;
	return stepWorkingDays(last, 1, EW);
}

/**
 * Moves the end of a limit. Whether August or Christmas applies is judged on the raw end (law-decisions §1.13); where only
 * the rolled day lies there, the other reading is kept as an alternative.
 */
export function rollEnd(raw: CivilDate, roll: Roll): Rolled {
	if (roll === 'none') return known(raw);
	if (roll === 'start-appeal' && isTribunalClosed(raw)) return afterClosedTime(raw);
	const rolled = nextWorkingDayFrom(raw, ENGLAND_AND_WALES);
	if (roll === 'start-appeal' && isTribunalClosed(rolled.date))
		return { ...rolled, alternative: afterClosedTime(rolled.date).date };
	return rolled;
}

/** The last ordinary working day before a limit, August included: the day by which to send (law-decisions §1.11). */
export function sendByBefore(due: CivilDate): CivilDate {
	return stepWorkingDays(due, -1, EW).date;
}
