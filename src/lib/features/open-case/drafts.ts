import { ownScope } from '#contract/scope.ts';
import type { RowValue } from '#contract/rows.ts';
import type { Child } from './children.ts';
import type { OpenCase } from './open-case.svelte.ts';
import type { Known } from './rows.ts';

/**
 * What is being written and not sent: one row for each form and child, in the family's own scope on this phone. No one else reads
 * it. Throws what the store throws; the field says it and keeps the words on the screen.
 */
export type Draft = Known<'draft'>;
export type DraftValue = RowValue<'draft'>;
/** A message is a form with one question. */
export const MESSAGE_FORM = { form: 'message', version: 1 } as const;

/** A child that was linked may have two; the one that was written in last is meant. */
export function draftIn(rows: readonly Draft[], child: Child, form: string): Draft | undefined {
	const ids = [child.key, child.councilCase, child.localCase];
	return rows
		.filter((row) => row.v.form === form && ids.includes(row.v.case))
		.sort((a, b) => ((a.v.changedAt ?? '') < (b.v.changedAt ?? '') ? 1 : -1))[0];
}

export const draftOf = (open: OpenCase, child: Child, form: string): Draft | undefined =>
	draftIn(open.family?.known.draft ?? [], child, form);

/** Reads the row anew at the moment of writing, so that two fields of one form never overwrite each other. */
export async function saveDraft(
	open: OpenCase,
	child: Child,
	{ form, version, change }: { form: string; version: number; change: (before: DraftValue) => DraftValue }
): Promise<void> {
	const { store } = open.parts;
	const { id: profile } = await store.begin();
	const kept = draftOf(open, child, form);
	const caseId = child.localCase ?? child.key;
	const before: DraftValue = kept?.v ?? { form, version, case: caseId, answers: {} };
	const v = { ...change(before), changedAt: open.today.now().toISOString() };
	const scope = kept?.scope ?? ownScope(caseId, profile);
	await store.put([{ scope, t: 'draft', id: kept?.id ?? `${form}.${caseId}`, v }]);
}

export async function removeDraft(open: OpenCase, child: Child, form: string): Promise<void> {
	const kept = draftOf(open, child, form);
	if (kept) await open.parts.store.remove([{ scope: kept.scope, t: 'draft', id: kept.id }]);
}
