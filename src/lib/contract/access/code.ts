/**
 * The code in an activation letter: 12 characters of Crockford's base 32 (60 random bits) and a check character, printed
 * `XXXX-XXXX-XXXX-C` (sync-and-security §5.2). The check is a weighted sum over GF(32): it notices every single wrong
 * character and every swap of two neighbours, so a slip of the finger never costs one of the five tries.
 */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_RANDOM = 12;

/** x^5 + x^2 + 1, primitive over GF(2): the powers of x reach all 31 non-zero values. */
const POLYNOMIAL = 0b100101;

const timesX = (value: number) => ((value << 1) & 32 ? (value << 1) ^ POLYNOMIAL : value << 1);

/** The check character of 12 characters of the alphabet. */
export function checkCharacter(random: string): string {
	// Horner's rule: each step multiplies by x, so that no two places weigh the same.
	let sum = 0;
	for (const character of random) sum = timesX(sum) ^ CODE_ALPHABET.indexOf(character);
	return CODE_ALPHABET[timesX(sum)]!;
}

/** 13 characters without dashes, or null when it cannot be a code. Mends case, spaces, dashes and O, I, L. */
export function mendCode(typed: string): string | null {
	const code = typed
		.toUpperCase()
		.replace(/[\s\u00ad\u2010-\u2015-]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	if (code.length !== CODE_RANDOM + 1) return null;
	if ([...code].some((character) => !CODE_ALPHABET.includes(character))) return null;
	return checkCharacter(code.slice(0, CODE_RANDOM)) === code[CODE_RANDOM] ? code : null;
}

/** As it is printed: `XXXX-XXXX-XXXX-C`. */
export function printedCode(code: string): string {
	return (code.match(/.{1,4}/g) ?? []).join('-');
}
