import type { Journey, KeyedMilestone } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { formatDay } from '#i18n/format.ts';
import type { WordKey } from '#i18n/resources.ts';
import { english, t, type Values } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { wrongText, type WrongFact } from './wrong-fact.ts';

/** A way to begin (`asked`: this very one was asked for): `text` is the English that goes into the box, `said` the same in the reader's language. */
export type Start = { id: string; about?: string; asked?: true; label: string; text: string; said: string };

/** Which starts fit where the case is, best first, with the milestone each is about. Pure. */
export type Fitting = { id: StartId; milestone?: KeyedMilestone; fact?: WrongFact; since?: CivilDate };
/** A message of this day that the council has not answered. */
export type Chased = { since: CivilDate };
export type About = string | WrongFact | Chased;
export type StartId = 'wrong' | 'chase' | 'rule' | 'advice' | 'late' | 'draft' | 'review' | 'next';

const ADVICE = 'EHCNA-ADVICE-6W';
const OPEN = new Set<string>(['upcoming', 'due_today', 'late', 'relaxed_claimed', 'passed']);
const DECISIONS = new Set(['EHCNA-6W-DECISION', 'EHCNA-16W-DECISION', 'AR-4W-DECISION', 'RE-15D-DECISION']);

export function fittingStarts(
	journey: Pick<Journey, 'late' | 'milestones' | 'tracks'> | undefined,
	about?: About
): Fitting[] {
	const milestones = journey?.milestones ?? [];
	const late = (journey?.late ?? []).map((one) => one.milestone);
	const fact = typeof about === 'object' && 'id' in about ? about : undefined;
	const since = typeof about === 'object' && 'since' in about ? about.since : undefined;
	const asked = about === undefined ? undefined : milestones.find((one) => one.rule === about);
	const advice =
		late.find((one) => one.rule === ADVICE) ??
		milestones.find((one) => one.rule === ADVICE && OPEN.has(one.state));
	const decision = late.find((one) => DECISIONS.has(one.rule));
	const steps = (journey?.tracks ?? []).filter((track) => !track.endedOn).flatMap((track) => track.steps);
	const onDraft = steps.some((step) => step.here && step.events.some((one) => one.type === 'draft.served'));
	const review = (journey?.tracks ?? []).some((track) => !track.endedOn && track.kind === 'review');
	return [
		...(fact ? [{ id: 'wrong' as const, fact }] : []),
		...(since ? [{ id: 'chase' as const, since }] : []),
		...(asked ? [{ id: 'rule' as const, milestone: asked }] : []),
		...(advice && advice !== asked ? [{ id: 'advice' as const, milestone: advice }] : []),
		...(decision && decision !== asked ? [{ id: 'late' as const, milestone: decision }] : []),
		...(onDraft ? [{ id: 'draft' as const }] : []),
		...(review ? [{ id: 'review' as const }] : []),
		{ id: 'next' as const }
	];
}

type Say = (key: string, values: Values) => string;
/** What a rule is about, with the adviser or school, in the language that `say` speaks. */
function thingOf({ rule, trigger }: KeyedMilestone, say: Say): string {
	const title = say(`titles:${rule}`, {});
	const party = trigger.adviser ?? trigger.setting;
	if (!party) return title;
	const known = say(`titles:adviser.${party}`, {});
	return say('home:party', { title, party: known.includes('adviser.') ? party : known });
}

/** The words of one start. A late day is said only where the law gives one and it has gone by. */
export function startOf({ id, milestone, fact, since }: Fitting, child: Child, today: string): Start {
	const due = milestone?.due !== undefined && milestone.due < today ? milestone.due : undefined;
	const said: Say = (key, values) => t(key as WordKey, values);
	const lines = (say: Say, code?: string): string => {
		const name = child.name ?? say('home:yourChild', {});
		const body = fact
			? wrongText(fact, say, code)
			: milestone
				? say(due ? 'messages:start.lateText' : 'messages:start.whenText', {
						what: thingOf(milestone, say),
						...(due && { day: formatDay(due, 'full', code) })
					})
				: say(`messages:start.${id}Text`, since ? { day: formatDay(since, 'full', code) } : {});
		const opening = child.name
			? say('messages:start.opening', { name })
			: say('messages:start.openingMine', {});
		const ref = child.ref ? ` ${say('messages:start.ref', { ref: child.ref })}` : '';
		return `${opening}${ref}\n\n${body}\n\n${say('messages:start.closing', {})}`;
	};
	return {
		id,
		...(milestone && { about: milestone.rule }),
		// The council's side knows rules and events; other rows say what they are in the words.
		...(fact && 'event' in fact && { about: fact.id }),
		...((fact || since || id === 'rule') && { asked: true as const }),
		label: id === 'rule' ? (milestone ? thingOf(milestone, said) : '') : t(LABELS[id]),
		text: lines(english, 'en'),
		said: lines(said)
	};
}

const LABELS = {
	wrong: 'messages:start.wrong',
	chase: 'messages:start.chase',
	advice: 'messages:start.advice',
	late: 'messages:start.late',
	draft: 'messages:start.draft',
	review: 'messages:start.review',
	next: 'messages:start.next'
} as const satisfies Record<Exclude<StartId, 'rule'>, WordKey>;

/**
 * What the box holds after a start was chosen: words that are nobody's own yet are replaced, a person's own are never touched, the start
 * goes below them.
 */
export function withStart(box: string, text: string, starts: readonly Pick<Start, 'text'>[]): string {
	const own = box.trim();
	if (own === '' || starts.some((one) => one.text.trim() === own)) return text;
	return own.includes(text.trim()) ? box : `${box.trimEnd()}\n\n${text}`;
}
