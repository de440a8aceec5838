import type { FormDefinition } from '#contract/forms.ts';
import { caseOfScope } from '#contract/scope.ts';
import type { Child } from '../open-case/children.ts';
import { draftIn, type Draft } from '../open-case/drafts.ts';
import { writingOf } from './hand-on.ts';
import { baseOf, isTogether, togetherOf } from './together.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { filesToSend } from '../open-case/files.ts';
import { itemsOf } from '../open-case/sent-args.ts';
import { definitionOf } from './form-words.ts';
import { sentViews, standingOf, type FormStanding, type SentViews } from './views-state.ts';

/** All that the screens of one form read, of the chosen child. Read it inside a `$derived`. */
export type FormHere = {
	definition: FormDefinition;
	draft: Draft | undefined;
	/** What was sent of this form, newest first. */
	sent: SentViews[];
	/** The last one that did not come back. */
	last: SentViews | undefined;
	standing: FormStanding;
	/** Photos, voices and drawings that go along. */
	files: number;
};

export function allSent(open: OpenCase, child: Child): SentViews[] {
	const rows = (open.family?.known.submission ?? []).filter(
		(row) => child.councilCase !== undefined && caseOfScope(row.scope) === child.councilCase
	);
	return sentViews(rows, itemsOf(open.outbox, child));
}

/** Written on another phone, and not opened on this one yet. */
function begunElsewhere(open: OpenCase, child: Child, form: string): Draft | undefined {
	const row = writingOf(open, child, form);
	if (!row) return undefined;
	const { version, state: doc, answers, skipped } = row.v;
	const v = { form, version, case: child.key, doc, answers, ...(skipped && { skipped }) };
	return { ...row, v };
}

/** Something sent, and all that it brought up to date. */
function lineOf(sent: readonly SentViews[], id: string | undefined): Set<string> {
	const line = new Set<string>();
	for (let at = id; at !== undefined && !line.has(at); at = sent.find((one) => one.id === at)?.replaces)
		line.add(at);
	return line;
}

export function formHere(open: OpenCase, child: Child, form: string): FormHere | undefined {
	const draft = draftIn(open.family?.known.draft ?? [], child, form) ?? begunElsewhere(open, child, form);
	const definition = definitionOf(form, draft?.v.version);
	if (!definition) return undefined;
	const other = isTogether(form) ? baseOf(form) : togetherOf(form);
	const all = allSent(open, child).filter((one) => one.form === baseOf(form));
	// One's own words never bring the joint ones up to date, nor these them.
	const theirs = lineOf(all, draftIn(open.family?.known.draft ?? [], child, other)?.v.sent);
	const sent = all.filter(({ id }) => !theirs.has(id));
	const last = sent.find((one) => one.state !== 'refused');
	const files = filesToSend(open, child, form).files?.length ?? 0;
	const words = standingOf(definition, draft?.v, last);
	// A file that was added since is something new, though no word is.
	const standing =
		files > 0 && last && words.answered > 0 && !words.changed
			? { ...words, state: 'ready' as const, changed: true }
			: words;
	return { definition, draft, sent, last, standing, files };
}
