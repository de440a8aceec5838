/** The clock and the timer, so that tests hold both in hand. */
export type Clock = {
	/** Epoch milliseconds of the phone's own clock, right or wrong. */
	now(): number;
	/** Calls back once after so many milliseconds; returns the way to cancel. */
	after(ms: number, work: () => void): () => void;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	after(ms, work) {
		const timer = setTimeout(work, ms);
		return () => clearTimeout(timer);
	}
};
