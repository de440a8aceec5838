/** Days as numbers and as `YYYY-MM-DD`, for what a cell holds. The law's counting is `domain/time`; this only reads. */
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** Days since 1 January 1970, or null when there is no such day (31 February). */
export function dayNumber(text: string): number | null {
	const parts = SHAPE.exec(text);
	if (!parts) return null;
	const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
	const ms = Date.UTC(year, month - 1, day);
	const back = new Date(ms);
	return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? ms / DAY_MS : null;
}

export const dayText = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10);

/** Today in Europe/London: in summer the London day begins an hour before the UTC day. */
export function todayInLondon(now: Date = new Date()): string {
	// eslint-disable-next-line no-restricted-syntax -- i18n/format.ts is out of the server's reach, and this is no display
	return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' }).format(now);
}
