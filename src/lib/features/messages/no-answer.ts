import { ENGLAND_AND_WALES } from '#domain/time/bank-holidays.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { londonDay } from '#domain/time/instant.ts';
import { stepWorkingDays } from '#domain/time/working-days.ts';
import type { Letter } from './thread.ts';

/**
 * Where no council has said how long an answer takes, the card comes after so many working days: four weeks. Our own choice and no rule,
 * and the card says so.
 */
export const OUR_DAYS = 20;

/** A message that the council has, without an answer for longer than was said. */
export type NoAnswer = {
	letter: Letter;
	/** The day it arrived there, in London, by the council's clock. */
	since: CivilDate;
	/** Working days after which the card comes. */
	days: number;
	by: 'promise' | 'ours';
};

/**
 * The oldest message since the last answer, when its time is over. What the council has not received is nobody's delay there. The day itself
 * does not count, and the last day is still in time. Where the table of bank holidays ends, no day is claimed.
 */
export function noAnswerOf(
	thread: readonly Letter[],
	{ today, promised }: { today: CivilDate; promised?: number | undefined }
): NoAnswer | undefined {
	const letter = thread.find((one) => one.by === 'family' && one.state === 'received');
	const since = letter && londonDay(letter.receipt?.at ?? letter.at);
	if (!letter || !since) return undefined;
	const days = promised ?? OUR_DAYS;
	const last = stepWorkingDays(since, days, { calendar: ENGLAND_AND_WALES });
	if (!last.certain || today <= last.date) return undefined;
	return { letter, since, days, by: promised === undefined ? 'ours' : 'promise' };
}
