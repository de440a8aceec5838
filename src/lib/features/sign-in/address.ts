/** Whether it can be an address at all; whether it is one is found out by writing to it. */
export const looksLikeAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** Eight digits however they were typed: "1234 5678", in Eastern Arabic digits too. Undefined when they are not eight. */
export function mailCodeOf(typed: string): string | undefined {
	const digits = typed
		.replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
		.replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
		.replace(/[\s-]/g, '');
	return /^[0-9]{8}$/.test(digits) ? digits : undefined;
}
