import type { CaseEvent } from '../case/case-event.ts';
import type { EventType } from '../case/vocabulary.ts';
import type { Actor, Milestone } from '../law/milestone.ts';
import type { CivilDate } from '../time/civil-date.ts';

/**
 * The shape a family screen reads: where are we, who has the ball, what can I do. Everything is a key, a date or a number;
 * words belong to i18n. It is derived from events + rules + today and never stored.
 */
export type TrackKind =
	| 'assessment'
	| 'reassessment'
	| 'review'
	| 'transfer'
	| 'move'
	| 'appeal'
	| 'complaint'
	| 'referral'
	| 'records'
	| 'care';

/** One process of one child; several can run at once. `key` is stable while its first event exists. */
export type Track = {
	key: string;
	kind: TrackKind;
	/** What the track is about where one word tells it apart: a therapy service, a complaint kind, a transfer phase. */
	about?: string;
	startedOn: CivilDate;
	/** Set when nothing more is expected: plan issued, refused with no open window, review decided… */
	endedOn?: CivilDate;
	/** i18n key below `stage.`: what is happening now, for example `assessment.advice`. */
	stage: string;
	/** Who has the ball in this track now. */
	holder: Actor;
	ribbon?: Ribbon;
	steps: Step[];
};

/** `Week 13 of 20`, or `Month 4 of 12` to the next review. `past` counts whole or begun units beyond `of`. */
export type Ribbon = {
	unit: 'week' | 'month';
	of: number;
	at: number;
	past: number;
	/** Taller marks: weeks 6, 16, 20 in an assessment. */
	gates: { at: number; rule: string; state: 'done' | 'late' | 'ahead' | 'moot' }[];
};

/** One stop on the Timeline, in time order: past solid, future dashed. */
export type Step = {
	/** i18n key below `step.`, for example `assessment.requested`. */
	key: string;
	state: 'done' | 'now' | 'late' | 'ahead' | 'moot';
	/** True on the one step where the track stands now; the state may be `now` or `late`. */
	here?: true;
	/** The day it happened, or the day it is due. Absent when unknown: then the screen says so. */
	on?: CivilDate;
	/** Facts shown under this step; two that disagree stand side by side. */
	events: CaseEvent[];
	/** The dates the rules give for this step; the first is the one that governs. */
	milestones: KeyedMilestone[];
	/** Parts of one step with their own state: each adviser, each setting. */
	parts: {
		about: string;
		state: 'done' | 'late' | 'waiting' | 'moot';
		on?: CivilDate;
		due?: CivilDate;
		milestone?: KeyedMilestone;
	}[];
};

/** A milestone with an opaque key that may stand in a URL: it says nothing about the child. */
export type KeyedMilestone = Milestone & { key: string };

/** Something the family may do, best first. `key` is an i18n key below `action.`. None of them sends anything in issue 2. */
export type FamilyAction = {
	key: string;
	milestone?: KeyedMilestone;
	/** Whose answer it is about (an adviser, a setting); when a date is asked for, the type of the fact or the detail. */
	about?: string;
	/** The stated fact whose detail is asked for. */
	event?: string;
	/** The last day, where it has one; `sendBy` is the safe day. */
	by?: CivilDate;
	sendBy?: CivilDate;
};

export type Journey = {
	today: CivilDate;
	tracks: Track[];
	/** The track Home opens with: one that waits for the family, else one that is late, else the newest open, else the newest. */
	main?: Track;
	/** Council-side milestones that are late now, longest first, with whole days late. */
	late: { milestone: KeyedMilestone; days: number; holder: Actor }[];
	/** The one thing that matters most now. */
	now?: { why: 'your-turn' | 'late' | 'due-soon' | 'waiting' | 'all-quiet'; milestone?: KeyedMilestone };
	actions: FamilyAction[];
	/** The next date somebody else must keep, and the next last day of the family's own. */
	next?: KeyedMilestone;
	nextOwn?: KeyedMilestone;
	/** Every milestone with its key, by date. */
	milestones: KeyedMilestone[];
	/**
	 * What would settle a date and nobody has stated: asked for, never guessed. `field` is a detail of the stated event `event`,
	 * `on` when the fact of type `type` was never stated at all, or `bornOn`.
	 */
	missing: { field: string; event?: string; type?: EventType; rule: string }[];
	/** Same type, detail and track, another date: shown side by side (issue 2 §5). */
	pairs: { events: CaseEvent[] }[];
};
