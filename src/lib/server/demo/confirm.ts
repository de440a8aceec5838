import type { CaseEvent } from '#domain/case/case-event.ts';
import type { Journey } from '#domain/journey/journey.ts';
import { journeyOf } from '#domain/journey/journey-of.ts';
import { DEMO_COUNCIL as PROMISES } from '#domain/law/council-promises.ts';
import { lawFor } from '#domain/law/law-for.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import type { Demo, LaidCase, LaidPersona } from './compose.ts';
import type { Always } from './persona.ts';

/** What the rules and the journey say about a laid case on a day: the same path a phone takes. */
export function journeyOfCase(laid: LaidCase, today: CivilDate): Journey {
	const events: CaseEvent[] = laid.events.map((event, i) => ({
		...event,
		id: `${laid.roster.caseRef}-${i}`
	}));
	const child = { bornOn: laid.roster.child.bornOn };
	return journeyOf({ events, law: lawFor({ events, child, asOf: today, council: PROMISES }), today, child });
}

function differences(journey: Journey, want: Always): string[] {
	const told = want.has === undefined ? journey.main : journey.tracks.find((t) => t.kind === want.has);
	const late = [...new Set(journey.late.map((l) => l.milestone.rule))].sort();
	const { ribbon } = journey.main ?? {};
	const isAt =
		want.ribbon === undefined ||
		(ribbon && JSON.stringify({ ...ribbon, gates: undefined }) === JSON.stringify(want.ribbon));
	return [
		...(told === undefined ? [`there is no ${want.has ?? 'open'} process`] : []),
		...(want.main !== undefined && told?.kind !== want.main
			? [`Home opens with ${told?.kind}, not ${want.main}`]
			: []),
		...(want.stages && !want.stages.includes(told?.stage ?? '')
			? [`it stands at ${told?.stage}, not at ${want.stages.join(' or ')}`]
			: []),
		...(want.now !== undefined && journey.now?.why !== want.now
			? [`what matters is ${journey.now?.why}, not ${want.now}`]
			: []),
		...(late.join() !== [...want.late].sort().join()
			? [`late is ${late.join(', ') || 'nothing'}, not ${want.late.join(', ') || 'nothing'}`]
			: []),
		...(isAt ? [] : [`the ribbon is at ${ribbon?.unit} ${ribbon?.at}, not ${want.ribbon?.at}`])
	];
}

const wantedOf = (persona: LaidPersona, laid: LaidCase): Always =>
	(persona.season && laid.source.seasons?.[persona.season.name]) ?? laid.source.always;

/** A persona that is not in the state it is named after: the demo would show something else than it says. */
export class DemoNotAsNamed extends Error {}

/** Has the engine look at every laid case. Throws DemoNotAsNamed with each difference. */
export function confirmDemo(demo: Demo): void {
	const wrong = demo.personas.flatMap((laid) =>
		laid.cases.flatMap((one) =>
			differences(journeyOfCase(one, demo.today), wantedOf(laid, one)).map(
				(what) => `${laid.persona.name} ${one.roster.caseRef}: ${what}`
			)
		)
	);
	if (wrong.length > 0)
		throw new DemoNotAsNamed(`On ${demo.today} the demo is not what it says: ${wrong.join('; ')}`);
}
