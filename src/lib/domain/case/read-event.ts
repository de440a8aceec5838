import { parseCivilDate } from '../time/civil-date.ts';
import { parseInstant } from '../time/instant.ts';
import type { CaseEvent, Source } from './case-event.ts';
import { isRecord, shown, unknownFields, type Remark } from './reading.ts';
import {
	EVENT_DETAILS,
	isEventType,
	ORDER_OUTCOMES,
	type DetailShape,
	type EventType
} from './vocabulary.ts';

export type EventReading = { event?: CaseEvent; problems: string[]; remarks: Remark[] };

const FIELDS = ['id', 'case', 'type', 'on', 'detail', 'source', 'recordedAt', 'note'];

/** Marks an id that nobody gave; `readEvent` puts it before the event's place in the list. */
export const UNNAMED = '#';

/** Reads one event from unknown JSON; `index` names it in the reasons, and names it when it has no id. */
export function readEvent(value: unknown, index: number): EventReading {
	const at = `events[${index}]`;
	if (!isRecord(value))
		return { problems: [`${at} is an object with type and on, not ${shown(value)}.`], remarks: [] };
	const problems: string[] = [];
	const type = typeof value.type === 'string' && isEventType(value.type) ? value.type : undefined;
	if (type === undefined)
		problems.push(`${at}.type ${shown(value.type)} is not a kind of event that Alongside knows.`);
	const name = type === undefined ? at : `${at} (${type})`;
	const on = parseCivilDate(value.on);
	if (on === undefined)
		problems.push(
			value.on === undefined
				? `${name} has no date: on is missing.`
				: `${name}: on ${shown(value.on)} is not a date on the calendar.`
		);
	if (!isAbsent(value.recordedAt) && parseInstant(value.recordedAt) === undefined)
		problems.push(
			`${name}: recordedAt ${shown(value.recordedAt)} is not a moment (like 2026-01-05T10:00:00Z).`
		);
	if (!isAbsent(value.id) && typeof value.id !== 'string' && typeof value.id !== 'number')
		problems.push(`${name}: id ${shown(value.id)} is not a text.`);
	const detail = type === undefined ? {} : readDetails(type, value.detail, { name, problems });
	const remarks = unknownFields(value, FIELDS, at);
	if (type === undefined || on === undefined || problems.length > 0) return { problems, remarks };
	const id = isAbsent(value.id) ? `${UNNAMED}${String(index).padStart(6, '0')}` : String(value.id);
	return {
		event: {
			id,
			type,
			on,
			detail,
			...(typeof value.recordedAt === 'string' && { recordedAt: value.recordedAt }),
			...(isRecord(value.source) && { source: value.source as Source }),
			...(typeof value.note === 'string' && { note: value.note })
		},
		problems,
		remarks
	};
}

const isAbsent = (value: unknown) => value === undefined || value === null;

type Place = { name: string; problems: string[] };

/** Details of an event checked against the vocabulary; ones that the vocabulary does not name are kept and unused. */
export function readDetails(
	type: EventType,
	value: unknown,
	{ name, problems }: Place
): Record<string, string> {
	if (isAbsent(value)) return {};
	if (!isRecord(value)) {
		problems.push(`${name}: detail is an object, not ${shown(value)}.`);
		return {};
	}
	const shapes: Record<string, DetailShape> = EVENT_DETAILS[type];
	const detail: Record<string, string> = {};
	for (const [field, given] of Object.entries(value)) {
		const text = asText(given);
		if (text === undefined) problems.push(`${name}: detail ${field} ${shown(given)} is not a text.`);
		// An empty cell is a detail that nobody gave.
		else if (text !== '') detail[field] = text;
	}
	for (const [field, text] of Object.entries(detail)) {
		const shape = Object.hasOwn(shapes, field) ? shapes[field] : undefined;
		const fault = shape === undefined ? undefined : faultOf(text, shape);
		if (fault) problems.push(`${name}: detail ${field} "${text}" ${fault}.`);
	}
	problems.push(...relations(type, detail).map((fault) => `${name}: ${fault}`));
	return detail;
}

function asText(value: unknown): string | undefined {
	if (value === null || value === false) return '';
	if (value === true) return 'yes';
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : undefined;
}

function faultOf(text: string, shape: DetailShape): string | undefined {
	if (shape === 'text') return undefined;
	if (shape === 'date')
		return parseCivilDate(text) ? undefined : 'is not a date on the calendar (YYYY-MM-DD)';
	if (shape === 'flag') return text === 'yes' ? undefined : 'can only be "yes", or left out';
	const words = shape === 'stage' ? ['1', '2', '3'] : shape;
	return words.includes(text) ? undefined : `is not one of: ${words.join(', ')}`;
}

/** What one detail says about another. */
function relations(type: EventType, detail: Record<string, string>): string[] {
	if (type === 'exception.claimed' && detail.from && detail.to && detail.to < detail.from)
		return [`detail to ${detail.to} is before detail from ${detail.from}: an end before its start.`];
	if (type !== 'appeal.order' && type !== 'appeal.conceded') return [];
	const known: readonly string[] = ORDER_OUTCOMES;
	return (detail.outcome ?? '')
		.split(',')
		.map((word) => word.trim())
		.filter((word) => detail.outcome !== undefined && !known.includes(word))
		.map((word) => `outcome "${word}" is not one of: ${known.join(', ')}.`);
}
