import type { EventType } from '#domain/case/vocabulary.ts';
import type { Source } from '#domain/case/case-event.ts';
import { orderedJson } from '#contract/ordered-json.ts';
import type { Tx } from '../db/transaction.ts';
import { rowId } from './row-id.ts';
import { lockScope, rowsOf, writeScope } from './scope-writer.ts';

/** A fact to add. `recordedAt` (ISO instant) defaults to now and is kept from the first time the fact was told. */
export type EventDraft = {
	type: EventType;
	on: string;
	detail?: Record<string, string>;
	source?: Source;
	note?: string;
	recordedAt?: string;
};
export type KeptEvent = Omit<EventDraft, 'detail'> & {
	id: string;
	detail: Record<string, string>;
	conflictsWith?: string[];
};
export type EventsAdded = {
	ids: string[];
	added: number;
	unchanged: number;
	/** Pairs that state the same fact with another date; both are kept and name each other. */
	conflicts: { id: string; with: string[] }[];
};

/** The same fact told again, by whatever file, has the same id: type, day, detail and the source's own reference. */
export function eventId(scopeId: string, event: EventDraft): string {
	return rowId(
		'event',
		scopeId,
		event.type,
		event.on,
		orderedJson(event.detail ?? {}),
		event.source?.ref ?? ''
	);
}

/** Two events of one type and one reference in the council's system, on different days, state one fact twice. */
export function sameFact(a: EventDraft, b: EventDraft): boolean {
	const ref = a.source?.ref;
	return ref !== undefined && ref !== '' && ref === b.source?.ref && a.type === b.type && a.on !== b.on;
}

export async function eventsOf(tx: Tx, scopeId: string): Promise<KeptEvent[]> {
	return (await rowsOf(tx, scopeId, 'event')).map((row) => ({
		...(row.v as Omit<KeptEvent, 'id'>),
		id: row.id
	}));
}

/**
 * Adds facts to a case. Nothing is overwritten: another date for the same fact (`isSameFact`) stands beside the first,
 * and both name each other. Facts already there keep their first source and time.
 */
export async function addCaseEvents(
	tx: Tx,
	scopeId: string,
	{ events, isSameFact = sameFact }: { events: EventDraft[]; isSameFact?: typeof sameFact }
): Promise<EventsAdded> {
	// Before reading: a fact told by another node meanwhile must be seen.
	await lockScope(tx, scopeId);
	const all = new Map((await eventsOf(tx, scopeId)).map((event) => [event.id, event]));
	const ids = events.map((event) => eventId(scopeId, event));
	const fresh = new Set<string>();
	for (const [index, event] of events.entries()) {
		const id = ids[index]!;
		if (all.has(id)) continue;
		all.set(id, {
			...event,
			id,
			detail: event.detail ?? {},
			recordedAt: event.recordedAt ?? new Date().toISOString()
		});
		fresh.add(id);
	}
	const touched = new Set(fresh);
	const conflicts: EventsAdded['conflicts'] = [];
	for (const id of fresh) {
		const event = all.get(id)!;
		const others = [...all.values()].filter((other) => other.id !== id && isSameFact(event, other));
		for (const other of others) {
			all.set(other.id, naming(all.get(other.id)!, id));
			all.set(id, naming(all.get(id)!, other.id));
			touched.add(other.id);
		}
		if (others.length > 0) conflicts.push({ id, with: others.map((other) => other.id) });
	}
	await writeScope(
		tx,
		scopeId,
		[...touched].map((id) => ({ t: 'event', id, v: withoutId(all.get(id)!) }))
	);
	return { ids, added: fresh.size, unchanged: new Set(ids).size - fresh.size, conflicts };
}

function naming(event: KeptEvent, other: string): KeptEvent {
	return { ...event, conflictsWith: [...new Set([...(event.conflictsWith ?? []), other])].sort() };
}

function withoutId(event: KeptEvent): Omit<KeptEvent, 'id'> {
	return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'id')) as Omit<KeptEvent, 'id'>;
}
