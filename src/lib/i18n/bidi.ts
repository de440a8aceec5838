/**
 * A name in one direction inside a sentence of the other drags the punctuation to the wrong side (Unicode UAX 9).
 * Values are fenced with FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE; `<T>` turns the fence into `<bdi>`, and where
 * no markup is possible (aria-label, calendar file, shared text) the two invisible characters do the work.
 */
export const FSI = '\u2068';
export const PDI = '\u2069';

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const HAS_LETTER = /\p{L}/u;

/** Fences a value when it could disturb its sentence: any letters in a right-to-left page, right-to-left letters elsewhere. */
export function isolate(value: string, dir: 'ltr' | 'rtl'): string {
	const disturbs =
		dir === 'rtl' ? HAS_LETTER.test(value) || /[+@(/-]/.test(value) : RIGHT_TO_LEFT.test(value);
	return disturbs ? FSI + value + PDI : value;
}

export const withoutIsolates = (text: string): string => text.replaceAll(FSI, '').replaceAll(PDI, '');
