/** The smallest thing that can be subscribed to. Listeners are called after the change, in order, and never twice at once. */
export type Signal = { subscribe(changed: () => void): () => void; emit(): void };

export function createSignal(): Signal {
	const listeners = new Set<() => void>();
	return {
		subscribe(changed) {
			// Its own entry, so that one function subscribed twice is called twice and can leave once.
			const entry = () => changed();
			listeners.add(entry);
			return () => listeners.delete(entry);
		},
		emit() {
			for (const listener of [...listeners]) listener();
		}
	};
}
