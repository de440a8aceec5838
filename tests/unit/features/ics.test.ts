import { describe, expect, it } from 'vitest';
import { icsFile, type CalendarEntry } from '#features/calendar/ics.ts';

const now = new Date('2026-11-24T08:12:00Z');
const entry: CalendarEntry = {
	key: 'k3f9',
	on: '2026-12-31',
	title: 'A date to check in Alongside',
	about: 'Open Alongside to see what it is.',
	remind: false
};

describe('calendar file', () => {
	it('holds an all-day entry that ends on the next day, across the end of a year', () => {
		const file = icsFile([entry], now);
		expect(file).toContain('DTSTART;VALUE=DATE:20261231\r\n');
		expect(file).toContain('DTEND;VALUE=DATE:20270101\r\n');
		expect(file).not.toContain('VALARM');
	});
	it('keeps the same UID when made again and a higher sequence on a later day', () => {
		const again = icsFile([entry], new Date('2026-11-26T08:00:00Z'));
		const uid = (text: string) => /UID:(.*)\r/.exec(text)?.[1];
		const seq = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
		expect(uid(again)).toBe(uid(icsFile([entry], now)));
		expect(seq(again) - seq(icsFile([entry], now))).toBe(2);
	});
	it('reminds at nine in the morning of the day before', () => {
		expect(icsFile([{ ...entry, remind: true }], now)).toContain('TRIGGER:-PT15H');
	});
	it('ends every line with CRLF, folds at 75 octets and never inside a character', () => {
		const long = { ...entry, title: 'الونگ سائیڈ میں دیکھنے کی تاریخ، '.repeat(6) };
		const file = icsFile([long], now);
		expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		for (const line of file.split('\r\n'))
			expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
		expect(file.replaceAll('\r\n ', '')).toContain(long.title);
	});
	it('escapes what the format uses itself', () => {
		expect(icsFile([{ ...entry, about: 'a,b;c\\d\ne' }], now)).toContain('DESCRIPTION:a\\,b\\;c\\\\d\\ne');
	});
});
