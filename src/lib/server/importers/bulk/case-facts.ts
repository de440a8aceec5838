import type { EventDraft, KeptEvent } from '../../cases/case-events.ts';
import type { RowDraft } from '../../cases/scope-writer.ts';
import { sameFact } from '../same-fact.ts';

/** `alsoSaid`: where else the same fact was said, with less detail, before this. */
type Fact = KeptEvent & { alsoSaid?: EventDraft['source'][] };

/** The facts of one case while some are added: which are known, which disagree, and which rows must be written. */
export class CaseFacts {
	readonly #facts: Map<string, Fact>;
	readonly #touched = new Set<string>();
	readonly #gone: string[] = [];

	constructor(kept: readonly KeptEvent[]) {
		this.#facts = new Map(kept.map((event) => [factKey(event), event]));
	}

	/** The event that says the draft already: the same fact, or for a yearly return one that says it with more detail. */
	known(draft: EventDraft): Fact | undefined {
		const same = this.#facts.get(factKey(draft));
		if (same || draft.source?.said !== 'sen2') return same;
		return [...this.#facts.values()].find((fact) => covers(fact, draft));
	}

	add(event: Fact): void {
		const key = factKey(event);
		this.#facts.set(key, event);
		this.#touched.add(key);
		this.#takeIn(key);
		this.#name(key);
	}

	conflicts(draft: EventDraft): boolean {
		return (this.#facts.get(factKey(draft))?.conflictsWith?.length ?? 0) > 0;
	}

	/** Brings facts that came by another way (a waiting return that met its case) into the same order. */
	settle(): void {
		for (const key of [...this.#facts.keys()]) {
			if (!this.#facts.has(key)) continue;
			this.#takeIn(key);
			this.#name(key);
		}
	}

	rows(): RowDraft[] {
		const gone = this.#gone.map((id) => ({ t: 'event', id, v: null }));
		const changed = [...this.#touched].flatMap((key) => {
			const fact = this.#facts.get(key);
			if (!fact) return [];
			const { id, ...v } = fact;
			return [{ t: 'event', id, v }];
		});
		return [...gone, ...changed];
	}

	/**
	 * A yearly return says less than the council's own file. The same fact of the same day would count twice, so the
	 * poorer statement becomes a source of the richer one.
	 */
	#takeIn(key: string): void {
		const fact = this.#facts.get(key);
		if (!fact || fact.source?.said === 'sen2') return;
		for (const [otherKey, other] of this.#facts) {
			if (otherKey === key || other.source?.said !== 'sen2' || !covers(fact, other)) continue;
			this.#facts.delete(otherKey);
			this.#gone.push(other.id);
			this.#change(key, (one) => ({ ...one, alsoSaid: [...(one.alsoSaid ?? []), other.source] }));
			for (const named of other.conflictsWith ?? []) this.#forget(named, other.id);
		}
	}

	#name(key: string): void {
		const fact = this.#facts.get(key);
		if (!fact) return;
		for (const [otherKey, other] of this.#facts) {
			if (!sameFact(fact, other) || other.conflictsWith?.includes(fact.id)) continue;
			this.#change(otherKey, (one) => naming(one, fact.id));
			this.#change(key, (one) => naming(one, other.id));
		}
	}

	#forget(id: string, gone: string): void {
		for (const [key, fact] of this.#facts) {
			if (fact.id !== id) continue;
			this.#change(key, (one) => ({
				...one,
				conflictsWith: (one.conflictsWith ?? []).filter((other) => other !== gone)
			}));
		}
	}

	#change(key: string, change: (fact: Fact) => Fact): void {
		const fact = this.#facts.get(key);
		if (!fact) return;
		this.#facts.set(key, change(fact));
		this.#touched.add(key);
	}
}

/** Identical type, day and detail are one fact (law-decisions §1.1), whoever said it; a note is its own words as well. */
export const factKey = (fact: Pick<EventDraft, 'type' | 'on' | 'detail' | 'note'>) =>
	JSON.stringify([
		fact.type,
		fact.on,
		Object.entries(fact.detail ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)),
		fact.type === 'note' ? (fact.note ?? '') : ''
	]);

/** The first says everything that the second says, of the same day. */
function covers(fact: EventDraft, poorer: EventDraft): boolean {
	if (fact.type !== poorer.type || fact.on !== poorer.on || fact.type === 'note') return false;
	return Object.entries(poorer.detail ?? {}).every(([key, value]) => fact.detail?.[key] === value);
}

function naming(fact: Fact, other: string): Fact {
	return { ...fact, conflictsWith: [...new Set([...(fact.conflictsWith ?? []), other])].sort() };
}
