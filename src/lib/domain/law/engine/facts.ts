import type { CaseEvent } from '../../case/case-event.ts';
import type { EventType } from '../../case/vocabulary.ts';
import type { CivilDate } from '../../time/civil-date.ts';
import { londonDay, parseInstant } from '../../time/instant.ts';

/** A case event in its place: ordered, counted once, with the defaults of law-decisions §1.10 and §2 filled in. */
export type Fact = {
	id: string;
	type: EventType;
	on: CivilDate;
	detail: Readonly<Record<string, string>>;
	/** Minutes since 1970 when it was recorded; -Infinity when nobody said. */
	recorded: number;
	recordedOn?: CivilDate;
	/** Place in the order of law-decisions §1.3: on, recordedAt, id, list order. */
	index: number;
	/** A default that was read from other events and not stated. */
	inferred?: string;
};

export type Facts = {
	all: readonly Fact[];
	of(...types: EventType[]): readonly Fact[];
	byId(id: string): Fact | undefined;
	/** The last of these types on or before a day that passes the test. */
	newest(types: readonly EventType[], day: CivilDate, test?: (fact: Fact) => boolean): Fact | undefined;
};

const detailKey = (detail: Readonly<Record<string, string>>) =>
	JSON.stringify(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)));

const byOrder = (a: Fact, b: Fact): number => {
	if (a.on !== b.on) return a.on < b.on ? -1 : 1;
	if (a.recorded !== b.recorded) return a.recorded < b.recorded ? -1 : 1;
	if (a.id !== b.id) return a.id < b.id ? -1 : 1;
	return a.index - b.index;
};

/** Orders the events and keeps one of each identical `(type, on, detail)`; an answer to a dropped twin finds the kept one. */
export function factsOf(events: readonly CaseEvent[]): Facts {
	const ordered = events
		.map((event, index): Fact => {
			const { id, type, on, detail, recordedAt } = event;
			return {
				id,
				type,
				on,
				detail,
				index,
				recorded: parseInstant(recordedAt) ?? -Infinity,
				...(recordedAt !== undefined && { recordedOn: londonDay(recordedAt) })
			};
		})
		.sort(byOrder);
	const kept = new Map<string, Fact>();
	const ids = new Map<string, Fact>();
	for (const fact of ordered) {
		const key = `${fact.type} ${fact.on} ${detailKey(fact.detail)}`;
		const twin = kept.get(key);
		if (!twin) kept.set(key, fact);
		if (!ids.has(fact.id)) ids.set(fact.id, twin ?? fact);
	}
	return indexed([...kept.values()], ids);
}

/** The same facts with their details changed by `fill`, in the same order. */
export function withDetails(facts: Facts, fill: (fact: Fact) => Fact): Facts {
	const replaced = new Map(facts.all.map((fact) => [fact, fill(fact)]));
	const ids = new Map(facts.all.map((fact) => [fact.id, replaced.get(fact) ?? fact]));
	const found = (id: string) => {
		const fact = facts.byId(id);
		return fact && replaced.get(fact);
	};
	return { ...indexed([...replaced.values()], ids), byId: found };
}

function indexed(list: Fact[], ids: Map<string, Fact>): Facts {
	list.forEach((fact, index) => (fact.index = index));
	const types = new Map<EventType, Fact[]>();
	for (const fact of list) types.set(fact.type, [...(types.get(fact.type) ?? []), fact]);
	const of = (...wanted: EventType[]) =>
		wanted.length === 1 && wanted[0]
			? (types.get(wanted[0]) ?? [])
			: list.filter((fact) => wanted.includes(fact.type));
	return {
		all: list,
		of,
		byId: (id) => ids.get(id),
		newest: (wanted, day, test = () => true) =>
			of(...wanted)
				.filter((fact) => fact.on <= day && test(fact))
				.at(-1)
	};
}
