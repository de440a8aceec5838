import type { FormDefinition } from '#contract/forms.ts';
import { ownScope } from '#contract/scope.ts';
import { DRAFT_UPDATE_BYTES } from '#contract/draft-roots.ts';
import type { DraftWrite } from '#contract/sync/writing.ts';
import type { Child } from '../open-case/children.ts';
import { draftOf } from '../open-case/drafts.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import type { Known } from '../open-case/rows.ts';
import { canSend } from '../open-case/send.ts';
import { docOf, keepWriting } from './keep-writing.ts';
import { baseOf, familyScope, isOffered, isTogether } from './together.ts';

/**
 * A draft goes on to the person's other phones by the server, in their own scope or, where they asked for it, in the one they write with others;
 * no staff role opens either (blueprint §2.9). alone: no account,
 * so it stays here; waits: this phone has words that the server has not; same: it has them all.
 */
export type Elsewhere = 'alone' | 'waits' | 'same';

/** Where the server keeps this draft; undefined: it knows no such person or child, or does not offer writing together. */
export function scopeOfWriting(open: OpenCase, child: Child, form: string): string | undefined {
	const userId = open.parts.store.profile()?.userId;
	if (!canSend(open, child)) return undefined;
	if (isTogether(form)) return isOffered(open, child) ? familyScope(child) : undefined;
	return ownScope(child.councilCase!, userId!);
}

export function writingOf(open: OpenCase, child: Child, form: string): Known<'writing'> | undefined {
	const scope = scopeOfWriting(open, child, form);
	return (open.family?.known.writing ?? []).find((row) => row.scope === scope && row.id === baseOf(form));
}

/** Takes in what came from elsewhere, and hands on what is only here. */
export async function meetOthers(
	open: OpenCase,
	child: Child,
	definition: FormDefinition
): Promise<Elsewhere> {
	const { form, version } = definition;
	const scope = scopeOfWriting(open, child, form);
	const there = writingOf(open, child, form)?.v.state;
	const draft = draftOf(open, child, form)?.v;
	if (!scope || (!draft && there === undefined)) return 'alone';
	const doc = await docOf(definition, draft);
	if (there !== undefined && doc.merge(there).length > 0)
		await keepWriting({ open, child, definition }, { heard: there });
	const update = doc.missingFrom(there);
	if (update === null) return 'same';
	// More than one change may hold: it stays on this phone, and Send takes it whole.
	if (update.length > (DRAFT_UPDATE_BYTES * 4) / 3) return 'alone';
	const items = open.onTheWay.filter(
		(item) => item.scope === scope && writeIn(item.args)?.form === baseOf(form)
	);
	const same = items.find((item) => writeIn(item.args)?.update === update);
	// The server does not take it: it stays here until other words make it another change.
	if (same) return same.state === 'tray' ? 'alone' : 'waits';
	// Other words since: what was refused before is of no use to anybody.
	for (const old of items) if (old.state === 'tray') await open.parts.store.outbox.discard(old.mid);
	const unsaid = items.find((item) => item.state === 'waiting' && !item.offered);
	const args: DraftWrite = { form: baseOf(form), version: Math.max(version, draft?.version ?? 0), update };
	await open.parts.store.outbox.add({ scope, name: 'draft.write', args }, unsaid?.mid);
	return 'waits';
}

const writeIn = (args: unknown) => args as DraftWrite | null;
