import type { CivilDate } from '../time/civil-date.ts';
import type { EventType } from '../case/vocabulary.ts';

/** law.md §6 and law-decisions §1: what a milestone can be. */
export type MilestoneState =
	| 'not_started'
	| 'upcoming'
	| 'due_today'
	| 'late'
	| 'done_on_time'
	| 'done_late'
	| 'relaxed_claimed'
	| 'unknown_calendar'
	| 'moot'
	| 'ended'
	| 'passed';

export type RuleKind = 'statute' | 'case' | 'stat_guidance' | 'practice' | 'local';
export type RuleDirection = 'ceiling' | 'floor' | 'window';

/** Who must act, or whose window it is. */
export type Actor =
	| 'council'
	| 'old-council'
	| 'new-council'
	| 'family'
	| 'school'
	| 'adviser'
	| 'setting'
	| 'mediation-adviser'
	| 'tribunal'
	| 'health-body'
	| 'ombudsman';

export type Trigger = {
	type: EventType | 'child';
	on: CivilDate;
	id?: string;
	adviser?: string;
	setting?: string;
};

/** `verified` false means the words rest on recall ([R] in the reference) and must be shown as not yet checked. */
export type Citation = { text: string; verified: boolean };

/** Another date an honest reader could reach, and on whose authority. */
export type Alternative = { due: CivilDate; reading: string; authority: string };

/** What one rule says about this case (blueprint §5). Dates are civil dates in Europe/London. */
export type Milestone = {
	rule: string;
	version: number;
	kind: RuleKind;
	direction: RuleDirection;
	actor: Actor;
	trigger: Trigger;
	/** Absent when a detail is missing: then `needs` names it. */
	due?: CivilDate;
	strictDue?: CivilDate;
	sendBy?: CivilDate;
	aimFor?: CivilDate;
	needs?: string;
	certain: boolean;
	state: MilestoneState;
	/** The event that closed it; for `passed` present only when an event came after the due day. */
	closedBy?: { type: EventType; on: CivilDate; id?: string };
	/** Other events whose dates went into the count: the meeting, the decision that a certificate is about… */
	inputs?: Trigger[];
	/** An outcome that nobody stated and that was read from the decision under appeal (law-decisions §2). */
	inferred?: string;
	exceptions: string[];
	remedies: string[];
	citation: Citation[];
	alternatives: Alternative[];
};

export type LawDates = {
	lawAsAt: CivilDate;
	/** Version of the whole rule set; kept by the phone with `shownOn`. */
	rules: string;
	milestones: Milestone[];
};

export type LawResult = LawDates & {
	/** Flags that are never dates (AR-NOMEET, PFA-Y9…). */
	remarks: { rule: string; on?: CivilDate; about?: string }[];
	/** Plain reasons: a past fact dated in the future, an exception the rule does not know… */
	warnings: { code: string; message: string; event?: string }[];
};
