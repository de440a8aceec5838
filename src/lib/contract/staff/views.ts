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
	/** Somebody's newest message has no answer yet. */
	unanswered: boolean;
};
export type StaffList = {
	top: StaffTop;
	/** What was searched for; empty for the list from its beginning. */
	asked: string;
	/** The list begins after this reference. */
	after: string;
	/** Only what this officer holds; empty for everybody's. */
	officer: string;
	/** Only where somebody waits for an answer. */
	waiting: boolean;
	officers: { ref: string; name: string }[];
	/** The one of them who has the name that is signed in, if there is exactly one. */
	mine: string | null;
	lines: CaseLine[];
	/** Pass as `after` for the next page; null on the last. */
	next: string | null;
};

/** All that one person wrote and what came back, to be kept as a file. */
export type StaffWholeThread = {
	ref: string;
	child: Pick<StaffCase['child'], 'name' | 'givenName'>;
	thread: StaffThread;
	events: CaseEvent[];
	/** Of a family's message by its id: the sum and what it is of. */
	proofs: Record<string, { sha256: string; text: string }>;
};
/** Whom the case can go to; `holder` is whoever holds it now. */
export type StaffHandOver = {
	holder: string | null;
	officers: { ref: string; name: string; team?: string }[];
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
/** Languages are English words, as the person chose them; null: not said. */
type Languages = { language: string | null; interpreter: string | null };
/** A photo or a recording that words name. `waiting`: not here, or not opened yet; `refused`: it never will be. */
export type StaffFile = {
	id: string;
	type: string;
	bytes: number;
	seconds: number | null;
	/** Of the form; null in a message. */
	question: string | null;
	state: 'kept' | 'waiting' | 'refused';
	/** The council's scanner found nothing in it. */
	scanned: boolean;
};
export type StaffMessage = Languages & {
	files?: StaffFile[];
	id: string;
	by: 'family' | 'council';
	text: string;
	/** ISO instant. */
	at: string;
	/** Language tag of the text. */
	lang: string | null;
	/** The rule or the event it was written from. */
	about: string | null;
	receipt: string | null;
	/** Who answered. */
	name: string | null;
};
/** What one person wrote to the council and what came back, oldest first. Nobody else of the family reads it. */
export type StaffThread = {
	accountId: string;
	name: string | null;
	role: string;
	/** A page of them. */
	messages: StaffMessage[];
	/** How many there are, before this page and altogether. */
	before: number;
	count: number;
	/** The newest message is theirs, and an answer would reach them. */
	open: boolean;
	/** They cannot open the case, so an answer would not reach them. */
	shutOut: boolean;
	/** Goes with the form, so that one form sent twice is one answer. */
	answerId: string;
};
/** One form as somebody sent it. */
export type StaffSubmission = Languages & {
	files?: StaffFile[];
	id: string;
	name: string | null;
	role: string;
	form: string;
	version: number;
	at: string;
	receipt: string;
	/** The receipt of the one it brings up to date. */
	replaces: string | null;
};
export type StaffSent = StaffSubmission & {
	top: StaffTop;
	ref: string;
	child: Pick<StaffCase['child'], 'name' | 'givenName'>;
	/** Language tag of the answers. */
	lang: string | null;
	/** Every question of the form as it was then, in its order; null: left out. */
	answers: { question: string; answer: string | null }[];
	sha256: string;
	/** What `sha256` is of. */
	text: string;
};
/** Why an answer was not sent; its words are kept in the form. */
export type AnswerProblem = {
	person: string;
	text: string;
	problem: 'empty' | 'too-long' | 'shut-out';
};
/** An answer that came after the session had ended: nothing but what this browser sent itself (docs/decisions/0021). */
export type LateAnswer = { ref: string; person: string; form: string; text: string };
export type StaffCase = {
	top: StaffTop;
	ref: string;
	child: { name: string | null; givenName: string | null; bornOn: string | null };
	/** The council's facts, newest first. */
	events: CaseEvent[];
	officers: StaffSpell[];
	/** Null: this person may not hand the case over. */
	handOver: StaffHandOver | null;
	people: StaffPerson[];
	invited: StaffInvited[];
	/** Those without an answer first, the longest wait first. */
	threads: StaffThread[];
	/** Newest first. */
	submissions: StaffSubmission[];
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
export const DECISIONS = [
	'suspended',
	'restored',
	'ended',
	'limited',
	'recorded',
	'answered',
	'handed-over',
	'no-officer',
	'unchanged'
] as const;
export type StaffDecision = (typeof DECISIONS)[number];
