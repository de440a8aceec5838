import { londonDay } from '#domain/time/instant.ts';

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];

/** An instant as a letter writes its day: "4 May 2026", in London. */
export function englishDay(instant: Date): string {
	const [year, month, day] = (londonDay(instant.toISOString()) ?? instant.toISOString().slice(0, 10)).split(
		'-'
	);
	return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}
