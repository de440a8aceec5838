import type { StaffMessage, StaffSent, StaffSubmission } from '#contract/staff/views.ts';
import { formatDay, formatTime, londonDay } from '#i18n/format.ts';
import { has, t, wordsFor } from '#i18n/words.svelte.ts';

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

/** What an officer has to know before they answer. */
export const languageLines = (of: Pick<StaffMessage, 'language' | 'interpreter'>): string[] => [
	...(of.language ? [t('staff:sent.language', { language: of.language })] : []),
	...(of.interpreter ? [t('staff:sent.interpreter', { language: of.interpreter })] : [])
];

/** The id of the place to answer somebody. */
export const answerField = (accountId: string): string => `answer-${accountId}`;

export const fromOf = ({ name, role }: Pick<StaffSubmission, 'name' | 'role'>): string =>
	`${nameOf(name)} (${roleOf(role)})`;

/** The same as the page, as a file: no marks of direction inside, so that a number copied out of it is the number. */
export function textOf(sent: StaffSent): string {
	const line = (label: string, value: string) => `${label}: ${value}`;
	return [
		formName(sent.form),
		'',
		line(t('staff:sent.case'), sent.ref),
		...(sent.child.name ? [line(t('staff:case.child'), sent.child.name)] : []),
		line(t('staff:sent.from'), fromOf(sent)),
		line(t('staff:sent.at'), whenOf(sent.at)),
		line(t('staff:sent.receipt'), sent.receipt),
		...(sent.replaces ? [line(t('staff:sent.replaces'), sent.replaces)] : []),
		...(sent.language ? [line(t('staff:sent.writtenIn'), sent.language)] : []),
		...(sent.interpreter ? [line(t('staff:sent.needsInterpreter'), sent.interpreter)] : []),
		'',
		...sent.answers.flatMap(({ question, answer }) => [
			questionOf(sent, question),
			answer ?? t('staff:sent.leftOut'),
			''
		]),
		line(t('staff:sent.sum'), sent.sha256),
		t('staff:sent.sumOf'),
		sent.text,
		''
	].join('\n');
}

/** A file without a script: the words stand in the address of the link. */
export const fileOf = (text: string): string => `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
