import { newestForm } from '#contract/forms.ts';
import type { Child } from '../open-case/children.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { languagesSent } from '../open-case/reading-asked.ts';
import { send } from '../open-case/send.ts';
import { lastSent } from './last-sent.ts';

/** A copy of the chosen sections, into the outbox. Returns the id of what was sent. */
export async function sendProfile(
	open: OpenCase,
	child: Child,
	answers: Record<string, string>
): Promise<string> {
	const { form, version } = newestForm('profile')!;
	const id = crypto.randomUUID();
	const last = lastSent(open, child);
	const args = { id, form, version, answers, ...(last && { replaces: last.id }), ...languagesSent() };
	await send(open, child, { name: 'views.send', args });
	return id;
}
