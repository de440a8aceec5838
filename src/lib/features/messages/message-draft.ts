import type { Child } from '../open-case/children.ts';
import { draftOf, MESSAGE_FORM, removeDraft, saveDraft } from '../open-case/drafts.ts';
import { filesToSend } from '../open-case/files.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { languagesSent } from '../open-case/reading-asked.ts';
import { send } from '../open-case/send.ts';

type Words = { text: string; about?: string | undefined };

/** Keeps what is being written; an empty box keeps nothing. */
export async function keepMessage(open: OpenCase, child: Child, { text, about }: Words): Promise<void> {
	if (text.trim() === '') return removeDraft(open, child, MESSAGE_FORM.form);
	const answers = { text, ...(about !== undefined && { about }) };
	return saveDraft(open, child, { ...MESSAGE_FORM, change: (v) => ({ ...v, answers }) });
}

/** Into the outbox first, then out of the draft: a kill between the two leaves both rather than none. Returns the message's id. */
export async function sendMessage(open: OpenCase, child: Child, { text, about }: Words): Promise<string> {
	const id = crypto.randomUUID();
	const args = {
		id,
		text,
		...(about !== undefined && { about }),
		...filesToSend(open, child, MESSAGE_FORM.form),
		...languagesSent()
	};
	await send(open, child, { name: 'message.send', args });
	const draft = draftOf(open, child, MESSAGE_FORM.form);
	// Sent it is; a draft that stayed behind is seen again and can be cleared.
	if (draft) await removeDraft(open, child, MESSAGE_FORM.form).catch(() => undefined);
	return id;
}
