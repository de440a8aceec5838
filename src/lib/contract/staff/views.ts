import type { CaseEvent } from '#domain/case/case-event.ts';

/** What the staff pages are given: server-rendered, so these are shapes only and nothing parses them. */
export type StaffTop = {
	/** As the provider wrote it. */
	name: string | null;
	council: { code: string; name: string };
	/** More councils to act for. */
	several: boolean;
};

export type CaseLine = {
	ref: string;
	/** Who holds it now, where the people file has brought them. */
	officer: string | null;
	/** A roster row has confirmed it: it has a name and may get a letter. */
	onRoster: boolean;
};
export type StaffList = {
	top: StaffTop;
	/** What was searched for; empty for the list from its beginning. */
	asked: string;
	/** The list begins after this reference. */
	after: string;
	lines: CaseLine[];
	/** Pass as `after` for the next page; null on the last. */
	next: string | null;
};

export type StaffSpell = { name: string; team?: string; from?: string; until?: string };
/** Somebody tied to the case. No address, no telephone: deciding needs neither. */
export type StaffPerson = {
	accountId: string;
	name: string | null;
	role: string;
	/** ISO instants. */
	from: string;
	until: string | null;
	/** Kept out at the moment, and since when. */
	hold: { reason: string; placedAt: string } | null;
	/** What is narrowed of what guardians write together. */
	limit: Limit | null;
	/** What their role has to narrow. */
	limits: Limit[];
};
/** On the roster and not signed in yet. */
export type StaffInvited = { name: string; role: string | null };
export type StaffCase = {
	top: StaffTop;
	ref: string;
	child: { name: string | null; bornOn: string | null };
	/** The council's facts, newest first. */
	events: CaseEvent[];
	officers: StaffSpell[];
	people: StaffPerson[];
	invited: StaffInvited[];
	/** The day from which the record is the young person's (rule YP-RIGHTS); null while no date of birth is known. */
	rightsOn: string | null;
	/** What a person last recorded about the young person's capacity; null: nothing, and nothing is guessed. */
	capacity: { says: CapacityWord; at: string } | null;
	/** Civil date in London. */
	today: string;
	/** May keep somebody out, let them in again, limit what they may do, end a relationship, record capacity. */
	mayDecide: boolean;
	/** From which day capacity may be recorded: a finding made years before would say nothing about that day. */
	capacityFrom: string | null;
};

export const SUSPEND_REASONS = ['court-order', 'safeguarding', 'mistake'] as const;
/** What a person may do with what guardians write together; `none`: as their role allows. */
export const LIMIT_WORDS = ['none', 'read-only', 'no-family-scope'] as const;
export type Limit = Exclude<(typeof LIMIT_WORDS)[number], 'none'>;
export const LIMIT_REASONS = ['court-order', 'safeguarding', 'asked-by-the-person', 'mistake'] as const;
export const END_REASONS = [
	'no-longer-responsible',
	'asked-by-the-person',
	'court-order',
	'mistake'
] as const;
/** Whether the young person decides about the record, or somebody for them (Mental Capacity Act 2005). */
export const CAPACITY_WORDS = ['has-capacity', 'represented'] as const;
export type CapacityWord = (typeof CAPACITY_WORDS)[number];
export const DECISIONS = ['suspended', 'restored', 'ended', 'limited', 'recorded', 'unchanged'] as const;
export type StaffDecision = (typeof DECISIONS)[number];
