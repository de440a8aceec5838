import type { EventType } from '../case/vocabulary.ts';
import type { Actor } from '../law/milestone.ts';
import type { CivilDate } from '../time/civil-date.ts';
import type { KeyedMilestone, Ribbon } from './journey.ts';
import type { StageKey, StepKey } from './keys.ts';
import type { Span } from './span.ts';

/** One process as it stands: its facts, what the rules say about them, and the day. */
export type Scene = { span: Span; milestones: readonly KeyedMilestone[]; today: CivilDate };

/** A step of a process as data: which facts are shown under it, which of them finish it (the first kind there is gives the day), which rules date it. */
export type StepPlan = {
	key: StepKey;
	facts: readonly EventType[];
	doneBy: readonly EventType[];
	rules: readonly string[];
	/** Who has the ball while the track stands here. */
	holder: Actor;
	/** A step made of several answers: one part for each adviser or setting that was asked. */
	parts?: { asked: EventType; came: EventType; by: 'adviser' | 'setting'; rule: string };
	/** A step that a case may go past without: then it is moot, not done on an unknown day. */
	optional?: true;
	/** A day somebody has already set for it: a meeting, a hearing, the first day at the new school. */
	plannedOn?: (scene: Scene) => CivilDate | undefined;
	/** Steps that only some cases have. */
	shown?: (scene: Scene) => boolean;
	/** Finished by the calendar, for example when the days to comment are over. Gives the day it counts as done, if any. */
	doneWithout?: (scene: Scene) => CivilDate | undefined;
};

export type TrackPlan = {
	steps: readonly StepPlan[];
	/** How and when it ended; nothing while something is still expected. */
	end: (scene: Scene) => { stage: StageKey; on: CivilDate } | undefined;
	/** A stage that is not simply the step where the track stands. */
	stage?: (scene: Scene, here: StepKey | undefined) => StageKey | undefined;
	ribbon?: (scene: Scene) => Ribbon | undefined;
};

export const milestoneOf = (scene: Scene, ...rules: string[]): KeyedMilestone | undefined =>
	scene.milestones.find((m) => rules.includes(m.rule));

/**
 * Invitations and papers of a meeting are hardly ever told in a case file: that nobody wrote them down does not make them late,
 * so they are asked for (missing.ts). Usual practice is never late at all.
 */
const SELDOM_TOLD: ReadonlySet<string> = new Set(['AR-NOTICE-2W', 'AR-PAPERS-2W']);
export const seldomTold = (m: KeyedMilestone): boolean => SELDOM_TOLD.has(m.rule);
export const countsAsLate = (m: KeyedMilestone): boolean =>
	m.state === 'late' && m.actor !== 'family' && m.kind !== 'practice' && !seldomTold(m);

const OVER: ReadonlySet<string> = new Set(['passed', 'moot', 'ended', 'done_on_time', 'done_late']);
export const isOver = (m: KeyedMilestone): boolean => OVER.has(m.state);
export const isOpen = (m: KeyedMilestone): boolean => !OVER.has(m.state) && m.due !== undefined;
