/** What screens want kept before the keys go. */
export function createKeepers() {
	const all = new Set<() => Promise<void>>();
	return {
		add(keep: () => Promise<void>): () => void {
			// One entry for each call: two screens may hand in the same function.
			const entry = async () => keep();
			all.add(entry);
			return () => void all.delete(entry);
		},
		/** A form that cannot be read, or a phone that is full, keeps nothing open. */
		run: async (): Promise<void> => void (await Promise.allSettled([...all].map((keep) => keep())))
	};
}
