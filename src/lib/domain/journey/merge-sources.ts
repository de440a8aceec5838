import type { CaseEvent } from '../case/case-event.ts';
import type { EventType } from '../case/vocabulary.ts';
import { daysBetween } from '../time/civil-date.ts';
import { byDay } from './order.ts';

/** A fact may say which others state the same thing with another day: the importer marks them (contract rows, `conflictsWith`). */
export type StatedEvent = CaseEvent & { conflictsWith?: readonly string[] };

/** The same fact, stated with two different days. `governs` is the council's, or the newest of two of the same source. */
export type Pair = { governs: CaseEvent; other: CaseEvent };

export type Merged = {
	/** One event for each fact: the reading that the council's duties run from. */
	events: CaseEvent[];
	/** The same facts with the other day of each pair; equal to `events` when there are no pairs. */
	otherReading: CaseEvent[];
	pairs: Pair[];
	/** Everything that was stated, same-day duplicates told once. */
	all: CaseEvent[];
};

/** Twenty-six weeks: the span in which law-decisions §1 ties a later paper to its meeting. Farther apart are two facts. */
const SAME_FACT_DAYS = 182;

/** Things that happen again and again: two days are two facts, not one fact told twice. */
const REPEATS: ReadonlySet<EventType> = new Set([
	'note',
	'officer.assigned',
	'appointment.booked',
	'appointment.attended',
	'directions.date',
	'exception.claimed',
	'problem.known'
]);

/** Details that say which thing it is: both sides must agree, also in silence. Other details only must not contradict. */
const IDENTITY = ['adviser', 'setting', 'service', 'startsOn', 'rule'] as const;
const TELLING = ['kind', 'outcome', 'stage', 'phase', 'about', 'what', 'outside', 'cohort'] as const;

/** What starts a process anew: a fact before such a day and one after it belong to different tracks. */
const RESTARTS: Partial<Record<string, readonly EventType[]>> = {
	assessment: ['assessment.refused', 'plan.refused', 'plan.finalised'],
	advice: ['plan.refused', 'plan.finalised'],
	draft: ['plan.finalised'],
	review: ['review.decided'],
	reassessment: ['reassessment.refused', 'plan.finalised']
};

export function sameFact(a: CaseEvent, b: CaseEvent): boolean {
	if (a.type !== b.type || REPEATS.has(a.type)) return false;
	if (IDENTITY.some((d) => (a.detail[d] ?? '') !== (b.detail[d] ?? ''))) return false;
	if (
		TELLING.some((d) => a.detail[d] !== undefined && b.detail[d] !== undefined && a.detail[d] !== b.detail[d])
	)
		return false;
	return Math.abs(daysBetween(a.on, b.on)) <= SAME_FACT_DAYS;
}

function sameTrack(a: CaseEvent, b: CaseEvent, all: readonly CaseEvent[]): boolean {
	const restarts = RESTARTS[a.type.split('.')[0] ?? ''] ?? [];
	const [from, to] = a.on < b.on ? [a.on, b.on] : [b.on, a.on];
	return !all.some((e) => e.type !== a.type && restarts.includes(e.type) && e.on > from && e.on < to);
}

/** Nearest days first, each fact in one pair at most. */
function pairUp(council: readonly CaseEvent[], family: readonly CaseEvent[]): Pair[] {
	const all = [...council, ...family];
	const near = council
		.flatMap((governs) => family.map((other) => ({ governs, other })))
		.filter(({ governs, other }) => sameFact(governs, other) && sameTrack(governs, other, all))
		.sort((a, b) => gap(a) - gap(b) || byDay(a.governs, b.governs) || byDay(a.other, b.other));
	const used = new Set<CaseEvent>();
	return near.filter(({ governs, other }) => {
		if (used.has(governs) || used.has(other)) return false;
		used.add(governs).add(other);
		return true;
	});
}
const gap = ({ governs, other }: Pair): number => Math.abs(daysBetween(governs.on, other.on));

/** Facts of one source that its importer marked as two days for the same thing: the one recorded last governs. */
function marked(events: readonly StatedEvent[]): Pair[] {
	const byId = new Map(events.map((e) => [e.id, e]));
	const told = new Set<string>();
	return events.flatMap((e) =>
		(e.conflictsWith ?? []).flatMap((id) => {
			const other = byId.get(id);
			const name = [e.id, id].sort().join(' ');
			if (!other || other === e || told.has(name)) return [];
			told.add(name);
			const newest = (other.recordedAt ?? '') > (e.recordedAt ?? '') ? other : e;
			return [{ governs: newest, other: newest === e ? other : e }];
		})
	);
}

/**
 * Joins what the council stated with what the family typed (issue 2 §5). Nothing is thrown away: two days for one fact stand
 * side by side as a pair. Duties on the council run from `events`; `otherReading` gives the alternatives, and the limits on the
 * family use whichever of the two ends first (join-readings.ts).
 */
export function mergeSources(council: readonly StatedEvent[], family: readonly StatedEvent[]): Merged {
	const ownPairs = marked(council);
	const second = new Set(ownPairs.map((p) => p.other));
	const first = council.filter((e) => !second.has(e));
	const matched = pairUp(first, family);
	const same = new Set(matched.filter((p) => p.governs.on === p.other.on).map((p) => p.other));
	const pairs = [...ownPairs, ...matched.filter((p) => !same.has(p.other))];
	const other = new Map(pairs.map((p) => [p.governs, p.other]));
	const paired = new Set([...pairs.map((p) => p.other), ...same]);
	const events = [...first, ...family].filter((e) => !paired.has(e)).sort(byDay);
	return {
		events,
		otherReading: events.map((e) => other.get(e) ?? e).sort(byDay),
		pairs,
		all: [...council, ...family].filter((e) => !same.has(e)).sort(byDay)
	};
}

const isFamily = (e: CaseEvent): boolean => e.source?.said === 'family';

/** The same, for a list that says in each event who stated it. */
export const mergeStated = (events: readonly StatedEvent[]): Merged =>
	mergeSources(
		events.filter((e) => !isFamily(e)),
		events.filter(isFamily)
	);
