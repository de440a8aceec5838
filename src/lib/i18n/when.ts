import type { CivilDate } from '#domain/time/civil-date.ts';
import { formatTime, londonDay, sayDay } from './format.ts';
import { t } from './words.svelte.ts';

const DAY_MS = 86_400_000;
const dayBefore = (day: CivilDate): CivilDate =>
	new Date(Date.parse(`${day}T12:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** "today", "yesterday", or the day in words. For the middle of a sentence. */
export function sayWhen(day: CivilDate, today: CivilDate): string {
	if (day === today) return t('shell:when.today');
	if (day === dayBefore(today)) return t('shell:when.yesterday');
	return sayDay(day, today);
}

/** An instant in London: "today, 8:12", "yesterday, 19:40", else the day alone. */
export function sayInstant(instant: string, today: CivilDate): string {
	const day = londonDay(instant);
	const time = formatTime(instant);
	if (day === today) return t('shell:when.todayAt', { time });
	if (day === dayBefore(today)) return t('shell:when.yesterdayAt', { time });
	return sayDay(day, today);
}

/** A length of time from our own plural strings: CLDR has none for some languages (design.md §1.2). Whole weeks from 14 days. */
export function sayDays(days: number): string {
	if (days >= 14 && days % 7 === 0) return t('shell:plural.weeks', { count: days / 7 });
	return t('shell:plural.days', { count: days });
}

/** "2 days late", "3 weeks late": whole weeks begun are not counted; under two weeks in days. */
export function sayLate(days: number): string {
	if (days < 14) return t('status:lateDays', { count: days });
	return t('status:lateWeeks', { count: Math.floor(days / 7) });
}
