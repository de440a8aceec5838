import type { CaseEvent } from '#domain/case/case-event.ts';
import type { Child } from './children.ts';
import type { Known } from './rows.ts';

/** What the council added since the last visit. What the family typed itself is no news to it. */
export type News = {
	/** ISO instant of the last visit; absent on the first one, when everything would be new and nothing is news. */
	since?: string;
	events: CaseEvent[];
	people: Known<'person'>[];
	/** What happened to the account: a phone, a way to sign in. */
	notices: Known<'notice'>[];
};

export const seenIds = (child: Child, notices: readonly Known<'notice'>[] = []): string[] => [
	...child.councilEvents.map((event) => event.id),
	...child.people.filter((person) => !person.local).map((person) => person.id),
	...notices.map((notice) => notice.id)
];

/** The newest visit to this child's case. */
export function lastVisit(child: Child, visits: readonly Known<'visit'>[]): Known<'visit'> | undefined {
	const mine = visits.filter((visit) => visit.v.case === child.key || visit.v.case === child.localCase);
	return mine.sort((a, b) => (a.v.at < b.v.at ? 1 : -1))[0];
}

/**
 * Newest first by the day of the fact. Known by id and never by a clock: a late import of an old fact is news, and so is a notice that was
 * written while this phone was looked at without a connection.
 */
export function newsFor(
	child: Child,
	visit: Known<'visit'> | undefined,
	notices: readonly Known<'notice'>[] = []
): News {
	if (!visit) return { events: [], people: [], notices: [] };
	const seen = new Set(visit.v.seen ?? []);
	return {
		since: visit.v.at,
		events: child.councilEvents
			.filter((event) => !seen.has(event.id))
			.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1)),
		people: child.people.filter((person) => !person.local && !seen.has(person.id)),
		notices: notices.filter((one) => !seen.has(one.id)).sort((a, b) => (a.v.at < b.v.at ? 1 : -1))
	};
}
