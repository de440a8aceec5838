import { caseOfScope } from '#contract/scope.ts';
import { has, t, wordsFor } from '#i18n/words.svelte.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { Child } from '../open-case/children.ts';
import { messageIn, viewsIn } from '../open-case/sent-args.ts';
import { nameOf } from '../open-case/words.ts';

/** What an item is, for a person: a message or the views for a form, of whom, and how it begins. Finished text. */
export type ItemWords = {
	title: string;
	child: string;
	/** How a message begins; for views, how many answers. */
	gist: string;
	/** Where the whole of it stands. */
	href?: string;
};

/** Long enough to know it again. */
const GIST = 90;

export function gistOf(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length <= GIST ? line : `${letters.slice(0, GIST).join('').trimEnd()}…`;
}

export const childOf = (item: OutboxItem, children: readonly Child[]): Child | undefined => {
	const id = caseOfScope(item.scope);
	return children.find((child) => child.councilCase === id);
};

export const formTitle = (form: string): string =>
	has('views', `form.${form}.title`) ? wordsFor('views', `form.${form}.title`) : t('waiting:what.views');

export function itemWords(item: OutboxItem, children: readonly Child[]): ItemWords {
	const child = nameOf(childOf(item, children));
	const message = messageIn(item);
	if (message)
		return {
			title: t('waiting:what.message'),
			child,
			gist: gistOf(message.text),
			href: `/app/messages#m-${message.id}`
		};
	const views = viewsIn(item);
	if (views)
		return {
			title: formTitle(views.form),
			child,
			gist: t('waiting:what.answers', { count: Object.keys(views.answers).length }),
			href: `/app/views/sent/${views.id}`
		};
	return { title: t('waiting:what.other'), child, gist: t('waiting:what.closed') };
}

/** The question an answer belongs to, as the family read it. */
export const askFor =
	(item: OutboxItem, children: readonly Child[]) =>
	(form: string, question: string): string =>
		has('views', `form.${form}.${question}.ask`)
			? wordsFor('views', `form.${form}.${question}.ask`, { name: nameOf(childOf(item, children)) })
			: question;

/** Why it came back, in plain words; a reason this app does not know yet is told in general. */
const REASONS = {
	not_allowed: 'waiting:why.notAllowed',
	unknown_name: 'waiting:why.newer',
	bad_args: 'waiting:why.unread',
	already_sent: 'waiting:why.already',
	mid_reuse: 'waiting:why.already'
} as const;
export const reasonOf = (code: string | undefined): string =>
	t(Object.hasOwn(REASONS, code ?? '') ? REASONS[code as keyof typeof REASONS] : 'waiting:why.other');
