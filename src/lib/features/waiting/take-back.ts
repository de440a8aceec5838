import type { OutboxItem } from '#store/outbox.ts';
import type { OpenCase } from '../open-case/open-case.svelte.ts';
import { giveBack } from './give-back.ts';
import { childOf } from './item-words.ts';

/** back: the words are where they were written; late: it has gone meanwhile. */
export type TakenBack = 'back' | 'late' | 'failed';

/** First the words into the draft, then out of the outbox: killed in between they are in both, and never in neither. */
export async function takeBack(open: OpenCase, item: OutboxItem): Promise<TakenBack> {
	const child = childOf(item, open.children);
	if (!child) return 'failed';
	try {
		const given = await giveBack(open, child, item);
		if (!given) return 'failed';
		if (await open.parts.store.outbox.cancel(item.mid)) return 'back';
		// A draft that this made would look like words that were never sent.
		await given.undo();
		return 'late';
	} catch {
		return 'failed';
	}
}
