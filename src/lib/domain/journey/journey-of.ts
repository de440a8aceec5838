import type { CaseEvent } from '../case/case-event.ts';
import type { LawDates } from '../law/milestone.ts';
import { actionsFor } from './actions.ts';
import { keyed, milestonesOfSpan } from './attribute.ts';
import { type CivilDate, daysBetween } from '../time/civil-date.ts';
import { isDeadline, isOthers, isOwn, isTurn, soonest } from './family-windows.ts';
import type { Journey, KeyedMilestone, Track } from './journey.ts';
import { type Late, lateIn, worst } from './late.ts';
import { type Merged, type Pair, mergeStated } from './merge-sources.ts';
import { missingIn } from './missing.ts';
import { spansOf } from './spans-of.ts';
import { trackOf } from './track-of.ts';

/** A deadline of others is said to be close in its last two weeks. */
const SOON = 14;

/** Decisions to end a plan: their appeal window is the family's turn, a decision to keep it as it is only a right. */
function ceaseIds(events: readonly CaseEvent[]): ReadonlySet<string> {
	return new Set(
		events.filter((e) => e.type === 'review.decided' && e.detail['outcome'] === 'cease').map((e) => e.id)
	);
}

/** Processes that carry a plan come before a letter or a complaint; a year in which nothing happens comes last of them. */
function rank(t: Track): number {
	if (t.stage === 'review.between') return 2;
	if (['assessment', 'reassessment', 'review', 'transfer'].includes(t.kind)) return 0;
	return t.kind === 'move' || (t.kind === 'appeal' && t.stage !== 'appeal.window') ? 1 : 3;
}

function mainTrack(
	tracks: readonly Track[],
	turn: KeyedMilestone | undefined,
	late: Late | undefined
): Track | undefined {
	const waits = turn && tracks.find((t) => t.steps.some((s) => s.milestones.some((m) => m.key === turn.key)));
	if (waits ?? late) return waits ?? late?.track;
	const newest = (a: Track, b: Track): number => rank(a) - rank(b) || (a.startedOn < b.startedOn ? 1 : -1);
	const open = tracks.filter((t) => t.endedOn === undefined).sort(newest)[0];
	return open ?? [...tracks].sort((a, b) => ((a.endedOn ?? '') < (b.endedOn ?? '') ? 1 : -1))[0];
}

function nowOf(
	turn: KeyedMilestone | undefined,
	late: Late | undefined,
	how: { next?: KeyedMilestone; today: CivilDate; open: boolean }
): Journey['now'] {
	if (turn) return { why: 'your-turn', milestone: turn };
	if (late) return { why: 'late', milestone: late.milestone };
	const { next, today, open } = how;
	if (next?.due !== undefined && daysBetween(today, next.due) <= SOON)
		return { why: 'due-soon', milestone: next };
	if (next) return { why: 'waiting', milestone: next };
	return { why: open ? 'waiting' : 'all-quiet' };
}

/** A screen tells tracks apart by their keys; a story that contradicts itself may start two from one fact. */
function apart(tracks: Track[]): void {
	const seen = new Map<string, number>();
	for (const track of tracks) {
		const nth = seen.get(track.key) ?? 0;
		seen.set(track.key, nth + 1);
		if (nth > 0) track.key += String(nth);
	}
}

/** The nearest day that somebody else must keep; of several on one day the one that governs its step. */
function nextOfOthers(
	tracks: readonly Track[],
	milestones: readonly KeyedMilestone[],
	today: CivilDate
): KeyedMilestone | undefined {
	const governing = new Set(tracks.flatMap((t) => t.steps.map((s) => s.milestones[0]?.key)));
	const ahead = milestones.filter((m) => isOthers(m) && m.due !== undefined && m.due >= today);
	const nearest = ahead.filter((m) => m.due === ahead[0]?.due);
	return nearest.find((m) => governing.has(m.key)) ?? nearest[0];
}

function factsOf(
	events: readonly CaseEvent[],
	pairs: readonly Pair[] | undefined
): Pick<Merged, 'events' | 'pairs'> {
	if (!pairs) return mergeStated(events);
	const beside = new Set(pairs.map((p) => p.other));
	return { events: events.filter((e) => !beside.has(e)), pairs: [...pairs] };
}

/**
 * What the facts of one child mean today. Pure: the same facts, rules and day give the same journey on any machine, so what a
 * family was shown on a day can be worked out again (recorded-by.ts).
 *
 * @param about.events every stated fact, each saying who said it; two days for one fact may both be there (merge-sources.ts)
 * @param about.law the engine's result on the same facts (lawOverBoth where there are pairs)
 */
export function journeyOf(about: {
	events: readonly CaseEvent[];
	law: LawDates;
	today: CivilDate;
	child?: { bornOn?: CivilDate };
	/** From mergeSources, when it was called already; else worked out from who said what. */
	pairs?: readonly Pair[];
}): Journey {
	const { law, today } = about;
	const merged = factsOf(about.events, about.pairs);
	const milestones = keyed(law.milestones);
	const besides = (e: CaseEvent): CaseEvent[] =>
		merged.pairs.filter((p) => p.governs === e).map((p) => p.other);
	const spans = spansOf(merged.events);
	const scenes = spans.map((span) => ({
		span,
		today,
		milestones: milestonesOfSpan(span, spans, milestones)
	}));
	const tracks = scenes
		// The right to appeal against a plan or a "no change" is a track while it runs or was used; then it has nothing to tell.
		.filter(({ span }) => span.events.length > 0 || span.base !== undefined)
		.map((scene) => trackOf(scene, besides))
		.filter(
			(t) =>
				!(
					t.stage === 'appeal.window-closed' &&
					(t.about === 'plan.finalised' || t.about === 'review.decided')
				)
		)
		.filter(
			(t) =>
				!(
					t.kind === 'appeal' &&
					t.stage === 'appeal.lodge' &&
					t.steps.every((s) => s.milestones.length === 0) &&
					t.steps.length <= 2
				)
		);
	apart(tracks);
	const late = lateIn(tracks, today);
	const ceased = ceaseIds(merged.events);
	const ceasing = (m: KeyedMilestone): boolean => m.trigger.id !== undefined && ceased.has(m.trigger.id);
	const turn = soonest(milestones.filter((m) => isTurn(m, ceasing(m))));
	const next = nextOfOthers(tracks, milestones, today);
	const nextOwn = soonest(milestones.filter((m) => isOwn(m) && isDeadline(m)));
	const missing = missingIn(tracks, law.milestones);
	const pairs = merged.pairs.map((p) => ({ events: [p.governs, p.other] }));
	const main = mainTrack(tracks, turn, worst(late));
	const now = nowOf(turn, worst(late), {
		...(next ? { next } : {}),
		today,
		open: tracks.some((t) => t.endedOn === undefined)
	});
	return {
		today,
		tracks,
		...(main ? { main } : {}),
		late: late.map(({ milestone, days, holder }) => ({ milestone, days, holder })),
		...(now ? { now } : {}),
		actions: actionsFor({ tracks, milestones, late, missing, pairs, today, ceasing }),
		...(next ? { next } : {}),
		...(nextOwn ? { nextOwn } : {}),
		milestones,
		missing,
		pairs
	};
}
