import type { CivilDate } from '#domain/time/civil-date.ts';

/** Six digits are 10^6 tries; fewer would fall in an evening (sync-and-security §5.1). Eight letters: what NIST SP 800-63B asks at least. */
export const SHORTEST = { pin: 6, passphrase: 8 } as const;

export type SecretProblem = 'empty' | 'digits' | 'short' | 'same' | 'run' | 'birth' | 'common' | 'twice';

/** Arabic and Urdu keyboards type their own digits; they are the same numbers. */
export const plainDigits = (text: string): string =>
	text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/** Patterns of the keypad and the calendar that stand first in every list of stolen PINs, beyond runs and repeats. */
const COMMON = ['112233', '123321', '147258', '147369', '159357', '159753', '258456', '332211', '654123'];

function isRun(digits: string): boolean {
	const steps = [...digits].slice(1).map((digit, at) => (Number(digit) - Number(digits[at]) + 10) % 10);
	return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

/** One block over and over (123123), or only two different digits (121212, 111112). */
function repeats(digits: string): boolean {
	if (new Set(digits).size < 3) return true;
	return [3, 4].some(
		(size) => digits.length % size === 0 && digits === digits.slice(0, size).repeat(digits.length / size)
	);
}

/** A day of birth in every order in which it is written, short and long year. */
function birthForms(on: CivilDate): string[] {
	const [year = '', month = '', day = ''] = on.split('-');
	return [year, year.slice(2)].flatMap((y) => [day + month + y, month + day + y, y + month + day]);
}

/**
 * Why a new PIN or password may not be used, or null. The order is that of mending: first what it is, then how long, then how
 * easily others guess it, then whether it was typed twice the same.
 */
export function secretProblem(
	kind: 'pin' | 'passphrase',
	typed: { text: string; again: string },
	births: readonly CivilDate[] = []
): SecretProblem | null {
	const text = kind === 'pin' ? plainDigits(typed.text) : typed.text;
	const again = kind === 'pin' ? plainDigits(typed.again) : typed.again;
	if (text === '') return 'empty';
	if (kind === 'pin') {
		if (!/^[0-9]+$/.test(text)) return 'digits';
		if (text.length < SHORTEST.pin) return 'short';
		if (repeats(text)) return 'same';
		if (isRun(text)) return 'run';
		if (births.flatMap(birthForms).includes(text)) return 'birth';
		if (COMMON.includes(text)) return 'common';
	} else {
		if ([...text].length < SHORTEST.passphrase) return 'short';
		if (new Set(text).size < 4) return 'same';
	}
	return text === again ? null : 'twice';
}
