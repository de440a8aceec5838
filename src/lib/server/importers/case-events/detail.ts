import { EVENT_DETAILS, ORDER_OUTCOMES, type DetailShape, type EventType } from '#domain/case/vocabulary.ts';
import { dateCell } from '../check/date-cell.ts';
import { quoted, type Say } from '../check/verdict.ts';
import { oneOf } from '../check/words.ts';

const HOW = 'Write details as key=value with ; between them, for example kind=first;by=parent.';
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Reads `key=value;key=value` and holds it to the event type. Details the vocabulary does not know are kept as they are. */
export function readDetail(cell: string, type: EventType | null, say: Say): Record<string, string> {
	const detail: Record<string, string> = {};
	for (const part of cell.split(';')) {
		if (part.trim() === '') continue;
		const cut = part.indexOf('=');
		const key = part.slice(0, cut).trim();
		const value = part.slice(cut + 1).trim();
		if (cut < 1 || !KEY.test(key) || value === '') {
			say('detail', `${quoted(part)} is not a detail.`, HOW);
			continue;
		}
		const shapes: Record<string, DetailShape> = type ? EVENT_DETAILS[type] : {};
		const name = Object.keys(shapes).find((known) => known.toLowerCase() === key.toLowerCase()) ?? key;
		if (Object.hasOwn(detail, name)) say('detail', `${name} stands twice.`, 'Keep one of them.');
		const read = readValue(value, { name, type, shape: shapes[name], say });
		if (read !== null) detail[name] = read;
	}
	return detail;
}

type Place = { name: string; type: EventType | null; shape: DetailShape | undefined; say: Say };

function readValue(value: string, place: Place): string | null {
	const { name, shape, say } = place;
	if (shape === undefined) return value;
	if (typeof shape !== 'string') return choice(value, shape, place);
	if (shape === 'date') {
		const read = dateCell(value);
		if ('day' in read) return read.day;
		say('detail', `${name}: ${read.problem}`, read.mend);
		return null;
	}
	if (shape === 'flag') {
		if (value.toLowerCase() === 'yes') return 'yes';
		say('detail', `${name} is ${quoted(value)}.`, `Write ${name}=yes, or leave it out.`);
		return null;
	}
	if (shape === 'stage') {
		if (/^[123]$/.test(value)) return value;
		say('detail', `${name} is ${quoted(value)}.`, 'Write 1, 2 or 3.');
		return null;
	}
	return isOutcomeList(place) ? outcomes(value, place) : value;
}

function choice(value: string, choices: readonly string[], { name, say }: Place): string | null {
	const named: Say = (column, problem, mend) => say(column, `${name}: ${problem}`, mend);
	return oneOf(value, choices, { column: 'detail', say: named });
}

/** An order may do several things at once: its outcome is a list with commas (law-decisions §2). */
const isOutcomeList = ({ name, type }: Place) =>
	name === 'outcome' && (type === 'appeal.order' || type === 'appeal.conceded');

function outcomes(value: string, place: Place): string | null {
	const read = value.split(',').map((part) => choice(part, ORDER_OUTCOMES, place));
	return read.includes(null) ? null : read.join(',');
}
