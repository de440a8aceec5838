import type { CivilDate } from './civil-date.ts';

/** The days that are not working days although they fall on Monday to Friday, and the years for which that is known. */
export type HolidayCalendar = {
	name: 'england-wales' | 'united-kingdom';
	validFrom: CivilDate;
	validTo: CivilDate;
	days: ReadonlySet<CivilDate>;
};

/**
 * Bank holidays, Good Friday and Christmas Day in England and Wales, substitutes and one-offs included: early May moved to
 * VE Day in 2020; the jubilee, with the moved spring holiday, and the State Funeral in 2022; the coronation in 2023.
 * A holiday on a weekend is left out where a substitute day stands for it. Proclaimed days can be added to a year after
 * this table was made: raise `validTo` only after reading the gov.uk list for that year.
 */
const ENGLAND_WALES: Record<number, string> = {
	2015: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
	2016: '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
	2017: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
	2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
	2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
	2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
	2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
	2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
	2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
	2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
	2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
	2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
	2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
	2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26'
};

/**
 * What Scotland and Northern Ireland add: 2 January, St Patrick's Day, 12 July, the first Monday of August, St Andrew's Day,
 * each with its substitute, and the Scottish holiday of 15 June 2026. Freedom of information counts without all of them.
 */
const ELSEWHERE: Record<number, string> = {
	2015: '01-02 03-17 07-13 08-03 11-30',
	2016: '01-04 03-17 07-12 08-01 11-30',
	2017: '01-03 03-17 07-12 08-07 11-30',
	2018: '01-02 03-19 07-12 08-06 11-30',
	2019: '01-02 03-18 07-12 08-05 12-02',
	2020: '01-02 03-17 07-13 08-03 11-30',
	2021: '01-04 03-17 07-12 08-02 11-30',
	2022: '01-04 03-17 07-12 08-01 11-30',
	2023: '01-03 03-17 07-12 08-07 11-30',
	2024: '01-02 03-18 07-12 08-05 12-02',
	2025: '01-02 03-17 07-14 08-04 12-01',
	2026: '01-02 03-17 06-15 07-13 08-03 11-30',
	2027: '01-04 03-17 07-12 08-02 11-30',
	2028: '01-04 03-17 07-12 08-07 11-30'
};

const spread = (table: Record<number, string>): CivilDate[] =>
	Object.entries(table).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`));

const years = { validFrom: '2015-01-01', validTo: '2028-12-31' };

export const ENGLAND_AND_WALES: HolidayCalendar = {
	name: 'england-wales',
	...years,
	days: new Set(spread(ENGLAND_WALES))
};

/** Freedom of Information Act 2000 s.10(6): a bank holiday in any part of the United Kingdom does not count. */
export const UNITED_KINGDOM: HolidayCalendar = {
	name: 'united-kingdom',
	...years,
	days: new Set([...spread(ENGLAND_WALES), ...spread(ELSEWHERE)])
};
