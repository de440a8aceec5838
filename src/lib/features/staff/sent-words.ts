import type { CaseEvent } from '#domain/case/case-event.ts';
import type { StaffMessage, StaffSent, StaffSubmission, StaffWholeThread } from '#contract/staff/views.ts';
import { formatDay, formatTime, londonDay } from '#i18n/format.ts';
import { has, t, wordsFor } from '#i18n/words.svelte.ts';
import { answerText } from '../open-case/answer-words.ts';
import { saidOf } from '../open-case/words.ts';

/** Day and time in London, whole: what was sent is proof, and "yesterday" is none. */
export const whenOf = (instant: string): string =>
	`${formatDay(londonDay(instant), 'long')}, ${formatTime(instant)}`;

export const nameOf = (name: string | null): string => name ?? t('staff:people.noName');
export const roleOf = (role: string): string => wordsFor('staff', `people.role.${role}`);

export const formName = (form: string): string =>
	has('staff', `sent.form.${form}`) ? wordsFor('staff', `sent.form.${form}`) : form;

/** As the family was asked it, with the child's name in it. */
export const questionOf = ({ form, child }: Pick<StaffSent, 'form' | 'child'>, question: string): string => {
	const path = `form.${form}.${question}.ask`;
	const name = child.givenName ?? t('home:yourChild');
	return has('views', path) ? wordsFor('views', path, { name }) : question;
};

/** What was picked in words, then the person's own; these pages are in English, as their questions are. */
export const answerOf = ({ form, version }: StaffSent, question: string, answer: string): string =>
	answerText({ form, version, question }, answer);

/** What an officer has to know before they answer. */
export const languageLines = (of: Pick<StaffMessage, 'language' | 'interpreter'>): string[] => [
	...(of.language ? [t('staff:sent.language', { language: of.language })] : []),
	...(of.interpreter ? [t('staff:sent.interpreter', { language: of.interpreter })] : [])
];

/** The id of the place to answer somebody. */
export const answerField = (accountId: string): string => `answer-${accountId}`;

export const fromOf = ({ name, role }: Pick<StaffSubmission, 'name' | 'role'>): string =>
	`${nameOf(name)} (${roleOf(role)})`;

/** The date that a message was written from, in words. */
export function aboutOf({ about }: StaffMessage, events: readonly CaseEvent[]): string | null {
	const event = events.find((one) => one.id === about);
	if (event) return saidOf(event);
	return about && has('titles', about) ? wordsFor('titles', about) : null;
}

export const writerOf = (message: StaffMessage, name: string | null): string =>
	message.by === 'family' ? nameOf(name) : (message.name ?? t('staff:messages.council'));

/** Marks of direction help a screen and harm a file: a number copied out of it must be the number. */
const MARKS = /[\u200e\u200f\u2066-\u2069]/g;
const line = (label: string, value: string) => `${label.replace(MARKS, '')}: ${value}`;

/** One person's messages and every answer, oldest first, with what proves each. */
export function threadTextOf({ ref, child, thread, events, proofs }: StaffWholeThread): string {
	const messages = thread.messages.flatMap((message) => {
		const about = aboutOf(message, events);
		const proof = proofs[message.id];
		return [
			'----',
			line(t('staff:sent.from'), writerOf(message, thread.name)),
			line(t('staff:sent.at'), whenOf(message.at)),
			line(t('staff:sent.instant'), message.at),
			...(about ? [line(t('staff:sent.about'), about)] : []),
			...(message.receipt ? [line(t('staff:sent.receipt'), message.receipt)] : []),
			...(message.language ? [line(t('staff:sent.writtenIn'), message.language)] : []),
			...(message.interpreter ? [line(t('staff:sent.needsInterpreter'), message.interpreter)] : []),
			'',
			message.text,
			'',
			...(proof ? [line(t('staff:sent.sum'), proof.sha256), t('staff:sent.sumOf'), proof.text, ''] : [])
		];
	});
	return [
		t('staff:messages.with', { name: nameOf(thread.name) }).replace(MARKS, ''),
		'',
		line(t('staff:sent.case'), ref),
		...(child.name ? [line(t('staff:case.child'), child.name)] : []),
		line(t('staff:sent.role'), roleOf(thread.role)),
		'',
		...messages
	].join('\n');
}

/** The same as the page, as a file. */
export function textOf(sent: StaffSent): string {
	return [
		formName(sent.form),
		'',
		line(t('staff:sent.case'), sent.ref),
		...(sent.child.name ? [line(t('staff:case.child'), sent.child.name)] : []),
		line(t('staff:sent.from'), fromOf(sent)),
		line(t('staff:sent.at'), whenOf(sent.at)),
		line(t('staff:sent.instant'), sent.at),
		line(t('staff:sent.receipt'), sent.receipt),
		...(sent.replaces ? [line(t('staff:sent.replaces'), sent.replaces)] : []),
		...(sent.language ? [line(t('staff:sent.writtenIn'), sent.language)] : []),
		...(sent.interpreter ? [line(t('staff:sent.needsInterpreter'), sent.interpreter)] : []),
		'',
		...sent.answers.flatMap(({ question, answer }) => [
			questionOf(sent, question),
			answer === null ? t('staff:sent.leftOut') : answerOf(sent, question, answer),
			''
		]),
		line(t('staff:sent.sum'), sent.sha256),
		t('staff:sent.sumOf'),
		sent.text,
		''
	].join('\n');
}
