import type { EventType } from '#domain/case/vocabulary.ts';
import { dayNumber } from './check/civil-day.ts';

/** What is compared to tell whether two statements are about one thing. */
export type Stated = {
	type: EventType;
	on: string;
	detail?: Record<string, string>;
	source?: { ref?: string };
};

/**
 * Two dates of one type, this many days apart or less, are one fact stated twice. Half a year for what happens once in an
 * assessment: a second request cannot follow a refusal to issue a plan sooner (EHCNA-REREQUEST). Four weeks for what comes
 * round each year or for each amendment: the time from meeting to decision (AR-4W-DECISION).
 */
const HALF_A_YEAR = 183;
const FOUR_WEEKS = 28;
const WINDOW_DAYS: Partial<Record<EventType, number>> = {
	'assessment.requested': HALF_A_YEAR,
	'assessment.agreed': HALF_A_YEAR,
	'assessment.refused': HALF_A_YEAR,
	'plan.refused': HALF_A_YEAR,
	'plan.finalised': FOUR_WEEKS,
	'review.meeting-held': FOUR_WEEKS,
	'review.decided': FOUR_WEEKS,
	'plan.ceased': HALF_A_YEAR
};

/** The same fact with another date: the council's own number for it is the same, or nothing else it could be. */
export function sameFact(a: Stated, b: Stated): boolean {
	if (a.type !== b.type || a.on === b.on) return false;
	const [refA, refB] = [a.source?.ref ?? '', b.source?.ref ?? ''];
	if (refA !== '' && refA === refB) return true;
	const first = a.type === 'plan.finalised' && a.detail?.kind === 'first' && b.detail?.kind === 'first';
	const window = first ? HALF_A_YEAR : WINDOW_DAYS[a.type];
	if (window === undefined || (a.detail?.kind ?? '') !== (b.detail?.kind ?? '')) return false;
	return Math.abs((dayNumber(a.on) ?? 0) - (dayNumber(b.on) ?? 0)) <= window;
}
