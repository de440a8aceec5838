import { eventId, type EventDraft, type KeptEvent } from '../../cases/case-events.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import type { Tx } from '../../db/transaction.ts';
import { CaseFacts } from './case-facts.ts';

export type Added = {
	/** Index of each draft that was new, among those given. */
	fresh: number[];
	/** Index of a new draft that has another date than an event of the case. */
	conflicting: number[];
	/** For a draft that was there already: the event that said it first. */
	kept: Map<number, KeptEvent>;
	rows: RowDraft[];
};

/** The events of several cases, read at once. */
export async function eventsOfScopes(tx: Tx, scopeIds: readonly string[]): Promise<Map<string, KeptEvent[]>> {
	const found = new Map<string, KeptEvent[]>(scopeIds.map((id) => [id, []]));
	if (scopeIds.length === 0) return found;
	const rows = await tx
		.selectFrom('scope_row')
		.select(['scope_id', 'id', 'v'])
		.where('scope_id', 'in', [...scopeIds])
		.where('t', '=', 'event')
		.where('deleted', '=', false)
		.execute();
	for (const row of rows) found.get(row.scope_id)?.push({ ...(row.v as Omit<KeptEvent, 'id'>), id: row.id });
	return found;
}

/**
 * What adding facts to a case comes to. Nothing is overwritten: a fact that is there keeps its first source; another date
 * for the same fact stands beside the first, and both name each other. Pure, but for the time of recording.
 */
export function addEvents(scopeId: string, kept: readonly KeptEvent[], drafts: readonly EventDraft[]): Added {
	const facts = new CaseFacts(kept);
	const added: Added = { fresh: [], conflicting: [], kept: new Map(), rows: [] };
	const recordedAt = new Date().toISOString();
	for (const [i, draft] of drafts.entries()) {
		const known = facts.known(draft);
		if (known) {
			added.kept.set(i, known);
			continue;
		}
		facts.add({ recordedAt, ...draft, detail: draft.detail ?? {}, id: eventId(scopeId, draft) });
		added.fresh.push(i);
		if (facts.conflicts(draft)) added.conflicting.push(i);
	}
	added.rows = facts.rows();
	return added;
}
