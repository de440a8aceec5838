import { FORMS, formOf, type FormQuestion } from '#contract/forms.ts';
import {
	chosenIn,
	CHOSEN_ROOT,
	DRAFT_STATE_BYTES,
	questionRoot,
	SKIPPED_ROOT
} from '#contract/draft-roots.ts';
import { draftWrite } from '#contract/sync/writing.ts';
import type { Outcome } from './handlers.ts';
import { mergeApart } from './merge-apart.ts';
import type { Mutation, RowStore } from './row-store.ts';

/**
 * A piece of a draft, from one of the phones that write it. Pieces are joined and never ordered: whichever comes first, and however often,
 * the words of all of them are in it. One row for each form and scope.
 */
export async function writeDraft(store: RowStore, { scope, args }: Mutation): Promise<Outcome> {
	const read = draftWrite.safeParse(args);
	if (!read.success) return { reject: 'bad_args' };
	const { form, update } = read.data;
	if (!formOf(form, read.data.version)) return { reject: 'bad_args' };
	const kept = await store.row(scope, 'writing', form);
	const before = kept?.v as { version: number; state: string } | null | undefined;
	const version = Math.max(read.data.version, before?.version ?? 0);
	const questions = askedIn(form, version);
	const merged = await mergeApart({
		...{ update, state: before?.state ?? null, most: DRAFT_STATE_BYTES },
		texts: questions.map(({ id }) => questionRoot(id)),
		maps: [SKIPPED_ROOT, CHOSEN_ROOT]
	});
	if (!merged) return { reject: 'bad_args' };
	if (!merged.news) return { row: null };
	const { texts, maps, state } = merged;
	const answers = questions.map((question) => {
		const words = texts[questionRoot(question.id)] ?? '';
		return [question.id, chosenIn(question, maps[CHOSEN_ROOT]!, words)] as const;
	});
	const skipped = questions.map(({ id }) => id).filter((id) => maps[SKIPPED_ROOT]![id] === true);
	const v = {
		...{ form, version, state },
		answers: Object.fromEntries(answers.filter(([, words]) => words !== '')),
		...(skipped.length > 0 && { skipped })
	};
	return { row: { t: 'writing', id: form, v }, fields: ['state'] };
}

/** The questions of a form up to a version, in the newest sense of each: older phones wrote the older ones into the same draft. */
function askedIn(form: string, newest: number): FormQuestion[] {
	const all = FORMS.filter((one) => one.form === form && one.version <= newest)
		.sort((a, b) => a.version - b.version)
		.flatMap(({ questions }) => questions);
	return [...new Map(all.map((question) => [question.id, question])).values()];
}
