import * as z from 'zod/mini';
import { EVENT_TYPES, type EventType } from '#domain/case/vocabulary.ts';

/**
 * What a row may hold, by its type `t`. Rows travel from server to phone as they are kept on both sides. Unknown fields
 * are kept (loose), unknown types are parked by the phone, so that a newer server never breaks an older phone.
 */
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

export const sourceShape = z.looseObject({
	said: z.enum(['council', 'family', 'sen2']),
	file: z.optional(z.string()),
	sha256: z.optional(z.string()),
	row: z.optional(z.number()),
	ref: z.optional(z.string())
});

/** t = 'case': one per shared scope, and one per case a family typed itself. */
export const caseShape = z.looseObject({
	/** GSS code of the council; absent in a case that a family typed. */
	council: z.optional(z.string()),
	councilName: z.optional(z.string()),
	ref: z.optional(z.string()),
	child: z.looseObject({
		givenName: z.optional(z.string()),
		familyName: z.optional(z.string()),
		bornOn: z.optional(day),
		schoolUrn: z.optional(z.string()),
		schoolName: z.optional(z.string())
	})
});

/** t = 'event': a case event (domain/case/case-event.ts); its id is the row's. */
export const eventShape = z.looseObject({
	type: z.enum(EVENT_TYPES as [EventType, ...EventType[]]),
	on: day,
	detail: z.record(z.string(), z.string()),
	source: z.optional(sourceShape),
	recordedAt: z.optional(z.string()),
	note: z.optional(z.string()),
	/** Ids of events that state the same fact with another date; none of them is overwritten. */
	conflictsWith: z.optional(z.array(z.string()))
});

/** t = 'person': somebody who holds the case. One row per officer and spell; the newest `from` without `until` is current. */
export const personShape = z.looseObject({
	role: z.enum(['case-officer', 'team', 'other']),
	name: z.string(),
	team: z.optional(z.string()),
	phone: z.optional(z.string()),
	email: z.optional(z.string()),
	/** As the council wrote it, for example "Mon to Thu 9:00 to 16:00". */
	hours: z.optional(z.string()),
	from: z.optional(day),
	until: z.optional(day),
	fallbackName: z.optional(z.string()),
	fallbackPhone: z.optional(z.string())
});

/** t = 'line', in ref:{council}:people: a telephone line anyone may call. */
export const lineShape = z.looseObject({
	role: z.enum(['duty', 'advice', 'complaints', 'mediation', 'forum', 'helper']),
	name: z.string(),
	about: z.optional(z.string()),
	phone: z.optional(z.string()),
	email: z.optional(z.string()),
	hours: z.optional(z.string()),
	areas: z.optional(z.array(z.string())),
	/** Independent of the team that decides. */
	independent: z.optional(z.boolean()),
	from: z.optional(day),
	until: z.optional(day)
});

/** t = 'council', in ref:{council}:people, id = GSS code. Promises are the council's own, never law. */
export const councilShape = z.looseObject({
	name: z.string(),
	promises: z.optional(z.record(z.string(), z.looseObject({ days: z.number(), source: z.string(), on: day }))),
	demo: z.optional(z.boolean())
});

/** t = 'case.link', on the phone: these two cases are one child. */
export const caseLinkShape = z.looseObject({ localCase: z.string(), councilCase: z.string() });

/** t = 'shown', on the phone: which rules the family was shown on which day. */
export const shownShape = z.looseObject({ case: z.string(), shownOn: day, rulesVersion: z.string() });

/** t = 'visit', on the phone: when this case was last looked at, so that what is new can be told. */
export const visitShape = z.looseObject({ case: z.string(), at: z.string(), seen: z.optional(z.array(z.string())) });

export const ROW_SHAPES = {
	case: caseShape,
	event: eventShape,
	person: personShape,
	line: lineShape,
	council: councilShape,
	'case.link': caseLinkShape,
	shown: shownShape,
	visit: visitShape
} as const;

export type RowType = keyof typeof ROW_SHAPES;
export type RowValue<T extends RowType> = z.infer<(typeof ROW_SHAPES)[T]>;
export const isRowType = (t: string): t is RowType => Object.hasOwn(ROW_SHAPES, t);
