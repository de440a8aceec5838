import { addDays, type CivilDate } from '#domain/time/civil-date.ts';
import { escapeText } from '../open-case/escape-text.ts';

/**
 * A calendar file (RFC 5545), made on the phone. Titles are neutral: a calendar is often shared with a family, an employer
 * or a school, so nothing in it may name a child, a council or a plan.
 */
export type CalendarEntry = {
	/** Opaque and stable: putting a date in twice changes the first entry and adds no second one. */
	key: string;
	on: CivilDate;
	title: string;
	/** A short neutral line, for example "Open Alongside to see what it is." */
	about: string;
	/** Remind at 9 in the morning of the day before. */
	remind: boolean;
};

/** RFC 5545 §3.1: lines longer than 75 octets are folded; a fold must not cut a UTF-8 character. */
function fold(line: string): string {
	const encoder = new TextEncoder();
	const lines: string[] = [];
	let current = '';
	let octets = 0;
	for (const char of line) {
		const size = encoder.encode(char).length;
		// A folded line starts with a space, which counts: 74 are left.
		if (octets + size > (lines.length === 0 ? 75 : 74)) {
			lines.push(current);
			current = '';
			octets = 0;
		}
		current += char;
		octets += size;
	}
	return [...lines, current].join('\r\n ');
}

const compact = (day: string) => day.replaceAll('-', '');

/** Days from 2020-01-01: an entry made again later replaces the older one in calendars that compare SEQUENCE. */
const sequence = (now: Date) => Math.floor((now.getTime() - Date.UTC(2020, 0, 1)) / 86_400_000);

function entryLines(entry: CalendarEntry, now: Date): string[] {
	const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
	return [
		'BEGIN:VEVENT',
		`UID:${entry.key}@alongside.invalid`,
		`DTSTAMP:${stamp}`,
		`SEQUENCE:${sequence(now)}`,
		`DTSTART;VALUE=DATE:${compact(entry.on)}`,
		`DTEND;VALUE=DATE:${compact(addDays(entry.on, 1))}`,
		`SUMMARY:${escapeText(entry.title)}`,
		`DESCRIPTION:${escapeText(entry.about)}`,
		'CLASS:PRIVATE',
		// A date to check does not make the day busy.
		'TRANSP:TRANSPARENT',
		...(entry.remind
			? // All-day entries start at midnight; 15 hours earlier is 9 in the morning of the day before.
				[
					'BEGIN:VALARM',
					'ACTION:DISPLAY',
					'TRIGGER:-PT15H',
					`DESCRIPTION:${escapeText(entry.title)}`,
					'END:VALARM'
				]
			: []),
		'END:VEVENT'
	];
}

/** The whole file, CRLF line ends. `now` is an instant; the days are civil dates and never shift with a clock change. */
export function icsFile(entries: readonly CalendarEntry[], now: Date): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Alongside//Dates to check//EN',
		'CALSCALE:GREGORIAN',
		'METHOD:PUBLISH',
		...entries.flatMap((entry) => entryLines(entry, now)),
		'END:VCALENDAR'
	];
	return lines.map(fold).join('\r\n') + '\r\n';
}
