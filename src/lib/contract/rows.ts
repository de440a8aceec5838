import { EVENT_TYPES, type EventType } from '#domain/case/vocabulary.ts';
import { messageShape, submissionShape } from './sent.ts';
import { day, flag, list, number, object, oneOf, record, text, type Infer } from './shape.ts';

/**
 * What a row may hold, by its type `t`. Rows travel from server to phone as they are kept on both sides. Unknown fields
 * are kept (loose), unknown types are parked by the phone, so that a newer server never breaks an older phone.
 */
export const sourceShape = object(
	{ said: oneOf(['council', 'family', 'sen2']) },
	{ file: text, sha256: text, row: number, ref: text }
);

/**
 * t = 'case': one per shared scope, and one per case a family typed itself. `council` is its GSS code, absent with
 * `councilName` in a case that a family typed; `ref` is the council's own case reference.
 */
export const caseShape = object(
	{
		child: object({}, { givenName: text, familyName: text, bornOn: day, schoolUrn: text, schoolName: text })
	},
	{ council: text, councilName: text, ref: text }
);

/**
 * t = 'event': a case event (domain/case/case-event.ts); its id is the row's. `conflictsWith`: ids of events that state the
 * same fact with another date; none of them is overwritten.
 */
export const eventShape = object(
	{ type: oneOf(EVENT_TYPES as readonly EventType[]), on: day, detail: record(text) },
	{ source: sourceShape, recordedAt: text, note: text, conflictsWith: list(text) }
);

/**
 * t = 'person': somebody who holds the case. One row per officer and spell; the newest `from` without `until` is current.
 * `hours` as the council wrote them, for example "Mon to Thu 9:00 to 16:00".
 */
export const personShape = object(
	{ role: oneOf(['case-officer', 'team', 'other']), name: text },
	{
		team: text,
		phone: text,
		email: text,
		hours: text,
		from: day,
		until: day,
		fallbackName: text,
		fallbackPhone: text
	}
);

/** t = 'line', in ref:{council}:people: a telephone line anyone may call. `independent` of the team that decides. */
export const lineShape = object(
	{ role: oneOf(['duty', 'advice', 'complaints', 'mediation', 'forum', 'helper']), name: text },
	{
		about: text,
		phone: text,
		email: text,
		hours: text,
		areas: list(text),
		independent: flag,
		from: day,
		until: day
	}
);

/** t = 'council', in ref:{council}:people, id = GSS code. Promises are the council's own, never law. */
export const councilShape = object(
	{ name: text },
	{ promises: record(object({ days: number, source: text, on: day })), demo: flag }
);

/** t = 'case.link', on the phone: these two cases are one child. */
export const caseLinkShape = object({ localCase: text, councilCase: text });

/** t = 'shown', on the phone: which rules the family was shown on which day. */
export const shownShape = object({ case: text, shownOn: day, rulesVersion: text });

/** t = 'visit', on the phone: when this case was last looked at, so that what is new can be told. */
export const visitShape = object({ case: text, at: text }, { seen: list(text) });

/**
 * t = 'typed', on the phone: what stood in a form when the lock fell, by the field's id, until its screen is back. Sealed like
 * everything else, which is why it is a row.
 */
export const typedShape = object({ path: text, fields: record(text) });

/**
 * t = 'notice', in user:{account}: something happened to the account that its person should know, told on their other phones.
 * `device`: the phone it happened on. `case` and `on`: of a case whose record becomes the young person's, and the day it does.
 */
export const noticeShape = object({ kind: text, at: text }, { device: text, case: text, on: day });
/** Kinds that this app has words for. Open, so that a newer server's kind is told in general words and not called damage. */
export const NOTICE_KINDS = [
	'phone-added',
	'phone-removed',
	'passkey-added',
	'mail-changed',
	'sign-in-added',
	/** `mine` is told to the young person, `theirs` to everybody else who reads the record. */
	'rights-soon-mine',
	'rights-soon-theirs',
	'rights-moved-mine',
	'rights-moved-theirs',
	'grant-given',
	'grant-withdrawn'
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * t = 'draft', in the writer's own scope on this phone: a form that is being filled, id `{form}.{case}`. `answers` by question id; `skipped`
 * are questions left out on purpose. `sent`: the submission it became last. `doc`: the same words as a Yjs document (base64), so that two
 * phones can write it apart. `together`: it is written with others, in the scope `fam`. `mine`: questions that were typed into here since
 * words from elsewhere last arrived; `both`: those that then changed there too, until somebody has read them again.
 */
export const draftShape = object(
	{ form: text, version: number, case: text, answers: record(text) },
	{
		skipped: list(text),
		sent: text,
		changedAt: text,
		doc: text,
		together: flag,
		mine: list(text),
		both: list(text)
	}
);

/**
 * t = 'writing', in `own` or `fam` on the server: what a draft holds over all phones that write it, id = form. `state`: the merged Yjs document,
 * base64; `answers` and `skipped` are read out of it.
 */
export const writingShape = object(
	{ form: text, version: number, state: text, answers: record(text) },
	{ skipped: list(text) }
);

/**
 * t = 'record', in the writer's own scope on this phone and nowhere else: a line of the family's own log. `on`: the day it is about; `until`: its
 * last day where it lasted. `who`: whom they spoke to; `phone` the number that was called; `about`: a rule, an event or a person's row.
 */
export const RECORD_KINDS = ['note', 'call', 'visit', 'promised', 'out-of-school', 'part-time'] as const;
export const recordShape = object(
	{ kind: oneOf(RECORD_KINDS), case: text, on: day, text },
	{ until: day, who: text, phone: text, about: text, writtenAt: text, changedAt: text, hours: text }
);

/** t = 'profile', in the writer's own scope on this phone, one per case: what a family tells once. `sections` by their id. */
export const profileShape = object({ case: text, sections: record(text) }, { changedAt: text });

/**
 * t = 'file', in the writer's own scope on this phone: a file that goes with words still being written. Its bytes are the chunks of the table
 * `chunks`; `draft`: the id of the draft row it belongs to. `key` as in `fileRef`.
 */
export const fileShape = object(
	{ draft: text, type: text, bytes: number, sha256: text, key: text, addedAt: text },
	{ question: text, seconds: number }
);

/**
 * t = 'canary', in user:{profile} on this phone and nowhere else: written once, always the same. A phone that was in use and has it no more has
 * lost what was kept on it (blueprint §10).
 */
export const canaryShape = object({ says: text });

export const ROW_SHAPES = {
	case: caseShape,
	event: eventShape,
	person: personShape,
	line: lineShape,
	council: councilShape,
	'case.link': caseLinkShape,
	shown: shownShape,
	visit: visitShape,
	canary: canaryShape,
	typed: typedShape,
	notice: noticeShape,
	draft: draftShape,
	message: messageShape,
	submission: submissionShape,
	writing: writingShape,
	record: recordShape,
	profile: profileShape,
	file: fileShape
} as const;

export type RowType = keyof typeof ROW_SHAPES;
export type RowValue<T extends RowType> = Infer<(typeof ROW_SHAPES)[T]>;
export const isRowType = (t: string): t is RowType => Object.hasOwn(ROW_SHAPES, t);
/** Whether a row can be shown by this app: of a type it knows, and of that type's shape. */
export const isKnownRow = (row: { t: string; v: unknown }): boolean =>
	isRowType(row.t) && ROW_SHAPES[row.t].is(row.v);
