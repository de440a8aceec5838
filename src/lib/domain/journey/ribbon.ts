import { type CivilDate, daysBetween } from '../time/civil-date.ts';
import { monthsFrom } from './days.ts';
import type { KeyedMilestone, Ribbon } from './journey.ts';

/**
 * Days 1-7 after the start are week 1, so the last day of a 20-week limit is still week 20 and the day after is week 21:
 * the ribbon turns late on the same day as the law does.
 */
export const weekAt = (start: CivilDate, on: CivilDate): number =>
	Math.max(1, Math.ceil(daysBetween(start, on) / 7));

export function gateState(m: KeyedMilestone | undefined): Ribbon['gates'][number]['state'] {
	if (!m) return 'ahead';
	if (m.state === 'late') return 'late';
	if (m.state === 'done_on_time' || m.state === 'done_late') return 'done';
	return m.state === 'moot' || m.state === 'ended' ? 'moot' : 'ahead';
}

const gatesOf = (at: readonly [number, string][], milestones: readonly KeyedMilestone[]): Ribbon['gates'] =>
	at.map(([week, rule]) => ({ at: week, rule, state: gateState(milestones.find((m) => m.rule === rule)) }));

/** Week N of `of` from `start`; weeks past the end are counted in `past`, begun weeks included. */
export function weekRibbon(
	of: number,
	span: { start: CivilDate; on: CivilDate; milestones: readonly KeyedMilestone[] },
	gates: readonly [number, string][]
): Ribbon {
	const at = weekAt(span.start, span.on);
	return { unit: 'week', of, at, past: Math.max(0, at - of), gates: gatesOf(gates, span.milestones) };
}

/** Month N of 12 to the next review: month 1 starts on the day, the anniversary itself is still month 12 (law.md F1). */
export function reviewYearRibbon(
	start: CivilDate,
	on: CivilDate,
	milestones: readonly KeyedMilestone[]
): Ribbon {
	const whole = monthsFrom(start, on);
	const exact = whole > 0 && start.slice(8) === on.slice(8);
	const at = Math.max(1, exact ? whole : whole + 1);
	return {
		unit: 'month',
		of: 12,
		at,
		past: Math.max(0, at - 12),
		gates: gatesOf([[12, 'AR-12M']], milestones)
	};
}
