import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCharacter, CODE_ALPHABET, mendCode, printedCode } from '#contract/access/code.ts';

const random = fc.string({ unit: fc.constantFrom(...CODE_ALPHABET), minLength: 12, maxLength: 12 });

test('what was printed is understood however it is typed', () => {
	fc.assert(
		fc.property(random, (twelve) => {
			const code = twelve + checkCharacter(twelve);
			const printed = printedCode(code);
			expect(printed).toMatch(/^\w{4}-\w{4}-\w{4}-\w$/);
			const typed = ` ${printed.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
			expect(mendCode(typed)).toBe(code);
		})
	);
});

test('one wrong character, or two neighbours swapped, is always noticed', () => {
	fc.assert(
		fc.property(random, fc.nat(12), fc.integer({ min: 1, max: 31 }), (twelve, at, by) => {
			const code = [...(twelve + checkCharacter(twelve))];
			const wrong = [...code];
			wrong[at] = CODE_ALPHABET[(CODE_ALPHABET.indexOf(code[at]!) + by) % 32]!;
			expect(mendCode(wrong.join(''))).toBeNull();
			const swapped = [...code];
			if (at < 12 && code[at] !== code[at + 1]) {
				[swapped[at], swapped[at + 1]] = [code[at + 1]!, code[at]!];
				expect(mendCode(swapped.join(''))).toBeNull();
			}
		})
	);
});
