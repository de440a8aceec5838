import { sentScope } from '#contract/scope.ts';
import type { MessageSend, ViewsSend } from '#contract/sync/sending.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { Child } from './children.ts';
import type { OpenCase } from './open-case.svelte.ts';

/**
 * The one way from the family to the council: into the phone's outbox, from where syncing takes it. Only a press on Send calls this
 * (blueprint §2.9). It needs no connection, and no session either: then it waits.
 */
export type Sending = { name: 'message.send'; args: MessageSend } | { name: 'views.send'; args: ViewsSend };

/** A council that knows this child, and a person whom it knows: what a letter or signing in gives. */
export function canSend(open: OpenCase, child: Pick<Child, 'councilCase'> | undefined): boolean {
	if (!child?.councilCase || open.state !== 'open') return false;
	return open.parts.store.profile()?.userId !== undefined;
}

export async function send(open: OpenCase, child: Child, what: Sending): Promise<OutboxItem> {
	const userId = open.parts.store.profile()?.userId;
	if (!child.councilCase || !userId) throw new Error('Nothing can be sent from this phone yet.');
	return open.parts.store.outbox.add({ scope: sentScope(child.councilCase, userId), ...what });
}
