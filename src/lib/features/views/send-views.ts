import type { Child } from '../open-case/children.ts';
import { saveDraft } from '../open-case/drafts.ts';
import { filesToSend } from '../open-case/files.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { languagesSent } from '../open-case/reading-asked.ts';
import { send } from '../open-case/send.ts';
import { baseOf } from './together.ts';
import type { FormHere } from './views-here.ts';
import { answersOf } from './views-state.ts';

/**
 * Into the outbox first, then the note in the draft: killed in between, the words are in both, and the list knows them as sent by what
 * is in the outbox. Returns the id of what was sent.
 */
export async function sendViews(open: OpenCase, child: Child, here: FormHere): Promise<string> {
	const { form, version } = here.definition;
	const id = crypto.randomUUID();
	const args = {
		...{ id, form: baseOf(form), version },
		answers: answersOf(here.draft?.v),
		...(here.last && { replaces: here.last.id }),
		...filesToSend(open, child, form),
		...languagesSent()
	};
	await send(open, child, { name: 'views.send', args });
	await saveDraft(open, child, { form, version, change: (v) => ({ ...v, sent: id }) }).catch(() => undefined);
	return id;
}
