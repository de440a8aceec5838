/** Something worth saying about an input that is still sound. `event` is an event's id. */
export type Remark = { code: string; message: string; event?: string };

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shows a value in a reason, short enough for one line. */
export function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function unknownFields(
	value: Record<string, unknown>,
	known: readonly string[],
	where: string
): Remark[] {
	return Object.keys(value)
		.filter((field) => !known.includes(field))
		.map((field) => ({ code: 'unknown-field', message: `"${field}" of ${where} is not used.` }));
}
