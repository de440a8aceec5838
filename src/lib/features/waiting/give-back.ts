import type { FileRef } from '#contract/blobs.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { Child } from '../open-case/children.ts';
import { draftOf, MESSAGE_FORM, removeDraft, saveDraft, type DraftValue } from '../open-case/drafts.ts';
import { newFile } from '../open-case/files.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { messageIn, viewsIn } from '../open-case/sent-args.ts';

/** What a draft holds once the words of an item are back in it. Words that stand there are newer and stay. Pure. */
export function withMessage(box: string, text: string): string {
	const own = box.trim();
	if (own === '' || own === text.trim()) return text;
	return own.includes(text.trim()) ? box : `${box.trimEnd()}\n\n${text}`;
}
/** An answer that stands there is the same answer, written further. */
export const withAnswers = (
	before: DraftValue['answers'],
	answers: DraftValue['answers']
): DraftValue['answers'] => ({
	...answers,
	...Object.fromEntries(Object.entries(before).filter(([, words]) => words.trim() !== ''))
});

export type GivenBack = {
	/** Where to go on with the words. */
	href: string;
	/** Leaves the draft as it was before. */
	undo: () => Promise<void>;
};

/** Puts the words of an item back where they were written. Undefined: it does not open any more. */
export async function giveBack(
	open: OpenCase,
	child: Child,
	item: OutboxItem
): Promise<GivenBack | undefined> {
	const message = messageIn(item);
	const views = viewsIn(item);
	const form = message ? MESSAGE_FORM : views && { form: views.form, version: views.version };
	if (!form) return undefined;
	const before = draftOf(open, child, form.form)?.v;
	const change = (v: DraftValue): DraftValue => {
		if (views) return { ...v, answers: withAnswers(v.answers, views.answers) };
		const { text, about } = message!;
		const box = v.answers['text'] ?? '';
		const rule = box.trim() === '' ? about : v.answers['about'];
		return { ...v, answers: { text: withMessage(box, text), ...(rule !== undefined && { about: rule }) } };
	};
	await saveDraft(open, child, { ...form, change });
	const files = await filesBack(open, child, { form: form.form, files: (message ?? views)?.files ?? [] });
	return {
		href: message ? '/app/messages/write' : `/app/views?form=${form.form}`,
		async undo() {
			// Out of the draft again; their bytes are on their way and stay.
			for (const file of files) await open.parts.store.files.remove(file);
			await (before
				? saveDraft(open, child, { ...form, change: () => before })
				: removeDraft(open, child, form.form));
		}
	};
}

/** What of the files is still on this phone goes back beside the words. */
async function filesBack(
	open: OpenCase,
	child: Child,
	{ form, files }: { form: string; files: readonly FileRef[] }
): Promise<{ scope: string; id: string }[]> {
	if (files.length === 0) return [];
	const place = await newFile(open, { child, form }, { type: files[0]!.type });
	const back = await open.parts.store.files.giveBack(files, place);
	return back.map(({ id }) => ({ scope: place.scope, id }));
}
