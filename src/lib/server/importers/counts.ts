/** Adds counts by record type to a total; what is none is not named. */
export function add(total: Record<string, number>, more: Record<string, number>): void {
	for (const [type, n] of Object.entries(more)) if (n > 0) total[type] = (total[type] ?? 0) + n;
}
