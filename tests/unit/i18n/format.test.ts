import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatDay, formatTime, joinWords, londonDay, monthNames, needsYear, sayDay } from '#i18n/format.ts';
import { dayInLondon } from '#domain/time/instant.ts';
import { sayDays, sayInstant, sayLate, sayWhen } from '#i18n/when.ts';
import { setLanguage, t, useLanguage } from '#i18n/words.svelte.ts';

beforeEach(() => useLanguage('en'));
// Other files of this process say English.
afterAll(() => useLanguage('en'));

describe('days', () => {
	it('are said in words, day before month', () => {
		expect(formatDay('2025-04-08')).toBe('Tuesday 8 April');
		expect(formatDay('2025-04-08', 'full')).toBe('Tuesday 8 April 2025');
		expect(formatDay('2024-02-29', 'long')).toBe('29 February 2024');
	});

	it('carry the year once it could be mistaken', () => {
		expect(sayDay('2025-05-06', '2025-04-10')).toBe('Tuesday 6 May');
		expect(sayDay('2026-05-06', '2025-04-10')).toBe('Wednesday 6 May 2026');
		expect(needsYear('2024-11-01', '2025-04-10')).toBe(false);
	});

	it('keep the Gregorian calendar and Latin digits in Urdu', async () => {
		await setLanguage('ur');
		expect(formatDay('2025-03-14', 'full')).toMatch(/14.*2025/);
	});

	it('do not move with the clocks, at either change', () => {
		expect(formatDay('2025-03-30', 'full')).toBe('Sunday 30 March 2025');
		expect(formatDay('2025-10-26', 'full')).toBe('Sunday 26 October 2025');
	});

	it('say English without Intl, exactly as Intl would', () => {
		const intl = (day: string, options: Intl.DateTimeFormatOptions) =>
			new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
				.formatToParts(new Date(`${day}T12:00:00Z`))
				.filter((part) => part.type !== 'literal')
				.map((part) => part.value)
				.join(' ');
		for (let n = 0; n < 800; n++) {
			const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
			expect(formatDay(day, 'full')).toBe(
				intl(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
			);
			expect(dayInLondon(`${day}T23:30:00Z`)).toBe(londonDay(`${day}T23:30:00Z`));
		}
		useLanguage('ur');
		expect(formatDay('2025-04-08', 'dayMonth', 'en')).toBe('8 April');
	});

	it('are London days: half past eleven at night in UTC in summer is tomorrow', () => {
		expect(londonDay('2025-06-10T23:30:00Z')).toBe('2025-06-11');
		expect(londonDay('2025-12-10T23:30:00Z')).toBe('2025-12-10');
	});
});

describe('on a phone that does not know the language', () => {
	it('months and weekdays come from our own strings', async () => {
		await setLanguage('pl');
		const asked = vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf').mockReturnValue([]);
		const said = formatDay('2025-03-14', 'full');
		asked.mockRestore();
		expect(said).toBe(`${t('shell:weekdays.5')} 14 ${t('shell:months.3')} 2025`);
		expect(said).not.toContain('March');
	});
});

describe('times and lengths', () => {
	it('say London time', () => {
		expect(formatTime('2025-06-10T07:12:00Z')).toBe('8:12');
		expect(sayInstant('2025-04-10T07:12:00Z', '2025-04-10')).toBe('today, 8:12');
		expect(sayInstant('2025-04-09T18:40:00Z', '2025-04-10')).toBe('yesterday, 19:40');
	});

	it('say near days by name, across a month end', () => {
		expect(sayWhen('2025-03-31', '2025-04-01')).toBe('yesterday');
		expect(sayWhen('2025-04-01', '2025-04-01')).toBe('today');
		expect(sayWhen('2025-03-30', '2025-04-01')).toBe('Sunday 30 March');
	});

	it('say lateness in days, then whole weeks', () => {
		expect(sayLate(1)).toBe('1 day late');
		expect(sayLate(13)).toBe('13 days late');
		expect(sayLate(14)).toBe('2 weeks late');
		expect(sayLate(27)).toBe('3 weeks late');
		expect(sayDays(140)).toBe('20 weeks');
		expect(sayDays(15)).toBe('15 days');
	});

	it('know month names in the language of the page', async () => {
		expect(monthNames()[2]).toBe('March');
		await setLanguage('pl');
		expect(monthNames()).toHaveLength(12);
		expect(monthNames('en')[0]).toBe('January');
		expect(joinWords(['a', 'b', 'c'])).toBe('a, b i c');
	});
});
