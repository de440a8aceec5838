import { parseCivilDate, addDays, type CivilDate } from '#domain/time/civil-date.ts';
import type { EventDraft } from '../cases/case-events.ts';
import type { RosterCase } from '../cases/roster.ts';
import { DEMO_COUNCIL } from './council.ts';
import { type Move, type SeasonName, moveTo } from './move-dates.ts';
import type { Persona, PersonaCase } from './persona.ts';
import { PERSONAS } from './personas.ts';

export type LaidCase = {
	roster: RosterCase & { child: { givenName: string; familyName: string; bornOn: CivilDate } };
	events: (EventDraft & { detail: Record<string, string>; recordedAt: string })[];
	/** Who held it from which day on, earliest first; empty when nobody was named. */
	officers: { officerRef: string; from: CivilDate }[];
	source: PersonaCase;
};
export type LaidPersona = {
	persona: Persona;
	season?: { name: SeasonName; longstop: CivilDate };
	cases: LaidCase[];
};
/** The whole demo as plain data, for one day. */
export type Demo = { today: CivilDate; council: typeof DEMO_COUNCIL; personas: LaidPersona[] };

/** Details that are days the calendar fixes; other details that are days were somebody's act. */
const FIXED_DETAILS = new Set(['startsOn']);

function movedDetail(detail: Record<string, string>, move: Move): Record<string, string> {
	const moved = Object.entries(detail).map(([name, value]) => {
		if (parseCivilDate(value) === undefined) return [name, value];
		return [name, FIXED_DETAILS.has(name) ? move.fixed(value) : move.act(value)];
	});
	return Object.fromEntries(moved) as Record<string, string>;
}

/** The council's nightly file tells what happened the day before; ten past six is before anybody looks. */
const NIGHTLY = 'T06:10:00.000Z';

function eventsOf(told: PersonaCase, move: Move, now: Date): LaidCase['events'] {
	const today = now.toISOString();
	return told.events.flatMap((event, i) => {
		const on = move.act(event.on);
		const recorded = `${event.recordedOn ? move.act(event.recordedOn) : addDays(on, 1)}${NIGHTLY}`;
		return [
			{
				type: event.type,
				on,
				detail: movedDetail(event.detail, move),
				...(event.note !== undefined ? { note: event.note } : {}),
				source: { said: 'council' as const, ref: `${told.ref}-${i + 1}` },
				recordedAt: recorded > today ? today : recorded
			}
		];
	});
}

/** A day still to come is told only where the council has said it will be: a meeting that is set. */
const isTold = (event: LaidCase['events'][number], today: CivilDate): boolean =>
	event.on <= today || (event.type === 'review.meeting-set' && event.recordedAt.slice(0, 10) <= today);

function caseOf(
	told: PersonaCase,
	persona: Persona,
	at: { today: CivilDate; now: Date; move: Move }
): LaidCase {
	const { today, now, move } = at;
	return {
		roster: {
			council: DEMO_COUNCIL.code,
			caseRef: told.ref,
			child: { ...told.child, bornOn: move.fixed(told.child.bornOn) },
			guardians: persona.guardians
		},
		events: eventsOf(told, move, now).filter((event) => isTold(event, today)),
		officers: told.officers.map(({ ref, from }) => ({ officerRef: ref, from: move.act(from) })),
		source: told
	};
}

/** The five families with their days moved to today. Writes nothing; confirm.ts says whether each is what it is named after. */
export function composeDemo(today: CivilDate, now: Date, personas: readonly Persona[] = PERSONAS): Demo {
	return {
		today,
		council: DEMO_COUNCIL,
		personas: personas.map((persona) => {
			const move = moveTo(persona, today);
			const cases = persona.cases.map((told) => caseOf(told, persona, { today, now, move }));
			return { persona, ...(move.season ? { season: move.season } : {}), cases };
		})
	};
}
