import { LockRule } from '../errors.ts';

/** A PIN keeps other people at home out: 6 digits are a million guesses, each a second long. */
const PIN_DIGITS = 6;
const PASSPHRASE_CHARACTERS = 8;
/** Where the ten digits of Arabic and Urdu keyboards begin. */
const DIGITS = [0x0660, 0x06f0];

/** The same PIN from any keyboard, the same passphrase however its accents were typed. Throws LockRule. */
export function secretText(kind: 'pin' | 'passphrase', typed: string): string {
	const text = typed.normalize('NFKC');
	if (kind === 'passphrase') {
		if ([...text].length < PASSPHRASE_CHARACTERS) throw new LockRule('too-short');
		return text;
	}
	const pin = text
		.replace(/\s/g, '')
		.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
			String(digit.charCodeAt(0) - DIGITS.findLast((zero) => zero <= digit.charCodeAt(0))!)
		);
	if (!/^\d*$/.test(pin)) throw new LockRule('not-digits');
	if (pin.length < PIN_DIGITS) throw new LockRule('too-short');
	return pin;
}
