import { dayNumber as numberOf, fromDayNumber, parseCivilDate } from '#domain/time/civil-date.ts';
import { londonDay } from '#domain/time/instant.ts';

/** A day's number, to measure how far two days lie apart; null when there is no such day (31 February). */
export function dayNumber(text: string): number | null {
	const day = parseCivilDate(text);
	return day === undefined ? null : numberOf(day);
}

export const dayText = (days: number): string => fromDayNumber(days);

/** Today in Europe/London: in summer the London day begins an hour before the UTC day. */
export const todayInLondon = (now: Date = new Date()): string =>
	londonDay(now.toISOString()) ?? now.toISOString().slice(0, 10);
