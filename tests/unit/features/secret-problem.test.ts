import { describe, expect, it } from 'vitest';
import { plainDigits, secretProblem } from '../../../src/lib/features/lock/secret-problem.ts';

const pin = (text: string, again = text) => secretProblem('pin', { text, again }, ['2016-03-09']);
const password = (text: string, again = text) => secretProblem('passphrase', { text, again });

describe('a new PIN', () => {
	it('has at least six digits, and nothing else', () => {
		expect([pin(''), pin('48291'), pin('48291a'), pin('4829 15')]).toEqual([
			'empty',
			'short',
			'digits',
			'digits'
		]);
		expect([pin('482915'), pin('4829157036')]).toEqual([null, null]);
	});

	it.each([
		['111111', 'same'],
		['121212', 'same'],
		['123123', 'same'],
		['48294829', 'same'],
		['123456', 'run'],
		['987654', 'run'],
		['890123', 'run'],
		['112233', 'common'],
		['159753', 'common'],
		['090316', 'birth'],
		['160309', 'birth'],
		['09032016', 'birth'],
		['20160309', 'birth'],
		['030916', 'birth']
	])('is not %s', (text, why) => expect(pin(text)).toBe(why));

	it('is refused for its first reason, and last for being typed differently', () => {
		expect(pin('123456', '482915')).toBe('run');
		expect(pin('482915', '482916')).toBe('twice');
	});

	it('may be typed in the digits of Urdu or Arabic', () => {
		expect(plainDigits('۴۸۲۹۱۵ ٤٨٢')).toBe('482915 482');
		expect(pin('۴۸۲۹۱۵', '482915')).toBeNull();
		expect(pin('۱۲۳۴۵۶')).toBe('run');
	});
});

describe('a new password', () => {
	it('has at least eight letters that are not all the same', () => {
		expect([password(''), password('canal 7'), password('aaaaaaaa'), password('abababab')]).toEqual([
			'empty',
			'short',
			'same',
			'same'
		]);
		expect([password('canal boat'), password('نہر کی کشتی')]).toEqual([null, null]);
		expect(password('canal boat', 'canal boats')).toBe('twice');
	});
});
