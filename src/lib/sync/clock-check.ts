/** Past this the phone's days may be wrong ones: week counts and last days hang on them (blueprint §7). */
const LIMIT = 10;
/** The median of nine: one slow answer moves nothing. */
const SAMPLES = 9;

/** Minutes by which the phone is ahead of the server, told only beyond ten; fed with every answer's `serverTime`. */
export function createClockCheck() {
	const offsets: number[] = [];
	return {
		/** `sent` and `got` are the phone's epoch milliseconds around the request. */
		hear(serverTime: string, sent: number, got: number) {
			const server = Date.parse(serverTime);
			if (Number.isNaN(server)) return;
			offsets.push((sent + got) / 2 - server);
			if (offsets.length > SAMPLES) offsets.shift();
		},
		minutesOff(): number | null {
			const middle = [...offsets].sort((a, b) => a - b)[Math.floor(offsets.length / 2)];
			const minutes = Math.round((middle ?? 0) / 60_000);
			return Math.abs(minutes) > LIMIT ? minutes : null;
		}
	};
}
