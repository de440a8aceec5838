import { formOf } from '#contract/forms.ts';
import { DRAFT_STATE_BYTES, draftWrite, questionRoot, SKIPPED_ROOT } from '#contract/sync/writing.ts';
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
	const { form, version, update } = read.data;
	const questions = formOf(form, version)?.questions.map(({ id }) => id);
	if (!questions) return { reject: 'bad_args' };
	const kept = await store.row(scope, 'writing', form);
	const before = kept?.v as { version: number; state: string } | null | undefined;
	const newest = Math.max(version, before?.version ?? 0);
	const asked = [...new Set([...questions, ...(formOf(form, newest)?.questions.map(({ id }) => id) ?? [])])];
	const merged = await mergeApart({
		...{ update, state: before?.state ?? null, most: DRAFT_STATE_BYTES },
		...{ texts: asked.map(questionRoot), skipped: SKIPPED_ROOT }
	});
	if (!merged) return { reject: 'bad_args' };
	if (!merged.news) return { row: null };
	const answers = Object.fromEntries(
		asked.map((id) => [id, merged.texts[questionRoot(id)] ?? ''] as const).filter(([, words]) => words !== '')
	);
	const skipped = merged.skipped.filter((id) => asked.includes(id));
	const v = { form, version: newest, state: merged.state, answers, ...(skipped.length > 0 && { skipped }) };
	return { row: { t: 'writing', id: form, v }, fields: ['state'] };
}
