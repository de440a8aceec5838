/**
 * What the gate lets pass, in one place, each with its reason. A line without a present need is a fault of its own.
 */

/** Words a family meets in every letter and call, and must be able to match; each is explained where it first stands. */
export const UNAVOIDABLE: ReadonlySet<string> = new Set([
	...[
		'assessment',
		'mediation',
		'tribunal',
		'certificate',
		'ombudsman',
		'council',
		'appeal',
		'adviser',
		'advice',
		'decision'
	],
	...[
		'complaint',
		'complain',
		'referral',
		'exception',
		'guidance',
		'parliament',
		'government',
		'commissioner',
		'information'
	],
	...[
		'psychology',
		'physiotherapy',
		'occupational',
		'therapy',
		'language',
		'social',
		'officer',
		'solicitor',
		'secondary'
	],
	...['timeline', 'internet', 'calendar', 'alongside', 'settings']
]);

/** Keys put together at run time: `prefix` must be in the source, written as the code writes it. */
export type DynamicPrefix = { prefix: string; why: string };
export const DYNAMIC: DynamicPrefix[] = [
	{ prefix: 'legal:kinds.', why: 'the kind of a rule is data' },
	{ prefix: 'titles:actors.', why: 'who must act is data' },
	{ prefix: 'titles:adviser.', why: 'who gives advice is data' },
	{ prefix: 'legal:remedies.', why: 'remedies P1-P7 are data' },
	{ prefix: 'legal:exceptions.', why: 'exceptions X1-X6 are data' },
	{ prefix: 'events:fields.', why: 'the form asks for the details of the chosen event' },
	{ prefix: 'events:details.', why: 'values of the vocabulary' },
	{ prefix: 'roles:line.', why: 'what a line is for is data' },
	{ prefix: 'cards:stage.', why: 'the stage of a track is worked out' },
	{ prefix: 'cards:eyebrow.', why: 'the kind of a track is worked out' },
	{ prefix: 'cards:action.', why: 'what may be done is worked out' },
	{ prefix: 'timeline:step.', why: 'the steps of a track are worked out' },
	{ prefix: 'timeline:done.', why: 'a step that is behind us is told as what happened' },
	{ prefix: 'timeline:noDay', why: 'a step without a day says what the law gives it' },
	{ prefix: 'timeline:short.', why: 'the kind of a track is worked out' },
	{ prefix: 'milestone:result.', why: 'a rule sets a limit, a floor or a window' },
	{ prefix: 'start:read.sizes.', why: 'one line per text size' },
	{ prefix: 'settings:looks.', why: 'one line per theme' },
	{ prefix: 'dates:groups.', why: 'one line per group of events' },
	{ prefix: 'shell:tabs.', why: 'one line per tab' },
	{ prefix: 'status:', why: 'the state of a step is worked out' },
	{ prefix: 'shell:date.', why: 'what is wrong with a typed date is worked out' },
	{ prefix: 'shell:from.', why: 'who said a date is data' },
	{ prefix: 'shell:timeline.', why: 'the state of a step is worked out' },
	{ prefix: 'shell:sum.', why: 'the parts of a sum are worked out' },
	{ prefix: 'shell:months.', why: 'for a phone that does not know the months of a language' },
	{ prefix: 'views:form.', why: 'forms and their questions are data' },
	{ prefix: 'files:what.', why: 'the kind of a file is worked out' },
	{ prefix: 'files:name.', why: 'the kind of a file is worked out' },
	{ prefix: 'files:voice.', why: 'why there is no voice is told by the browser' },
	{ prefix: 'files:draw.pens.', why: 'the pens are data' },
	{ prefix: 'files:way.', why: 'where files are is worked out' },
	{ prefix: 'messages:start.', why: 'which starts fit is worked out' },
	{ prefix: 'wholooked:role.', why: 'whose role looked is data' },
	{ prefix: 'staff:refused.', why: 'why a sign-in ended is worked out' },
	{ prefix: 'staff:stopped.', why: 'why a staff page is not shown is worked out' },
	{ prefix: 'staff:people.role.', why: 'how somebody stands to a case is data' },
	{ prefix: 'staff:people.limit.', why: 'what is narrowed is data' },
	{ prefix: 'staff:decide.', why: 'reasons and what was decided come from a closed list' },
	{ prefix: 'staff:messages.problem.', why: 'why an answer did not go is one of a closed list' },
	{ prefix: 'staff:sent.form.', why: 'forms are data' },
	{ prefix: 'staff:capacity.', why: 'who decides is one of a closed list' },
	{ prefix: 'shell:weekdays.', why: 'for a phone that does not know the days of a language' }
];

/** Words that must not stand in English copy (design.md §6.11, blueprint §2 and §8). */
export const NEVER_SAID: { word: RegExp; why: string }[] = [
	{ word: /\boverdue\b|\bbreach/i, why: 'say how late it is and who has it, without blame' },
	{
		word: /\bunfortunately\b|\bgreat news\b|\bcongratulations\b/i,
		why: 'never cheer, never mourn: say the fact'
	},
	{ word: /!/, why: 'no exclamation marks' },
	{
		word: /\bend[- ]to[- ]end\b/i,
		why: 'what is sealed is the phone and the way; we never claim more (blueprint §2.9)'
	},
	{ word: /\byou should\b|\byou ought\b/i, why: 'never advise: state the right, the date and who helps' },
	{ word: /\bBirmingham\b/, why: 'everything local is data (blueprint)' },
	{ word: /\bsubmit(ted)?\b|\bsubmission\b/i, why: 'say "send" and who gets it' },
	{ word: /\bguarantee/i, why: 'nobody can promise a date for another' }
];

/** Verbs that turn the name SEND into "send!" in a translation (design.md §1.6). */
export const SEND_AS_A_VERB: Record<string, RegExp> = {
	ur: /بھیج/,
	pl: /wyśl|wysył|wysyl|posła/i
};

/** Longest sentence in English copy, and in an Easy Read string of any language (design.md §2.2, §2.4). */
export const MOST_WORDS = 18;
export const MOST_WORDS_EASY = 12;

/** Namespaces where every longer English sentence has an Easy Read form beside it. A namespace joins when it is done. */
export const EASY_DONE = [
	'legal',
	'titles',
	'events',
	'roles',
	'shell',
	'status',
	'timeline',
	'milestone',
	'dates',
	'calendar',
	'news',
	'settings'
];

/** Reading ages by namespace: grade 5 is about age 10; law needs its own words (blueprint §7). */
export const HIGHEST_GRADE = 5;
export const HIGHEST_GRADE_OF: Record<string, number> = { legal: 8, titles: 8 };

/** And for one string alone, since an average can hide a hard one. */
export const HARDEST = 8;
export const HARDEST_OF: Record<string, number> = { legal: 10, titles: 10 };

/** Room on a 320 px screen at 200 % text (design.md §1.5): a tab or chip, and a button. */
export const LONGEST_LABEL = 14;
export const LONGEST_BUTTON = 28;

/** A run that read fewer than this looked in the wrong place. */
export const FLOORS = { namespaces: 15, keys: 1300, svelte: 90, css: 8, source: 400 };
