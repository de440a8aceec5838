import * as z from 'zod';
import { EVENT_TYPES, type EventType } from '#domain/case/vocabulary.ts';
import { parseCivilDate } from '#domain/time/civil-date.ts';

const day = z.string().refine((text) => parseCivilDate(text) !== undefined, 'must be a date, YYYY-MM-DD');
const monthDay = z.string().regex(/^\d{2}-\d{2}$/);
const ribbon = z.strictObject({
	unit: z.enum(['week', 'month']),
	of: z.number(),
	at: z.number(),
	past: z.number()
});

/** What must hold on whatever day the persona is laid: the state it is named after. */
const always = z.strictObject({
	main: z.string().optional(),
	/** A process that must be there, when it need not be the one Home opens with. */
	has: z.string().optional(),
	stages: z.array(z.string()).optional(),
	now: z.string().optional(),
	/** Rules that are late, no more and no fewer. */
	late: z.array(z.string()),
	ribbon: ribbon.optional()
});

const dated = z.strictObject({ rule: z.string(), due: day });
/** What the engine and the journey say on the frozen day, exactly. */
const onFrozenDay = z.strictObject({
	main: z.string(),
	stage: z.string(),
	holder: z.string(),
	now: z.string(),
	ribbon: ribbon.optional(),
	late: z.array(z.strictObject({ rule: z.string(), days: z.number(), holder: z.string() })),
	next: dated.optional(),
	nextOwn: dated.optional(),
	actions: z.array(z.string()),
	milestones: z.array(z.strictObject({ rule: z.string(), due: day, state: z.string() }))
});

const event = z.strictObject({
	type: z.enum(EVENT_TYPES as [EventType, ...EventType[]]),
	on: day,
	detail: z.record(z.string(), z.string()).default({}),
	/** The day the council's file first told it; the day after `on` unless said. */
	recordedOn: day.optional(),
	note: z.string().optional()
});

const personaCase = z.strictObject({
	ref: z.string(),
	child: z.strictObject({
		givenName: z.string(),
		familyName: z.string(),
		bornOn: day,
		schoolName: z.string().optional()
	}),
	officers: z.array(z.strictObject({ ref: z.string(), from: day })),
	events: z.array(event),
	onFrozenDay,
	always,
	/** For a persona that hangs on the school year, what holds before its winter, in it and after it. */
	seasons: z.strictObject({ next: always, this: always, last: always }).optional()
});

const persona = z.strictObject({
	name: z.string().regex(/^[a-z0-9-]+$/),
	title: z.string(),
	about: z.string(),
	frozen: day,
	/** The school year it is shown in runs from `startsOn`; its winter from `winterFrom` to `longstop`. */
	season: z.strictObject({ startsOn: monthDay, winterFrom: monthDay, longstop: monthDay }).optional(),
	guardians: z
		.array(
			z.strictObject({
				ref: z.string(),
				name: z.string(),
				role: z.string(),
				readingLanguage: z.string(),
				interpreterLanguage: z.string().optional()
			})
		)
		.min(1),
	cases: z.array(personaCase).min(1)
});

export type Persona = z.infer<typeof persona>;
export type PersonaCase = z.infer<typeof personaCase>;
export type Always = z.infer<typeof always>;

/** A persona out of its file. Throws with the name of the file and the field when the file is not sound. */
export function readPersona(file: string, json: unknown): Persona {
	const read = persona.safeParse(json);
	if (read.success) return read.data;
	const lines = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
	throw new Error(`The demo's ${file} is not sound: ${lines.join('; ')}`);
}
