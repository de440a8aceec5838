import { EVENT_TYPES, isEventType, type EventType } from '#domain/case/vocabulary.ts';
import { dayNumber } from '../check/civil-day.ts';
import { dateCell } from '../check/date-cell.ts';
import { nearest } from '../check/nearest.ts';
import { quoted, type Say } from '../check/verdict.ts';
import { isReference } from '../check/words.ts';
import type { CsvRow } from '../read/csv-rows.ts';
import { readDetail } from './detail.ts';

export type EventRow = {
	caseRef: string;
	type: EventType;
	on: string;
	detail: Record<string, string>;
	sourceRef: string;
	note: string;
};

/** Types whose day may lie ahead, as in domain/law/engine/warnings.ts. Every other type states what has happened. */
const MAY_LIE_AHEAD: ReadonlySet<EventType> = new Set([
	'review.meeting-set',
	'review.meeting-cancelled',
	'transfer.expected',
	'hearing.set',
	'directions.date',
	'appointment.booked'
]);
/** A plan can last until 25, and the first event of a case comes after birth. */
const EARLIEST_YEARS = 27;
/** Nothing about one child is planned further ahead than a transfer three years away. */
const FURTHEST_DAYS = 4 * 366;

export function judgeEventRow({ cells }: CsvRow, say: Say, today: string): EventRow | null {
	for (const name of ['case_ref', 'event_type', 'event_date'])
		if (!cells[name]) say(name, 'The cell is empty.', 'Fill it in.');
	if (cells.case_ref) isReference(cells.case_ref, 'case_ref', say);
	if (areSwapped(cells)) {
		say('event_type', 'event_type and event_date are swapped.', 'Put each under its own heading.');
		return null;
	}
	const type = cells.event_type ? eventType(cells.event_type, say) : null;
	const on = cells.event_date ? eventDate(cells.event_date, type, { say, today }) : null;
	const detail = readDetail(cells.detail ?? '', type, say);
	checkOrderInside(type, on, { detail, say });
	if (type === null || on === null) return null;
	return {
		caseRef: cells.case_ref ?? '',
		type,
		on,
		detail,
		sourceRef: cells.source_ref ?? '',
		note: cells.note ?? ''
	};
}

const areSwapped = (cells: Record<string, string>) =>
	isEventType((cells.event_date ?? '').toLowerCase()) && 'day' in dateCell(cells.event_type ?? '');

function eventType(cell: string, say: Say): EventType | null {
	const word = cell.toLowerCase();
	if (isEventType(word)) return word;
	const near = nearest(cell, EVENT_TYPES);
	const mend = near ? `Did you mean ${near}?` : 'The event types are listed in docs/importing.md.';
	say('event_type', `${quoted(cell)} is not a known event type.`, mend);
	return null;
}

function eventDate(cell: string, type: EventType | null, ask: { say: Say; today: string }): string | null {
	const read = dateCell(cell);
	if ('problem' in read) {
		ask.say('event_date', read.problem, read.mend);
		return null;
	}
	const ahead = (dayNumber(read.day) ?? 0) - (dayNumber(ask.today) ?? 0);
	if (type !== null && ahead > 0 && !MAY_LIE_AHEAD.has(type)) {
		ask.say(
			'event_date',
			`${read.day} is in the future, and ${type} states what has happened.`,
			'Check the date.'
		);
	} else if (ahead > FURTHEST_DAYS || ahead < -EARLIEST_YEARS * 366) {
		ask.say('event_date', `${read.day} cannot be the date of this.`, 'Check the year.');
	}
	return read.day;
}

/** An end before its start inside one row. */
function checkOrderInside(
	type: EventType | null,
	on: string | null,
	{ detail, say }: { detail: Record<string, string>; say: Say }
): void {
	if (detail.from && detail.to && detail.to < detail.from) {
		say('detail', `It ends on ${detail.to}, before it starts on ${detail.from}.`, 'Check both dates.');
	}
	if (type === 'assessment.requested' && on && detail.sentOn && detail.sentOn > on) {
		say('detail', `It was sent on ${detail.sentOn}, after it was received on ${on}.`, 'Check both dates.');
	}
}
