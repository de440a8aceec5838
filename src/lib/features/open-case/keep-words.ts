/**
 * Keeps words while they are typed: 600 ms after the last key (blueprint §7), and 1.5 s after the first one that is not kept yet,
 * so that somebody who types without a stop loses no more than that. One write at a time. Knows no screen and no row.
 */
export type KeepState = 'still' | 'changed' | 'kept' | 'failed';
export type KeepWords = {
	/** A key was pressed. */
	changed(): void;
	/** Writes now what is not kept yet. False: it could not be kept. */
	flush(): Promise<boolean>;
	/** The field goes away: what is left is written. */
	stop(): void;
};

export const IDLE_MS = 600;
export const LONGEST_MS = 1500;

export function keepWords(save: () => Promise<void>, told: (state: KeepState) => void): KeepWords {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let since: number | undefined;
	let dirty = false;
	let writing: Promise<boolean> | undefined;
	let last = true;

	async function write(): Promise<boolean> {
		try {
			await save();
			if (!dirty) told('kept');
			last = true;
		} catch {
			// Tried again with the next key, and when the screen asks.
			dirty = true;
			told('failed');
			last = false;
		}
		return last;
	}
	function flush(): Promise<boolean> {
		clearTimeout(timer);
		if (!dirty) return writing ?? Promise.resolve(last);
		dirty = false;
		since = undefined;
		// Begun at once where it can be: the page may be on its way out.
		const mine: Promise<boolean> = writing ? writing.then(write) : write();
		writing = mine;
		void mine.then(() => writing === mine && (writing = undefined));
		return mine;
	}
	return {
		changed() {
			const now = Date.now();
			dirty = true;
			since ??= now;
			told('changed');
			clearTimeout(timer);
			timer = setTimeout(() => void flush(), Math.max(0, Math.min(IDLE_MS, since + LONGEST_MS - now)));
		},
		flush,
		stop: () => void flush()
	};
}
