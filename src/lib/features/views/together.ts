import type { FormDefinition } from '#contract/forms.ts';
import { caseOfScope } from '#contract/scope.ts';
import type { WordKey } from '#i18n/resources.ts';
import type { Child } from '../open-case/children.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';

/**
 * A draft that several people write is a form of its own on the phone, `together-annual-review`, beside the person's own: asked for, one draft
 * at a time, never what happens by itself (blueprint §2.9). On the server it is the same form, in the scope `fam`.
 */
const WITH = 'together-';
export const isTogether = (form: string): boolean => form.startsWith(WITH);
export const baseOf = (form: string): string => (isTogether(form) ? form.slice(WITH.length) : form);
export const togetherOf = (form: string): string => WITH + form;

/** Of words only: what was picked is one person's to pick, a child's above all; and what is told once is one person's too. */
export const mayBeTogether = ({ form, questions }: FormDefinition): boolean =>
	!isTogether(form) && form !== 'profile' && questions.every(({ kind }) => kind !== 'choices');

export const familyScope = (child: Pick<Child, 'councilCase'>): string => `case:${child.councilCase}:fam`;

/** The server offers it: somebody else may write too, and nobody of the case is kept out of anything. */
export const isOffered = (open: OpenCase, child: Child): boolean =>
	child.councilCase !== undefined && open.parts.store.granted().includes(familyScope(child));

/** Forms that are written together already, by this person or by somebody who asked for it. */
export function begunTogether(open: OpenCase, child: Child): string[] {
	const known = open.family?.known;
	const there = (known?.writing ?? []).filter((row) => row.scope === familyScope(child));
	const here = (known?.draft ?? []).filter(
		({ v, scope }) => isTogether(v.form) && [child.key, child.localCase].includes(caseOfScope(scope) ?? '')
	);
	return [...new Set([...there.map((row) => togetherOf(row.id)), ...here.map((row) => row.v.form)])];
}

/** What is said of the copies of a draft: the person's own phones, or the others who write it. */
export const ELSEWHERE_WORDS = {
	own: {
		same: 'views:elsewhere.same',
		waits: 'views:elsewhere.waits',
		arrived: 'views:elsewhere.arrived',
		both: 'views:elsewhere.both'
	},
	together: {
		same: 'views:together.same',
		waits: 'views:together.waits',
		arrived: 'views:together.arrived',
		both: 'views:together.both'
	}
} as const satisfies Record<string, Record<string, WordKey>>;
export const elsewhereWords = (form: string) => ELSEWHERE_WORDS[isTogether(form) ? 'together' : 'own'];
