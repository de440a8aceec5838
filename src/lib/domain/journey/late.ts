import type { Actor, RuleKind } from '../law/milestone.ts';
import { type CivilDate, daysBetween } from '../time/civil-date.ts';
import type { Journey, KeyedMilestone, Step, Track } from './journey.ts';
import { countsAsLate } from './plan.ts';

const HEALTH = new Set(['speech-and-language', 'occupational-therapy', 'physiotherapy', 'health']);

/** Whom the family is really waiting for: an adviser's rule is about the therapy team or the school by name. */
export function holderOf(m: KeyedMilestone): Actor {
	const adviser = m.trigger.adviser;
	if (adviser === 'school') return 'school';
	return adviser !== undefined && HEALTH.has(adviser) ? 'health-body' : m.actor;
}

/** One late date for a step: its earliest, since the others say the same thing later. Practice is never called late. */
function lateOf(step: Step): KeyedMilestone[] {
	const parts = step.parts.flatMap((p) => (p.state === 'late' && p.milestone ? [p.milestone] : []));
	const own = step.state === 'late' ? step.milestones.filter(countsAsLate) : [];
	const earliest = own.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))[0];
	return earliest ? [...parts, earliest] : parts;
}

export type Late = Journey['late'][number] & { track: Track; step: number };

/** Everything somebody else owes and is late with, longest first. A transfer's longstop and its review's are one plan: told once. */
export function lateIn(tracks: readonly Track[], today: CivilDate): Late[] {
	const late = tracks.flatMap((track) =>
		track.steps.flatMap((step, i) =>
			lateOf(step).map((milestone) => ({
				milestone,
				days: daysBetween(milestone.due ?? today, today),
				holder: holderOf(milestone),
				track,
				step: i
			}))
		)
	);
	const longstop = late.find((l) => l.track.kind === 'transfer' && l.milestone.rule.startsWith('PT-'));
	const told = late.filter(
		(l) => !(longstop && l.milestone.rule.startsWith('AR-') && l.track.steps[l.step]?.key === 'review.final')
	);
	const once = told.filter((l, i) => told.findIndex((o) => o.milestone.key === l.milestone.key) === i);
	return once.sort((a, b) => b.days - a.days);
}

const WEIGHT: Record<RuleKind, number> = { statute: 0, case: 0, stat_guidance: 1, local: 2, practice: 3 };

/** The late thing that matters most: law before guidance, the plan itself before what leads up to it, then the longest. */
export const worst = (late: readonly Late[]): Late | undefined =>
	[...late].sort(
		(a, b) => WEIGHT[a.milestone.kind] - WEIGHT[b.milestone.kind] || b.step - a.step || b.days - a.days
	)[0];
