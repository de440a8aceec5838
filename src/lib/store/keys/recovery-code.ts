/**
 * A family's own last way in: 24 characters of Crockford's base 32, 120 random bits, printed in groups of four. Ambiguous letters
 * are read as what they look like, so that a code copied by hand opens.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 24;

export function newRecoveryCode(): string {
	const random = crypto.getRandomValues(new Uint8Array(LENGTH));
	// 256 is a multiple of 32: every character is as likely as any other.
	const code = [...random].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
	return code.match(/.{4}/g)!.join('-');
}

/** The 24 characters without dashes, or null when it cannot be a code. */
export function mendRecoveryCode(typed: string): string | null {
	const code = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\u00ad\u2010-\u2015-]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return code.length === LENGTH && [...code].every((one) => ALPHABET.includes(one)) ? code : null;
}
