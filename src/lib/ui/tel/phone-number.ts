/** Digits for a `tel:` link. `+44 (0)1632…` is written for people: the 0 is not dialled after +44. */
export const dialOf = (number: string): string => number.replace('(0)', '').replace(/[^\d+]/g, '');

/**
 * A British number in readable groups: 0121 303 1234, 01632 960 144, 0300 123 4567. Already spaced, foreign and short
 * numbers stay as they were written: whoever wrote them knew.
 */
export function groupsOf(number: string): string {
	const digits = number.trim();
	if (!/^0\d{9,10}$/.test(digits)) return digits;
	const three = /^0(11\d|1\d1|3\d\d|8\d\d)/.test(digits) && digits.length === 11;
	if (/^02/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`;
	if (three) return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
	return `${digits.slice(0, 5)} ${digits.slice(5, 8)} ${digits.slice(8)}`;
}
