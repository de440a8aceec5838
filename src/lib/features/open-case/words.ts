import type { CaseEvent } from '#domain/case/case-event.ts';
import type { Milestone } from '#domain/law/milestone.ts';
import type { WordKey } from '#i18n/resources.ts';
import { has, t, wordsFor, type Values } from '#i18n/words.svelte.ts';
import type { Child } from './children.ts';

/** Words that every family screen says the same way. Reads i18n, so call it where a change of language is followed. */
export const nameOf = (child: Child | undefined): string => child?.name ?? t('home:yourChild');

/** An adviser is one of a list; a setting is a name somebody wrote. */
const partyOf = (about: string): string =>
	has('titles', `adviser.${about}`) ? wordsFor('titles', `adviser.${about}`) : about;

/** "Advice: Speech and language" for one of several advisers, else the rule's own short title; as a key, for `<T>`. */
export function titleKeyOf({ rule, trigger }: Pick<Milestone, 'rule' | 'trigger'>): {
	k: WordKey;
	values?: Values;
} {
	const party = trigger.adviser ?? trigger.setting;
	if (!party) return { k: `titles:${rule}` as WordKey };
	return { k: 'home:party', values: { title: wordsFor('titles', rule), party: partyOf(party) } };
}

export function titleOf(m: Pick<Milestone, 'rule' | 'trigger'>): string {
	const { k, values } = titleKeyOf(m);
	return t(k, values);
}

export const partyName = partyOf;

/** A value of one of the vocabulary's lists, as a form offers it. */
export const detailOf = (list: string, value: string): string =>
	list === 'adviser' ? partyOf(value) : wordsFor('events', `details.${list}.${value}`);
export const actorOf = (actor: Milestone['actor']): string => wordsFor('titles', `actors.${actor}`);

/** Details that change what a fact says: "the final plan" and "the changed plan" are told apart. */
const TELLING = ['outcome', 'kind', 'outside'] as const;

/** A fact as a sentence, with the adviser or school it is about. */
export function saidOf(event: Pick<CaseEvent, 'type' | 'detail'>): string {
	const telling = TELLING.map(
		(name) => event.detail[name] && `${event.type}.${name}.${event.detail[name]}`
	).find((path) => path && has('events', path));
	const said = wordsFor('events', telling || `${event.type}.said`);
	const party = event.detail['adviser'] ?? event.detail['setting'] ?? event.detail['service'];
	return party ? t('home:party', { title: said, party: partyOf(party) }) : said;
}

export type SaidBy = 'council' | 'family' | 'sen2';
export const saidBy = (event: CaseEvent): SaidBy => event.source?.said ?? 'council';

/** What kind of authority stands behind a date; the five are never mixed up (blueprint §2.3). */
export const KIND_SAID = {
	statute: 'law',
	case: 'case',
	stat_guidance: 'guidance',
	practice: 'practice',
	local: 'promise'
} as const;
