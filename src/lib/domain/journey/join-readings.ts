import type { CaseEvent } from '../case/case-event.ts';
import type { LawDates, Milestone, Trigger } from '../law/milestone.ts';
import type { Merged, Pair } from './merge-sources.ts';

/** Words for the date that runs from the other day of a pair; i18n looks them up below `readings.`. */
export const OTHER_DAY = 'other-stated-day';

const isTrigger = (t: Trigger, e: CaseEvent): boolean =>
	t.id !== undefined ? t.id === e.id : t.type === e.type && t.on === e.on;

function sameTrigger(a: Trigger, b: Trigger, pairs: readonly Pair[]): boolean {
	if (a.adviser !== b.adviser || a.setting !== b.setting) return false;
	if (a.id !== undefined || b.id !== undefined ? a.id === b.id : a.type === b.type && a.on === b.on)
		return true;
	return pairs.some((p) => isTrigger(a, p.governs) && isTrigger(b, p.other));
}

/** A limit on the family is a day after which it loses something: then the earlier day is the safe one to show. */
const isFamilyLimit = (m: Milestone): boolean => m.actor === 'family' && m.direction !== 'ceiling';

function choose(main: Milestone, other: Milestone, authority: string): Milestone {
	if (main.due === undefined || other.due === undefined || main.due === other.due) return main;
	const governs = isFamilyLimit(main) && other.due < main.due ? other : main;
	const beside = governs === main ? other : main;
	const also = {
		due: beside.due as string,
		reading: OTHER_DAY,
		authority: governs === main ? authority : 'council'
	};
	// The trigger stays the governing event's, so that the key of a page does not change with the reading.
	return {
		...governs,
		trigger: { ...governs.trigger, ...(main.trigger.id ? { id: main.trigger.id } : {}) },
		alternatives: [...governs.alternatives, also]
	};
}

/** One result out of two: the council's duties from its own dates with the family's beside them, the family's limits at the earlier last day. */
export function joinReadings<L extends LawDates>(main: L, other: LawDates, pairs: readonly Pair[]): L {
	const milestones = main.milestones.map((m) => {
		const twin = other.milestones.find((o) => o.rule === m.rule && sameTrigger(m.trigger, o.trigger, pairs));
		return twin
			? choose(m, twin, pairs.some((p) => p.other.source?.said === 'family') ? 'family' : 'council')
			: m;
	});
	return { ...main, milestones };
}

/** Runs the engine once, or twice where two days stand for one fact. `engine` is `lawFor` or `datesFor` with everything but the events filled in. */
export function lawOverBoth<L extends LawDates>(merged: Merged, engine: (events: CaseEvent[]) => L): L {
	const main = engine(merged.events);
	return merged.pairs.length === 0 ? main : joinReadings(main, engine(merged.otherReading), merged.pairs);
}
