import { type CivilDate, addDays, addMonths, daysBetween } from '#domain/time/civil-date.ts';
import type { Persona } from './persona.ts';

/** `next`: the winter is still to come; `last`: it is behind. */
export type SeasonName = 'next' | 'this' | 'last';

export type Move = {
	/** Moves a day that somebody's act happened on: by whole weeks, so that a Tuesday stays a Tuesday. */
	act: (on: CivilDate) => CivilDate;
	/** Moves a day that the calendar itself fixes: a birthday, the first day of a school year. */
	fixed: (on: CivilDate) => CivilDate;
	season?: { name: SeasonName; longstop: CivilDate };
};

/** The year in which the season that holds a day began. */
const seasonOf = (day: CivilDate, startsOn: string): number =>
	Number(day.slice(0, 4)) - (day.slice(5) < startsOn ? 1 : 0);

/**
 * How a persona's days move to today. Most move by the whole weeks since its frozen day, one shift for all, so that today is
 * the frozen day or one of the six after it. One that hangs on the school year keeps the real days of its season instead: the
 * season that holds today, by whole years for what the calendar fixes and by the nearest whole weeks for the rest.
 */
export function moveTo(persona: Pick<Persona, 'frozen' | 'season'>, today: CivilDate): Move {
	const { frozen, season } = persona;
	if (!season) {
		const days = Math.floor(daysBetween(frozen, today) / 7) * 7;
		// A birthday moves by whole years: it stays the one in the file for about half a year, and nobody grows up in the demo.
		const years = Math.round(days / 365.25);
		return { act: (on) => addDays(on, days), fixed: (on) => addMonths(on, years * 12) };
	}
	const year = seasonOf(today, season.startsOn);
	const months = (year - seasonOf(frozen, season.startsOn)) * 12;
	const fixed = (on: CivilDate): CivilDate => addMonths(on, months);
	const act = (on: CivilDate): CivilDate => addDays(on, Math.round(daysBetween(on, fixed(on)) / 7) * 7);
	const longstop = `${year + 1}-${season.longstop}`;
	const name = today < `${year}-${season.winterFrom}` ? 'next' : today <= longstop ? 'this' : 'last';
	return { act, fixed, season: { name, longstop } };
}
