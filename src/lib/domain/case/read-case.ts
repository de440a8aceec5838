import { parseCivilDate, type CivilDate } from '../time/civil-date.ts';
import type { CaseEvent } from './case-event.ts';
import { readEvent } from './read-event.ts';
import { isRecord, shown, unknownFields, type Remark } from './reading.ts';

/** A case as someone wrote it down, found sound. `council` is a code, or a record with promises, when the writer gave one. */
export type ReadCase = {
	asOf: CivilDate;
	child?: { bornOn?: CivilDate };
	council?: string | { code: string; promises: { rule: string; source: string }[] };
	events: CaseEvent[];
};

/** Either a sound case, or every reason why it is not one, each in plain words and naming the place. */
export type CaseReading = { ok: true; case: ReadCase; remarks: Remark[] } | { ok: false; problems: string[] };

const TOP = ['asOf', 'child', 'council', 'events', 'case'];

/**
 * Reads a case from unknown JSON. It refuses what it does not understand (an unknown type, 31 February, a word outside a
 * list, an end before its start) and never skips or mends; fields it does not know are only remarked on.
 */
export function readCase(value: unknown): CaseReading {
	if (!isRecord(value))
		return { ok: false, problems: [`A case is an object with asOf and events, not ${shown(value)}.`] };
	const problems: string[] = [];
	const remarks: Remark[] = unknownFields(value, TOP, 'the case');
	const asOf = readAsOf(value.asOf, problems);
	const child = readChild(value.child, problems, remarks);
	const council = readCouncil(value.council, problems);
	const events = readEvents(value.events, problems, remarks);
	if (problems.length > 0 || asOf === undefined) return { ok: false, problems };
	return {
		ok: true,
		case: { asOf, events, ...(child && { child }), ...(council !== undefined && { council }) },
		remarks
	};
}

function readAsOf(value: unknown, problems: string[]): CivilDate | undefined {
	const date = parseCivilDate(value);
	if (date === undefined)
		problems.push(
			value === undefined
				? 'asOf is missing: the day on which the case is looked at, as YYYY-MM-DD.'
				: `asOf ${shown(value)} is not a date on the calendar (YYYY-MM-DD).`
		);
	return date;
}

function readChild(value: unknown, problems: string[], remarks: Remark[]): ReadCase['child'] {
	if (value === undefined || value === null) return undefined;
	if (!isRecord(value)) {
		problems.push(`child is an object with bornOn, not ${shown(value)}.`);
		return undefined;
	}
	remarks.push(...unknownFields(value, ['bornOn'], 'child'));
	if (value.bornOn === undefined || value.bornOn === null) return {};
	const bornOn = parseCivilDate(value.bornOn);
	if (bornOn === undefined)
		problems.push(`child.bornOn ${shown(value.bornOn)} is not a date on the calendar (YYYY-MM-DD).`);
	return { bornOn };
}

function readCouncil(value: unknown, problems: string[]): ReadCase['council'] {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	if (!isRecord(value)) {
		problems.push(`council is a code, or an object with code and promises, not ${shown(value)}.`);
		return undefined;
	}
	const list = value.promises ?? [];
	if (!Array.isArray(list)) {
		problems.push('council.promises is a list of rule ids or of { rule, source }.');
		return undefined;
	}
	const promises = list.map((promise: unknown) => {
		const { rule = promise, source = 'the case file' } = isRecord(promise) ? promise : {};
		if (typeof rule !== 'string')
			problems.push(`council.promises holds ${shown(promise)}, which names no rule.`);
		return { rule: String(rule), source: String(source) };
	});
	return { code: typeof value.code === 'string' ? value.code : 'given', promises };
}

function readEvents(value: unknown, problems: string[], remarks: Remark[]): CaseEvent[] {
	if (!Array.isArray(value)) {
		problems.push(
			value === undefined ? 'events is missing: a list of events.' : `events is a list, not ${shown(value)}.`
		);
		return [];
	}
	const list = value.flatMap((item: unknown, index) => {
		const read = readEvent(item, index);
		remarks.push(...read.remarks);
		problems.push(...read.problems);
		return read.event ? [read.event] : [];
	});
	remarks.push(...idsGivenTwice(list));
	return list;
}

/** The same fact may be told twice under one id; two different facts under one id make `re` unclear. */
function idsGivenTwice(events: readonly CaseEvent[]): Remark[] {
	const first = new Map<string, CaseEvent>();
	return events.flatMap((event) => {
		const other = first.get(event.id);
		if (!other) first.set(event.id, event);
		if (!other || (other.type === event.type && other.on === event.on)) return [];
		return [
			{
				code: 'id-given-twice',
				message: `${other.type} and ${event.type} have one id; the first is meant.`,
				event: event.id
			}
		];
	});
}
