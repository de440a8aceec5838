/** Runs work in one tab at a time. `wait` false: when another tab is at it, does nothing and answers null. */
export type Exclusive = <T>(name: string, wait: boolean, work: () => Promise<T>) => Promise<T | null>;

/** Web Locks; a browser without them (Safari before 15.4) runs the work at once, which the protocol survives. */
export const webLock: Exclusive = async (name, wait, work) => {
	if (typeof navigator === 'undefined' || !navigator.locks) return work();
	return navigator.locks.request(name, { ifAvailable: !wait }, (lock) => (lock ? work() : null));
};

/** Words between the tabs of one phone. Never anything about a child. */
export type Channel<T> = { post(word: T): void; listen(heard: (word: T) => void): () => void; close(): void };

export function tabChannel<T>(name: string): Channel<T> {
	const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
	return {
		post: (word) => channel?.postMessage(word),
		listen(heard) {
			const listener = (event: MessageEvent<T>) => heard(event.data);
			channel?.addEventListener('message', listener);
			return () => channel?.removeEventListener('message', listener);
		},
		close: () => channel?.close()
	};
}
