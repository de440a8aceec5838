import { caseOfScope } from '#contract/scope.ts';
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
	/** What the council answered. */
	answers: Known<'message'>[];
};

/** What the council wrote to this person about this child. */
export const answersFor = (child: Child, messages: readonly Known<'message'>[] = []): Known<'message'>[] =>
	messages.filter(
		(row) =>
			row.v.by === 'council' &&
			child.councilCase !== undefined &&
			caseOfScope(row.scope) === child.councilCase
	);

/** Beside the case itself: rows that are not part of a child. */
export type Besides = { notice?: readonly Known<'notice'>[]; message?: readonly Known<'message'>[] };

export const seenIds = (child: Child, { notice = [], message = [] }: Besides = {}): string[] => [
	...child.councilEvents.map((event) => event.id),
	...child.people.filter((person) => !person.local).map((person) => person.id),
	...notice.map((one) => one.id),
	...answersFor(child, message).map((one) => one.id)
];

/**
 * Newest first by the day of the fact. Known by id and never by a clock: a late import of an old fact is news, and so is a notice that was
 * written while this phone was looked at without a connection.
 */
export function newsFor(
	child: Child,
	visit: Known<'visit'> | undefined,
	{ notice = [], message = [] }: Besides = {}
): News {
	if (!visit) return { events: [], people: [], notices: [], answers: [] };
	const seen = new Set(visit.v.seen ?? []);
	return {
		since: visit.v.at,
		events: child.councilEvents
			.filter((event) => !seen.has(event.id))
			.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1)),
		people: child.people.filter((person) => !person.local && !seen.has(person.id)),
		notices: notice.filter((one) => !seen.has(one.id)).sort((a, b) => (a.v.at < b.v.at ? 1 : -1)),
		answers: answersFor(child, message)
			.filter((one) => !seen.has(one.id))
			.sort((a, b) => (a.v.at < b.v.at ? 1 : -1))
	};
}
