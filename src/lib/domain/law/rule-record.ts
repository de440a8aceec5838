import type { EventType } from '../case/vocabulary.ts';
import type { CivilDate } from '../time/civil-date.ts';
import type { Roll, Step } from '../time/counting.ts';
import type { LimbName } from './engine/limbs.ts';
import type { ClosingTest, TriggerTest } from './engine/predicates.ts';
import type { Actor, Citation, RuleDirection, RuleKind } from './milestone.ts';

/** What a triggering event's detail must say. `unset` is for flags: "not outside". `holds` is for comma-joined outcomes. */
export type Condition =
	| { detail: string; is: readonly string[] }
	| { detail: string; not: readonly string[] }
	| { detail: string; unset: true }
	| { detail: string; holds: readonly string[] }
	| { test: TriggerTest };

export type TriggerSpec = {
	type: EventType | 'child';
	/** Which day `on` is, in the words of law.md §6. */
	dateKind:
		| 'received'
		| 'sent'
		| 'letter_date'
		| 'served'
		| 'meeting'
		| 'order'
		| 'aware'
		| 'move'
		| 'fixed'
		| 'birth';
	when?: readonly Condition[];
	/** A count of its own, where one trigger of a rule counts differently (MED-CERT-3WD). */
	steps?: readonly Step[];
	/** A moot-er of its own. */
	mootBy?: readonly CloserSpec[];
};

/** An event that closes. Details in `same` must agree with the trigger's; an absent one agrees only with an absent one. */
export type CloserSpec = {
	type: EventType;
	is?: { detail: string; is: readonly string[] };
	same?: readonly ('adviser' | 'setting' | 'stage' | 'kind')[];
	test?: ClosingTest;
};

export type AlternativeSpec = {
	reading: string;
	authority: string;
} & (
	| { steps: readonly Step[]; roll?: Roll; when?: { month: number } }
	| { limb: LimbName }
	| { yearly: string; age: number }
);

/** Where the date that is counted from stands: the trigger's own day, or a date in its details. */
export type CountFrom = 'on' | 'startsOn' | 'movesOn';

export type Count =
	| { from?: CountFrom; steps: readonly Step[]; roll?: Roll }
	/** The earliest or latest of several limbs, each a named computation (law-decisions §1.10 when one is missing). */
	| { combine: 'min' | 'max'; limbs: readonly LimbName[] }
	/** A single named computation, for the few dates that are not a count from an event. */
	| { limb: LimbName };

/** One version of one rule (law.md §6). A rule that changes gets another record with the next version and its own dates. */
export type RuleRecord = {
	id: string;
	version: number;
	/** Applies when effectiveFrom ≤ trigger.on ≤ effectiveTo. Case law has no effectiveFrom: it says what was always meant. */
	effectiveFrom?: CivilDate;
	effectiveTo?: CivilDate;
	triggers: readonly TriggerSpec[];
	count: Count;
	actor: Actor;
	kind: RuleKind;
	direction: RuleDirection;
	/** Once due is behind and nothing closed it, it is `passed` and never late: floors, bars, windows, and what nothing closes. */
	passes?: true;
	/** A back-count's closer may precede its trigger by up to 26 weeks. */
	back?: true;
	strictDayBefore?: true;
	sendBy?: true;
	aimForFriday?: true;
	exceptions: readonly string[];
	remedies: readonly string[];
	citation: readonly Citation[];
	doneBy: readonly CloserSpec[];
	mootBy: readonly CloserSpec[];
	/** Closes "only the decision answered" (law-decisions §1.1). */
	answersDecision?: true;
	/** A council's own promise: applies only where that council's record holds it. */
	promised?: true;
	alternatives?: readonly AlternativeSpec[];
	/** The day somebody last read the source; absent while it rests on recall. */
	verifiedOn?: CivilDate;
};

/** A rule that is a flag and never a date (law-decisions §3, last paragraph). */
export type RemarkRecord = {
	id: string;
	version: number;
	effectiveFrom?: CivilDate;
	/** The events it is said on, or the rule on whose open milestones it is said. */
	on: { events: readonly EventType[]; when?: readonly Condition[] } | { rule: string; test?: RemarkTest };
	about?: string;
	kind: RuleKind;
	actor: Actor;
	citation: readonly Citation[];
};

export type RemarkTest = 'no-meeting-and-late' | 'no-certificate' | 'final-plan';
