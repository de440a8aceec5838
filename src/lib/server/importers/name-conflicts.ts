import { eventsOf, type KeptEvent } from '../cases/case-events.ts';
import { writeScope } from '../cases/scope-writer.ts';
import type { Tx } from '../db/transaction.ts';
import { sameFact } from './same-fact.ts';

/** Has every two events of a case that state one fact with two dates name each other. Returns how many pairs there are. */
export async function nameConflicts(tx: Tx, scopeId: string): Promise<number> {
	const events = await eventsOf(tx, scopeId);
	const others = new Map(events.map((event) => [event.id, new Set(event.conflictsWith ?? [])]));
	const before = size(others);
	let pairs = 0;
	for (const [i, a] of events.entries()) {
		for (const b of events.slice(i + 1)) {
			if (!sameFact(a, b)) continue;
			pairs += 1;
			others.get(a.id)?.add(b.id);
			others.get(b.id)?.add(a.id);
		}
	}
	if (size(others) > before)
		await writeScope(
			tx,
			scopeId,
			events.filter((event) => others.get(event.id)?.size).map((event) => rowOf(event, others))
		);
	return pairs;
}

const size = (others: Map<string, Set<string>>) =>
	[...others.values()].reduce((sum, set) => sum + set.size, 0);

function rowOf(event: KeptEvent, others: Map<string, Set<string>>) {
	const { id, ...v } = event;
	return { t: 'event', id, v: { ...v, conflictsWith: [...(others.get(id) ?? [])].sort() } };
}
