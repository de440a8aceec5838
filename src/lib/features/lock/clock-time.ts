const MINUTE_MS = 60_000;

/** The minute from which one may try again: rounded up, so that nobody comes too early and reads the same sentence again. */
export const clockTime = (until: number, format: (instant: string) => string): string =>
	format(new Date(Math.ceil(until / MINUTE_MS) * MINUTE_MS).toISOString());
