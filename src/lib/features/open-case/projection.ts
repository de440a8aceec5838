import type { CaseEvent } from '#domain/case/case-event.ts';
import { journeyOf } from '#domain/journey/journey-of.ts';
import type { Journey } from '#domain/journey/journey.ts';
import { lawOverBoth } from '#domain/journey/join-readings.ts';
import { mergeSources } from '#domain/journey/merge-sources.ts';
import type { CouncilRecord } from '#domain/law/council-promises.ts';
import { datesFor } from '#domain/law/dates-for.ts';
import type { LawDates } from '#domain/law/milestone.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import type { OpenRow } from '#store/family-store.ts';
import { childrenOf, type Child } from './children.ts';
import { knownRows, type KnownRows } from './rows.ts';
import { withoutCouncil } from './withheld.ts';

/**
 * Rows to what a screen reads. This file brings the contract, the law and the journey with it, so it is fetched after the
 * first paint (boot.ts); what only needs the shapes imports types.
 */
export type Family = { known: KnownRows; children: Child[] };
export type View = { child: Child; law: LawDates; journey: Journey; events: CaseEvent[] };

export { tooLongSilent } from './withheld.ts';

export function familyOf(rows: readonly OpenRow[], putAway = false): Family {
	const known = knownRows(putAway ? withoutCouncil(rows) : rows);
	return { known, children: childrenOf(known) };
}

/** The council's own promises, as its reference row states them: shown as promises, never as law. */
function councilOf(child: Child, known: KnownRows): CouncilRecord | undefined {
	const row = known.council.find((one) => one.id === child.council);
	const promises = Object.entries(row?.v.promises ?? {}).map(([rule, { source, on }]) => ({
		rule,
		source,
		on
	}));
	return row && { code: row.id, promises };
}

export function viewOf(child: Child, known: KnownRows, today: CivilDate): View {
	const merged = mergeSources(child.councilEvents, child.familyEvents);
	const born = child.bornOn ? { bornOn: child.bornOn } : {};
	const council = councilOf(child, known);
	const law = lawOverBoth(merged, (events) =>
		datesFor({ events, child: born, asOf: today, ...(council && { council }) })
	);
	const journey = journeyOf({ events: merged.all, law, today, child: born, pairs: merged.pairs });
	return { child, law, journey, events: merged.all };
}
