import { caseOfScope } from '#contract/scope.ts';
import type { MessageSend, ViewsSend } from '#contract/sync/sending.ts';
import type { OutboxItem } from '#store/outbox.ts';
import type { Child } from './children.ts';

/**
 * What an item of the outbox holds, opened. The phone wrote it itself, so a look at its fields is enough; null: another kind, or it
 * does not open any more.
 */
type Loose = Record<string, unknown>;
const fields = (args: unknown): Loose | null =>
	typeof args === 'object' && args !== null ? (args as Loose) : null;

export function messageIn(item: Pick<OutboxItem, 'name' | 'args'>): MessageSend | null {
	const args = item.name === 'message.send' ? fields(item.args) : null;
	return args && typeof args['id'] === 'string' && typeof args['text'] === 'string'
		? (args as MessageSend)
		: null;
}

export function viewsIn(item: Pick<OutboxItem, 'name' | 'args'>): ViewsSend | null {
	const args = item.name === 'views.send' ? fields(item.args) : null;
	return args && typeof args['id'] === 'string' && fields(args['answers']) ? (args as ViewsSend) : null;
}

/** Items about this child, oldest first. */
export const itemsOf = (items: readonly OutboxItem[], child: Pick<Child, 'councilCase'>): OutboxItem[] =>
	items.filter((item) => child.councilCase !== undefined && caseOfScope(item.scope) === child.councilCase);
