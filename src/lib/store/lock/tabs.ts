/** Words between the tabs of one phone. lock: forget the keys; changed: a lock was set or removed, look again. */
export type Word = 'lock' | 'changed';
export type Tabs = { post(word: Word): void; listen(heard: (word: Word) => void): void; close(): void };

export function otherTabs(name = 'alongside-lock'): Tabs {
	const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
	return {
		post: (word) => channel?.postMessage(word),
		listen(heard) {
			channel?.addEventListener('message', ({ data }: MessageEvent) => {
				if (data === 'lock' || data === 'changed') heard(data);
			});
		},
		close: () => channel?.close()
	};
}
